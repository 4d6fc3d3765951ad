"""Closing: what is under k when a day ends waits in the month; what is under k when the month ends becomes "other".

Time is coarsened before detail is given up. Closing is nothing but increments, negative ones for the day, so it may run
while others add, and its mark makes it happen once. Cells that come for a closed day go straight to the month, and
those for a closed month to "other".
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from msgspec.structs import astuple

from bredele.core.lifetime import add_months
from bredele.stats.catalogue import BASE, OTHER, PAIRS, Dimension
from bredele.stats.event import Cell, Chosen, Grown, Hourly, Increment, Increments, Sums
from bredele.stats.rollup import roll_up
from bredele.stats.store import Key, Mark, Store
from bredele.stats.suppression import held_back
from bredele.stats.tables import DAY_LENGTH, closed

DAY_CELLS, PAIR_CELLS = 100, 300
"""How many values of a dimension (of a pair) keep their own daily sums; the month keeps them all. It bounds what a
table of thirty days reads, however large the site."""
RETENTION_MONTHS = 25
NOTHING = Sums()


class Place(NamedTuple):
    """Where a cell is: its site, dimension and period."""

    site: str
    dimension: Dimension
    period: str

    def cell(self, value: str, other: str, sums: Sums) -> Cell:
        """The increment that adds these sums there."""
        return Cell(self.site, self.period, self.dimension, value, other, *astuple(sums))


def close_periods(store: Store, today: date) -> int:
    """Close every day before `today` and every month before its month that is still open; how many were. Then roll up
    the days that are closed."""
    before = store.open_periods(today.isoformat())
    days = sorted(found for found in before if len(found[1]) == DAY_LENGTH)
    done = sum(close_day(store, site, day) for site, day in days)
    this = f"{today:%Y-%m}"
    months = sorted(found for found in store.open_periods(this) if len(found[1]) < DAY_LENGTH and found[1] < this)
    done += sum(close_month(store, site, month) for site, month in months)
    roll_up(store, oldest_kept(today))
    return done


def close_day(store: Store, site: str, day: str) -> bool:
    """Move what is under k, and what ranks beyond the day's number of cells, to the month. False if it was closed."""
    when = date.fromisoformat(day)
    parts: list[Increment] = []
    for dimension in BASE:
        cells = store.daily(site, dimension, when, when)
        kept = largest(cells, dimension)
        waiting = {key: sums for key, sums in cells.items() if key not in kept}
        waiting |= held_back({key: cells[key] for key in kept}, dimension)
        for key, sums in waiting.items():
            parts += moved(Place(site, dimension, day), key, sums, Place(site, dimension, day[:7]), key)
    return store.add(tuple(parts), Mark(closed(site, day), 1))


def close_month(store: Store, site: str, month: str) -> bool:
    """Make the month's cells its whole sums: the days of their own, what waited and reached k, and "other"."""
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    parts: list[Increment] = []
    for dimension in BASE:
        place = Place(site, dimension, month)
        for key, sums in held_back(store.monthly(site, dimension, first, first), dimension).items():
            parts += moved(place, key, sums, place, (month, OTHER, OTHER))
        whole: dict[tuple[str, str], Sums] = defaultdict(Sums)
        for (_, value, other), sums in store.daily(site, dimension, first, last).items():
            whole[value, other] = whole[value, other].plus(sums)
        parts += (place.cell(value, other, sums) for (value, other), sums in whole.items())
    return store.add(tuple(parts), Mark(closed(site, month), 1))


def settled(store: Store, increments: Iterable[Increment]) -> Increments:
    """The increments, with cells of closed days moved to their month, and those of closed months to its "other"."""
    known: dict[tuple[str, str], bool] = {}

    def shut(site: str, period: str) -> bool:
        if (site, period) not in known:
            known[site, period] = store.mark(closed(site, period)) > 0
        return known[site, period]

    return tuple(part if isinstance(part, Hourly | Chosen) else settle(part, shut) for part in increments)


def settle(part: Cell | Grown, shut: Callable[[str, str], bool]) -> Cell | Grown:
    """Where cells go that may come late."""
    if not shut(part.site, part.period):
        return part
    month = part.period[:7]
    merged = shut(part.site, month)
    if isinstance(part, Cell):
        value, other = (OTHER, OTHER) if merged else (part.value, part.other)
        return Cell(part.site, month, part.dimension, value, other, *astuple(part)[5:])
    cells = {(OTHER, OTHER): [sum(column) for column in zip(*part.cells.values(), strict=True)]}
    return Grown(part.site, month, part.dimension, cells if merged else part.cells)


def enforce_retention(store: Store, today: date) -> int:
    """Delete what is older than 25 months (ANA-07); a month goes when its first day does. How many rows went."""
    return store.forget(oldest_kept(today), today)


def oldest_kept(today: date) -> date:
    """The first day that is not older than 25 months."""
    return add_months(datetime.combine(today, time()), -RETENTION_MONTHS).date()


def largest(cells: Mapping[Key, Sums], dimension: Dimension) -> frozenset[Key]:
    """The cells that keep their own daily sums."""
    base, many = BASE[dimension], PAIR_CELLS if dimension in PAIRS else DAY_CELLS
    ranked = sorted(cells, key=lambda key: (-cells[key].of(base), key))
    return frozenset(ranked[:many])


def moved(source: Place, key: Key, sums: Sums, target: Place, into: Key) -> Iterator[Cell]:
    """Two increments that carry sums from one cell to another; none where nothing moves."""
    if sums == NOTHING or (source == target and key == into):
        return
    yield source.cell(key[1], key[2], Sums(*(-amount for amount in astuple(sums))))
    yield target.cell(into[1], into[2], sums)
