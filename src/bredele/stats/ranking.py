"""The largest values of a range of days: rolled-up days, the days that are not, and closed months, put together."""

from collections.abc import Sequence
from heapq import nsmallest
from typing import NamedTuple

from bredele.stats.catalogue import Column, K
from bredele.stats.rollup import rolled
from bredele.stats.store import Cut, Largest, Store

NOTHING = (0,) * 8


class Ranking(NamedTuple):
    """(value, sums by column) of the largest, the sum of the first column over all values, and how many there are.

    The sums are of rounded days; closed months rank, and `whole` holds them, but no row does (`breakdown.add_months`).
    """

    rows: tuple[tuple[str, tuple[int, ...]], ...]
    whole: int
    many: int


def rankings(store: Store, cut: Cut, wanted: Sequence[tuple[Column, ...]], limit: int) -> tuple[Ranking, ...]:
    """For each of some columns (the first ranks) the values with the largest sums, from one reading."""
    columns = tuple(dict.fromkeys(column for ranking in wanted for column in ranking))
    bases = tuple(dict.fromkeys(ranking[0] for ranking in wanted))
    done = rolled(store, cut, columns)
    rest = cut._replace(days=tuple(day for day in cut.days if day not in done.days))
    named = tuple(dict.fromkeys(name for base in bases for name in done.sums[base]))
    if rest.days or rest.months:
        found = store.largest(rest, bases, columns, K, limit, named)
    else:
        found = Largest({}, {}, NOTHING, NOTHING)
    made = []
    for ranking in wanted:
        place, of_days = bases.index(ranking[0]), done.sums[ranking[0]]
        ranks = {name: ranks[place] for name, ranks in found.ranks.items() if ranks[place]}
        totals = {name: of_days.get(name, 0) + ranks.get(name, 0) for name in (*of_days, *ranks)}
        top = nsmallest(limit, ((-total, name) for name, total in totals.items() if total))
        rows = tuple(
            (
                name,
                tuple(
                    done.sums[column].get(name, 0) + found.sums.get(name, NOTHING)[columns.index(column)]
                    for column in ranking
                ),
            )
            for _, name in top
        )
        more = sum(1 for name, by in of_days.items() if by and name not in ranks)
        made.append(Ranking(rows, sum(of_days.values()) + found.whole[place], found.many[place] + more))
    return tuple(made)
