"""Bringing what was read into a store: all of it or nothing, once, and never onto days that were counted already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec
from msgspec.structs import astuple

from bredele.stats.catalogue import OTHER, Dimension, Metric
from bredele.stats.closing import Place, close_periods, largest, oldest_kept
from bredele.stats.event import Cell, Increment, Sums
from bredele.stats.store import Key, Mark, Store
from bredele.stats.suppression import held_back
from bredele.stats.tables import DAY_LENGTH, closed
from bredele.stats.transfer.errors import DaysTaken, UnreadableFigures
from bredele.stats.transfer.gathered import Gathered

NOTHING = Sums()


class Landed(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did. `totals` are the exact sums of the days taken over; null is what the source cannot give."""

    kind: str
    site: str
    first: str
    last: str
    days: int
    fresh: bool
    totals: dict[Metric, int | None]
    notes: tuple[str, ...]


def land(store: Store, site: str, found: Gathered, fingerprint: str, today: date) -> Landed:
    """Add it; `fingerprint` is of the file (and the range asked for): the same one twice changes nothing."""
    keep_to_retention(found, today)
    days = found.days()
    if not days:
        raise UnreadableFigures("No day in it can be imported.", cure="It is empty, or older than 25 months.")
    mark = Mark(f"import {site} {fingerprint}", 1)
    fresh = not store.mark(mark.source)
    if fresh:
        refuse_taken(store, site, days, today)
        increments, closings = settled(store, site, found)
        fresh = store.add(tuple(increments), mark, (*found.marks(site), *closings))
        close_periods(store, today)
    return Landed(
        kind=found.kind,
        site=site,
        first=days[0].isoformat(),
        last=days[-1].isoformat(),
        days=len(days),
        fresh=fresh,
        totals=found.totals(),
        notes=tuple(found.notes),
    )


def keep_to_retention(found: Gathered, today: date) -> None:
    """Leave out what would be deleted the same day (ANA-07)."""
    limit = oldest_kept(today)
    days = found.days()
    old = sum(day < limit for day in days)
    if old:
        found.note(f"{old} days before {limit} are older than 25 months and were left out (ANA-07).")
        found.only(limit, days[-1])


def refuse_taken(store: Store, site: str, days: Sequence[date], today: date) -> None:
    """DaysTaken where a day is not over, or has figures of its own."""
    yesterday = today - timedelta(days=1)
    if days[-1] >= today:
        raise DaysTaken(f"{days[-1]} is not over yet.", where=site, cure=f"Import it with --to {yesterday}.")
    counted = {day for day, _ in store.day_totals(site, days[0], days[-1])}
    taken = [day for day in days if day.isoformat() in counted or store.mark(closed(site, day.isoformat()))]
    if taken:
        free = taken[0] - timedelta(days=1)
        cure = f"Import what lies before with --to {free}." if free >= days[0] else "Choose other days: --from, --to."
        raise DaysTaken(f"The site has figures of {taken[0]} already ({len(taken)} such days).", where=site, cure=cure)


def settled(store: Store, site: str, found: Gathered) -> tuple[list[Increment], list[Mark]]:
    """The increments, with days of months that are closed already closed as well; the marks that say so.

    Such a month was released: only what may stand alone joins it under its name, the rest joins its "other".
    """
    parts: list[Increment] = []
    late: dict[tuple[str, Dimension], dict[Key, Sums]] = defaultdict(dict)
    shut: dict[str, bool] = {}
    for part in found.increments(site):
        if isinstance(part, Cell) and len(part.period) == DAY_LENGTH:
            month = part.period[:7]
            if month not in shut:
                shut[month] = store.mark(closed(site, month)) > 0
            if shut[month]:
                late[part.period, part.dimension][part.period, part.value, part.other] = Sums(*astuple(part)[5:])
                continue
        parts.append(part)
    for (day, dimension), cells in late.items():
        parts += closed_at_once(Place(site, dimension, day), cells)
    return parts, [Mark(closed(site, day), 1) for day in sorted({day for day, _ in late})]


def closed_at_once(place: Place, cells: dict[Key, Sums]) -> Iterable[Cell]:
    """A day's cells as closing it would leave them, and their month's growth."""
    kept = largest(cells, place.dimension)
    held = held_back({key: cells[key] for key in kept}, place.dimension)
    month = place._replace(period=place.period[:7])
    for key, sums in cells.items():
        hidden = held.get(key, NOTHING) if key in kept else sums
        shown = Sums(*(all_of - part for all_of, part in zip(astuple(sums), astuple(hidden), strict=True)))
        if shown != NOTHING:
            yield place.cell(key[1], key[2], shown)
            yield month.cell(key[1], key[2], shown)
        if hidden != NOTHING:
            yield month.cell(OTHER, OTHER, hidden)
