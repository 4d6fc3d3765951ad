"""Closed days rolled up: what each adds to a table of many days, made once, so that thirty days are thirty short lists.

A day that is over hardly changes any more, and its cells are rounded one by one before they are added up (ANA-19). So
the rounded figures of each table are kept beside the sums they follow from, as are the day's own totals. Whatever is
added to such a day later makes its rollups void; until they are made again the day is read from its sums. They are
deleted with the day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from bredele.stats.catalogue import BASE, PAIRS, SHOWN, Column, Dimension, K
from bredele.stats.event import Sums
from bredele.stats.rounding import figure, known
from bredele.stats.store import Cut, DayTotal, Rollup, Store

TOTALS = "totals"
Totals = dict[str, tuple[int, int]]
"""Metric -> (total, most), see `DayTotal`."""
Named = Mapping[str, tuple[int, ...]]


class Sheet(msgspec.Struct, frozen=True):
    """A day's part of one table: names, and beside them each column's rounded figures."""

    names: tuple[str, ...]
    columns: dict[Column, tuple[int, ...]]


sheet_of = msgspec.json.Decoder(Sheet).decode
totals_of = msgspec.json.Decoder(Totals).decode


class Rolled(NamedTuple):
    """Rolled days added up: which they were, and by column the sum of each name's figures."""

    days: frozenset[str]
    sums: Mapping[Column, Mapping[str, int]]


def roll_up(store: Store) -> int:
    """Roll up every closed day that is not, or has changed since; how many were."""
    days = store.unrolled()
    for site, day in days:
        store.roll_up(site, day, lambda site=site, day=day: tuple(rollups_of(store, site, day)))  # type: ignore[misc]  # both bound now
    return len(days)


def rollups_of(store: Store, site: str, day: str) -> Iterator[Rollup]:
    """Everything a day adds to tables: its totals, each dimension, each pair from either side."""
    when = date.fromisoformat(day)
    totals = {metric: tuple(total) for (_, metric), total in store.day_totals(site, when, when).items()}
    yield Rollup(TOTALS, "", msgspec.json.encode(totals).decode())
    for dimension in BASE:
        tables: dict[tuple[str, str], dict[str, tuple[int, ...]]] = defaultdict(dict)
        for (_, value, other), sums in store.daily(site, dimension, when, when).items():
            figures = rounded(sums, SHOWN[dimension])
            if not any(figures):
                continue
            if dimension not in PAIRS:
                tables[dimension, ""][value] = figures
            else:
                tables[kind_of(dimension, "value"), value][other] = figures
                tables[kind_of(dimension, "other"), other][value] = figures
        for (kind, name), table in tables.items():
            table.pop("", None)  # "other" has no row of its own
            yield Rollup(kind, name, sheet(SHOWN[dimension], table))


def sheet(columns: tuple[Column, ...], table: Named) -> str:
    """A table as it is kept."""
    amounts = dict(zip(columns, zip(*table.values(), strict=True), strict=True)) if table else {}
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
    """What the rollups of a cut's days come to."""
    kind, name = table_of(cut)
    sums: dict[Column, dict[str, int]] = {column: defaultdict(int) for column in columns}
    wanted, done = frozenset(cut.days), set()
    for day, body in store.rollups(cut.site, kind, name, *ends(cut.days)).items():
        found = sheet_of(body) if body else None
        if day not in wanted or (found and found.names and not found.columns.keys() >= sums.keys()):
            continue  # of an earlier version, whose table had other columns
        done.add(day)
        if found and found.names:
            for column, grown in sums.items():
                for value, by in zip(found.names, found.columns[column], strict=True):
                    grown[value] += by
    return Rolled(frozenset(done), sums)


def day_totals(store: Store, site: str, days: tuple[str, ...]) -> dict[tuple[str, str], DayTotal]:
    """What `Store.day_totals` gives, from rollups where they are."""
    found: dict[tuple[str, str], DayTotal] = {}
    done = {day: body for day, body in store.rollups(site, TOTALS, "", *ends(days)).items() if body}
    for day, body in done.items():
        found |= {(day, metric): DayTotal(*total) for metric, total in totals_of(body).items()}
    rest = tuple(day for day in days if day not in done)
    if rest:
        more = store.day_totals(site, *ends(rest))
        found |= {key: total for key, total in more.items() if key[0] not in done}
    return found


def ends(days: Iterable[str]) -> tuple[date, date]:
    """The first and the last of some days in order; an empty range where there are none."""
    days = tuple(days)
    if not days:
        return date.max, date.min + timedelta(days=1)
    return date.fromisoformat(days[0]), date.fromisoformat(days[-1])
