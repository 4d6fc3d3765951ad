"""Tables by value over a range of days, made safe: pages, referrers, countries, ... and the same under one filter.

Each day's cell is rounded on its own and then summed, so ranges that overlap tell no more than the days (ANA-19). A
filter is one value of one dimension; under it another dimension's table exists only where the two are a declared pair.
"""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

import msgspec

from bredele.stats.catalogue import BASE, PAIRS, SINGLE, Column, Dimension, K, Metric, pair_of
from bredele.stats.errors import NotCounted
from bredele.stats.release import days
from bredele.stats.rounding import Figure, figure, known
from bredele.stats.store import Largest, Store
from bredele.stats.timeline import Point, Timeline, Totals

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


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """A dashboard in one call. Under a filter `totals` is null: only what the value's own cells tell is counted
    then."""

    totals: Totals | None
    days: tuple[Point, ...]
    tables: tuple[Breakdown, ...]


def overview(
    store: Store, site: str, start: date, end: date, *, only: Filter | None = None, limit: int = 10
) -> Overview:
    """Everything a dashboard of these days shows; `end` included."""
    if only is not None:
        tables = [name for name in SINGLE if pair_of(only.dimension, name)]
        return Overview(
            totals=None,
            days=days_of(store, site, start, end, only),
            tables=tuple(breakdown(store, site, name, start, end, only=only, limit=limit) for name in tables),
        )
    timeline = Timeline(store, site, start, end)
    return Overview(
        totals=timeline.totals(),
        days=timeline.days(("views", "visits", "visitors_day")),
        tables=tuple(breakdown(store, site, name, start, end, limit=limit, timeline=timeline) for name in SINGLE),
    )


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


def breakdown(
    store: Store,
    site: str,
    dimension: Dimension,
    start: date,
    end: date,
    *,
    only: Filter | None = None,
    limit: int = 10,
    timeline: Timeline | None = None,
) -> Breakdown:
    """The values of a dimension over a range; raises NotCounted where a filter's crossing is not declared.

    `timeline`: of the same range, where it was read already.
    """
    columns = columns_of(dimension, only)
    found = largest(store, site, dimension, (start, end), columns, only, limit)
    rows = [Row(value=value, figures=as_figures(columns, sums)) for value, sums in found.rows]
    if only is None and dimension in TOTAL_OF:
        total = (timeline or Timeline(store, site, start, end)).total(TOTAL_OF[dimension])
        rest = figure(known(total) - found.whole)
        rows += [Row(value=None, figures={columns[0]: rest})] if known(rest) else []
    return Breakdown(dimension=dimension, rows=tuple(rows), more=max(found.many - limit, 0))


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
) -> Largest:
    """The largest values, under the filter."""
    pair = pair_of(only.dimension, dimension) if only else None
    if only is None or pair is None:
        return store.largest(site, dimension, *period, columns, K, limit)
    if PAIRS[pair][0] == only.dimension:
        return store.largest(site, pair, *period, columns, K, limit, value=only.value)
    return store.largest(site, pair, *period, columns, K, limit, other=only.value)


def as_figures(columns: tuple[Column, ...], sums: tuple[int, ...]) -> dict[Column, Figure]:
    """Sums of figures by column; nothing reads as below ten."""
    return {column: total or figure(0) for column, total in zip(columns, sums, strict=True)}
