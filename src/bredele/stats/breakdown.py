"""Tables by value over a range of days, made safe: pages, referrers, countries, ... and the same under one filter.

Each day's cell is rounded on its own and then summed, so ranges that overlap tell no more than the days (ANA-19); a
calendar month that is over and lies whole in the range counts as one cell, and tells what its days withheld. A
filter is one value of one dimension; under it another dimension's table exists only where the two are a declared pair.
"""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

import msgspec

from bredele.stats.catalogue import BASE, PAIRS, Column, Dimension, K, Metric, pair_of
from bredele.stats.errors import NotCounted
from bredele.stats.release import days
from bredele.stats.rounding import BELOW, Figure, figure, known, safe_figure
from bredele.stats.store import Largest, Store
from bredele.stats.timeline import Point, Timeline, closed_months

SHOWN: dict[Dimension, tuple[Column, ...]] = {
    "page": ("views", "visits", "exits", "bounces", "leaves", "seconds"),
    "referrer": ("visits", "visitors"),
    **dict.fromkeys(("country", "device", "browser", "language", "screen"), ("views", "visits", "visitors")),
    **dict.fromkeys(("load", "time", "outbound", "download", "error"), ("events",)),
}
"""Columns of a table without a filter."""
TOTAL_OF: dict[Dimension, Metric] = {
    **dict.fromkeys(("page", "country", "device", "browser", "language", "screen"), "views"),
    "referrer": "visits",
    "outbound": "outbound",
    "download": "download",
    "error": "error",
}
"""The site's total that a dimension divides up."""
ALSO_TOTAL: dict[Column, Metric] = {"visits": "visits", "exits": "exits"}
"""Other columns that a page's table may be ranked by, and the site's totals they divide up."""


class Filter(NamedTuple):
    """Only what has this value of this dimension."""

    dimension: Dimension
    value: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a dimension; null for all that is small, waits for its month or was merged, together."""

    value: str | None
    figures: dict[Column, Figure]


class Breakdown(msgspec.Struct, frozen=True, kw_only=True):
    """A table by value, largest first. `more`: how many released values follow that are not listed."""

    dimension: Dimension
    rows: tuple[Row, ...]
    more: int = 0


def days_of(store: Store, site: str, start: date, end: date, only: Filter) -> tuple[Point, ...]:
    """Figures of each day for one value; days on which it was small are below ten."""
    column = BASE[only.dimension]
    name: Metric = TOTAL_OF.get(only.dimension, "views")
    found: dict[str, int] = defaultdict(int)
    for (day, _, _), sums in store.daily(site, only.dimension, start, end, value=only.value).items():
        found[day] += sums.of(column)
    return tuple(
        Point(period=day.isoformat(), figures={name: figure(found[day.isoformat()])}) for day in days(start, end)
    )


def months_of(store: Store, site: str, start: date, end: date, only: Filter) -> tuple[Point, ...]:
    """Figures of each calendar month for one value: one that is over and whole as one figure, else of its days."""
    column, name = BASE[only.dimension], TOTAL_OF.get(only.dimension, "views")
    found: dict[str, int] = {}
    for point in days_of(store, site, start, end, only):
        month = point.period[:7]
        found[month] = found.get(month, 0) + known(point.figures[name])
    months = closed_months(store, site, start, end)
    cells = store.month_cells(site, only.dimension, months, (only.value,), (column,), K)
    found |= dict.fromkeys(months, 0)
    found |= {month: known(safe_figure(*total)) for (_, month, _), total in cells.items()}
    return tuple(Point(period=month, figures={name: total or BELOW}) for month, total in found.items())


def value_figures(store: Store, site: str, only: Filter, start: date, end: date) -> dict[Column, Figure]:
    """The figures of one value over a range: the row it has in its own table."""
    months, columns = closed_months(store, site, start, end), SHOWN[only.dimension]
    sums = [0] * len(columns)
    for (day, _, _), cell in store.daily(site, only.dimension, start, end, value=only.value).items():
        if day[:7] not in months:
            for place, column in enumerate(columns):
                small = column == "seconds" and cell.leaves < K
                sums[place] += 0 if small else known(figure(cell.of(column)))
    return add_months(store, site, only.dimension, months, columns, {only.value: tuple(sums)})[only.value]


def breakdown(
    store: Store,
    site: str,
    dimension: Dimension,
    start: date,
    end: date,
    *,
    columns: tuple[Column, ...] = (),
    only: Filter | None = None,
    limit: int = 10,
    timeline: Timeline | None = None,
    found: Largest | None = None,
) -> Breakdown:
    """The values of a dimension over a range; raises NotCounted where a filter's crossing is not declared.

    `columns`: others than the usual ones, the first ranks; a filtered table has those of its pair. `timeline`: of the
    same range, `found`: the ranking, where they were read already.
    """
    shown = columns if columns and only is None else columns_of(dimension, only)
    months = timeline.closed_months if timeline else closed_months(store, site, start, end)
    found = found or largest(store, site, dimension, (start, end), shown, only, limit, months)
    names = dict(found.rows)
    if months:
        listed = add_months(store, site, dimension, months, shown, names, only)
    else:
        listed = {value: as_figures(shown, sums) for value, sums in names.items()}
    rows = [Row(value=value, figures=figures) for value, figures in listed.items()]
    total = ALSO_TOTAL.get(shown[0], TOTAL_OF.get(dimension))
    if only is None and total is not None:
        whole = (timeline or Timeline(store, site, start, end)).total(total)
        rest = figure(known(whole) - found.whole)
        rows += [Row(value=None, figures={shown[0]: rest})] if known(rest) else []
    return Breakdown(dimension=dimension, rows=tuple(rows), more=max(found.many - limit, 0))


def add_months(
    store: Store,
    site: str,
    dimension: Dimension,
    months: tuple[str, ...],
    columns: tuple[Column, ...],
    sums: dict[str, tuple[int, ...]],
    only: Filter | None = None,
) -> dict[str, dict[Column, Figure]]:
    """Rounded sums of days by value, with the figures of whole closed months added."""
    pair = pair_of(only.dimension, dimension) if only else None
    value, other = narrowed(pair, only)
    cells = store.month_cells(site, pair or dimension, months, tuple(sums), columns, K, value=value, other=other)
    totals = {(name, column): by for name, row in sums.items() for column, by in zip(columns, row, strict=True)}
    for (name, _, column), total in cells.items():
        totals[name, column] += known(safe_figure(*total))
    return {name: {column: totals[name, column] or BELOW for column in columns} for name in sums}


def narrowed(pair: Dimension | None, only: Filter | None) -> tuple[str | None, str | None]:
    """(value, other) of the side of a pair that a filter holds fast, as `Store.largest` takes them."""
    if pair is None or only is None:
        return None, None
    return (only.value, None) if PAIRS[pair][0] == only.dimension else (None, only.value)


def columns_of(dimension: Dimension, only: Filter | None) -> tuple[Column, ...]:
    """The columns of a table; a filtered one has those of its pair."""
    if only is None:
        return SHOWN[dimension]
    pair = pair_of(only.dimension, dimension)
    if pair is None:
        raise NotCounted(
            f"{dimension} by {only.dimension} is never counted.",
            where="filter",
            cure=f"Pairs that are: {', '.join(PAIRS)}.",
        )
    return ("visits",) if BASE[pair] == "visits" else ("views", "visits")


def largest(
    store: Store,
    site: str,
    dimension: Dimension,
    period: tuple[date, date],
    columns: tuple[Column, ...],
    only: Filter | None,
    limit: int,
    months: tuple[str, ...] = (),
) -> Largest:
    """The largest values, under the filter."""
    pair = pair_of(only.dimension, dimension) if only else None
    value, other = narrowed(pair, only)
    return store.largest(site, pair or dimension, *period, columns, K, limit, months=months, value=value, other=other)


def as_figures(columns: tuple[Column, ...], sums: tuple[int, ...]) -> dict[Column, Figure]:
    """Sums of figures by column; nothing reads as below ten."""
    return {column: total or figure(0) for column, total in zip(columns, sums, strict=True)}
