"""Closed days rolled up: what a table of many days is added up from, so that thirty days are a few short lists.

A day that is over hardly changes any more, and its cells are rounded one by one before they are added up (ANA-19). So
the rounded figures of each table are kept beside the sums they follow from, summed from the Monday of the week to the
day: any days of a week are one such list less another. Whatever is added to a day later makes the rollups of the rest
of its week void; until they are made again those days are read from their sums. They are deleted with the day.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import msgspec

from bredele.stats.catalogue import BASE, PAIRS, SHOWN, Column, Dimension, K
from bredele.stats.event import Sums
from bredele.stats.rounding import figure, known
from bredele.stats.store import Cut, DayTotal, Key, Rollup, Store, Week
from bredele.stats.tables import days_between

WEEK = timedelta(days=7)
TOTALS = "totals"
Totals = dict[str, tuple[int, int]]
"""Metric -> (total, most), see `DayTotal`."""
Tables = dict[tuple[str, str], dict[str, list[int]]]
"""(kind, name) -> name in the table -> sums by column."""


class Sheet(msgspec.Struct, frozen=True):
    """A table's part of a week up to a day: names, and beside them each column's summed figures."""

    names: tuple[str, ...]
    columns: dict[Column, tuple[int, ...]]


EMPTY = Sheet((), {})
sheet_of = msgspec.json.Decoder(Sheet).decode
totals_of = msgspec.json.Decoder(Totals).decode


class Rolled(NamedTuple):
    """Rolled days of a table: which they are, and the sheets that their sums are made of, each added (1) or taken off
    again (-1)."""

    days: frozenset[str]
    sheets: tuple[tuple[int, Sheet], ...]

    def ranks(self, column: Column) -> dict[str, int]:
        """One column's sum of every name that has any."""
        sums: dict[str, int] = defaultdict(int)
        for sign, found in self.sheets:
            for name, by in zip(found.names, found.columns[column], strict=True):
                sums[name] += sign * by
        return {name: by for name, by in sums.items() if by}

    def rows(self, names: Collection[str], columns: tuple[Column, ...]) -> dict[str, list[int]]:
        """Several columns' sums of some names."""
        sums = {name: [0] * len(columns) for name in names}
        for sign, found in self.sheets:
            places = dict(zip(found.names, range(len(found.names)), strict=True))
            amounts = tuple(enumerate(found.columns[column] for column in columns))
            for name, row in sums.items():
                place = places.get(name)
                if place is not None:
                    for number, column in amounts:
                        row[number] += sign * column[place]
        return sums


def roll_up(store: Store, oldest: date) -> int:
    """Roll up every closed day that is not, or has changed since; how many were. Not those of a week that has lost its
    first days to the limit of retention: every day it would lose another."""
    first = (monday_of(oldest - timedelta(days=1)) + WEEK).isoformat()
    days = [(site, day) for site, day in store.unrolled() if day >= first]
    for site, day in days:
        store.roll_up(site, day, lambda site=site, day=day: week_of(store, site, day))  # type: ignore[misc]  # both bound now
    return len(days)


def week_of(store: Store, site: str, day: str) -> Week:
    """The day's totals, and everything its week has added to tables up to it: each dimension, each pair from either
    side."""
    when = date.fromisoformat(day)
    totals = {metric: tuple(total) for (_, metric), total in store.day_totals(site, when, when).items()}
    rollups = [Rollup(TOTALS, "", msgspec.json.encode(totals).decode())]
    since = day
    for dimension in BASE:
        cells = store.daily(site, dimension, monday_of(when), when)
        since = min((since, *(key[0] for key in cells)))
        for (kind, name), table in tables_of(dimension, cells).items():
            rollups.append(Rollup(kind, name, sheet(SHOWN[dimension], table)))
    return Week(since, rollups)


def tables_of(dimension: Dimension, cells: Mapping[Key, Sums]) -> Tables:
    """The tables that some cells of a dimension add to."""
    tables: Tables = defaultdict(dict)
    for (_, value, other), sums in cells.items():
        figures = rounded(sums, SHOWN[dimension])
        if not any(figures):
            continue
        if dimension not in PAIRS and value:
            grow(tables[dimension, ""], value, figures)
        elif value and other:  # "other" has neither a row nor a table of its own
            grow(tables[kind_of(dimension, "value"), value], other, figures)
            grow(tables[kind_of(dimension, "other"), other], value, figures)
    return tables


def grow(table: dict[str, list[int]], name: str, figures: tuple[int, ...]) -> None:
    """Add figures to a name."""
    had = table.get(name)
    table[name] = [a + b for a, b in zip(had, figures, strict=True)] if had else list(figures)


def sheet(columns: tuple[Column, ...], table: dict[str, list[int]]) -> str:
    """A table as it is kept."""
    amounts = dict(zip(columns, zip(*table.values(), strict=True), strict=True))
    return msgspec.json.encode(Sheet(tuple(table), amounts)).decode()


def rounded(sums: Sums, columns: tuple[Column, ...]) -> tuple[int, ...]:
    """Each column as it is released; engaged seconds only where their leaves are."""
    return tuple(0 if column == "seconds" and sums.leaves < K else known(figure(sums.of(column))) for column in columns)


def kind_of(dimension: Dimension, held: str) -> str:
    """A pair's table with this side held fast."""
    return f"{dimension} by {held}"


def table_of(cut: Cut) -> tuple[str, str]:
    """(kind, name) of the rollups a cut is made from."""
    if cut.value is not None:
        return kind_of(cut.dimension, "value"), cut.value
    return (cut.dimension, "") if cut.other is None else (kind_of(cut.dimension, "other"), cut.other)


def rolled(store: Store, cut: Cut, columns: tuple[Column, ...]) -> Rolled:
    """The rollups of a cut's days."""
    parts = parts_of(cut.days, tuple(store.rolled(cut.site, *reach(cut.days)).items()))
    wanted = [day for part in parts for day in (part.last, part.before) if day]
    bodies = store.rollups(cut.site, *table_of(cut), wanted) if wanted else {}
    found = {day: sheet_of(body) if body else EMPTY for day, body in bodies.items()}
    done: set[str] = set()
    sheets: list[tuple[int, Sheet]] = []
    for part in parts:
        both = [(1, found.get(part.last)), *([(-1, found.get(part.before))] if part.before else [])]
        usable = [(sign, one) for sign, one in both if one and (not one.names or one.columns.keys() >= set(columns))]
        if len(usable) == len(both):  # else changed meanwhile, or made by a version whose table had other columns
            done.update(part.days)
            sheets += [(sign, one) for sign, one in usable if one.names]
    return Rolled(frozenset(done), tuple(sheets))


class Part(NamedTuple):
    """Days of one week that one rollup (of the last of them) holds, less another one (of the day before them)."""

    days: tuple[str, ...]
    last: str
    before: str


@lru_cache(maxsize=64)
def parts_of(days: tuple[str, ...], rolled_since: tuple[tuple[str, str], ...]) -> tuple[Part, ...]:
    """The parts that some days are made of, as far as they are rolled up: the same for every table of a dashboard."""
    ready, parts = dict(rolled_since), []
    for (monday, _), group in groupby(enumerate(map(date.fromisoformat, days)), lambda found: run_of(*found)):
        run = [day for _, day in group]
        held = tuple(day.isoformat() for day in run)
        while held and held[-1] not in ready:
            held = held[:-1]
        if held:
            nothing_before = run[0] == monday or ready[held[-1]] >= held[0]
            before = "" if nothing_before else (run[0] - timedelta(days=1)).isoformat()
            if not before or before in ready:
                parts.append(Part(held, held[-1], before))
    return tuple(parts)


def run_of(place: int, day: date) -> tuple[date, date]:
    """The same for days of one week that follow each other."""
    return monday_of(day), day - timedelta(days=place)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def reach(days: tuple[str, ...]) -> tuple[date, date]:
    """The days whose rollups may be of use; no day where there are none."""
    if not days:
        return date.max, date.min
    return monday_of(date.fromisoformat(days[0])), date.fromisoformat(days[-1])


def day_totals(store: Store, site: str, start: date, end: date) -> dict[tuple[str, str], DayTotal]:
    """What `Store.day_totals` gives, from rollups where they are."""
    found: dict[tuple[str, str], DayTotal] = {}
    days = store.rolled(site, start, end)
    ready = store.rollups(site, TOTALS, "", tuple(days)) if days else {}
    for day, body in ready.items():
        found |= {(day, metric): DayTotal(*total) for metric, total in totals_of(body or "{}").items()}
    rest = (date.fromisoformat(day) for day in days_between(start, end) if day not in ready)
    for _, run in groupby(enumerate(rest), lambda found: found[1] - timedelta(days=found[0])):
        missing = [day for _, day in run]
        found |= store.day_totals(site, missing[0], missing[-1])
    return found
