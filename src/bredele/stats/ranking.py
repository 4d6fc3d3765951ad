"""The largest values of a range of days: rolled-up days, the days that are not, and closed months, put together."""

from collections.abc import Sequence
from heapq import nlargest, nsmallest
from typing import NamedTuple

from bredele.stats.catalogue import Column, K
from bredele.stats.rollup import rolled
from bredele.stats.store import Cut, Largest, Store


class Ranking(NamedTuple):
    """(value, sums by column) of the largest, the sum of the first column over all values, and how many there are.

    The sums are of rounded days; closed months rank, and `whole` holds them, but no row does (`breakdown.add_months`).
    """

    rows: tuple[tuple[str, tuple[int, ...]], ...]
    whole: int
    many: int


def rankings(store: Store, cut: Cut, wanted: Sequence[tuple[Column, ...]], limit: int) -> tuple[Ranking, ...]:
    """For each of some columns (the first ranks) the values with the largest sums, from one reading.

    A value that no rolled day knows is among the largest only if the other days alone take it beyond those known.
    """
    columns = tuple(dict.fromkeys(column for ranking in wanted for column in ranking))
    bases = tuple(dict.fromkeys(ranking[0] for ranking in wanted))
    done = rolled(store, cut, columns)
    ranks = {base: done.ranks(base) for base in bases}
    rest = cut._replace(days=tuple(day for day in cut.days if day not in done.days))
    nothing = (0,) * len(bases)
    found = Largest({}, {}, nothing, nothing)
    if rest.days or rest.months:
        least = tuple(last_of(nlargest(limit, ranks[base].values()), limit) for base in bases)
        named = tuple(dict.fromkeys(name for of_days in ranks.values() for name in of_days))
        found = store.largest(rest, bases, columns, K, limit, named, least)
    made = [merged(ranks[base], found, place, limit) for place, base in enumerate(bases)]
    listed = done.rows({name for top, _, _ in made for name in top}, columns)
    return tuple(
        Ranking(
            tuple((name, sums_of(listed[name], found.sums.get(name), columns, ranking)) for name in top), whole, many
        )
        for ranking, (top, whole, many) in ((ranking, made[bases.index(ranking[0])]) for ranking in wanted)
    )


def merged(of_days: dict[str, int], found: Largest, place: int, limit: int) -> tuple[tuple[str, ...], int, int]:
    """(the largest names, the sum over all, how many there are) of rolled days and the rest together."""
    rest = {name: ranks[place] for name, ranks in found.ranks.items() if ranks[place]}
    totals = {name: by + rest.get(name, 0) for name, by in of_days.items() if by}
    alone = sum(1 for name in totals if name not in rest)
    totals |= {name: by for name, by in rest.items() if name not in totals}
    top = tuple(name for _, name in nsmallest(limit, ((-total, name) for name, total in totals.items())))
    return top, sum(of_days.values()) + found.whole[place], found.many[place] + alone


def sums_of(
    of_days: Sequence[int], rest: Sequence[int] | None, columns: tuple[Column, ...], wanted: tuple[Column, ...]
) -> tuple[int, ...]:
    """One value's sums in the wanted order."""
    places = [columns.index(column) for column in wanted]
    return tuple(of_days[place] + (rest[place] if rest else 0) for place in places)


def last_of(largest: list[int], limit: int) -> int:
    """The least of the largest known sums; nothing where there are fewer than wanted."""
    return largest[-1] if len(largest) == limit else 0
