"""Tables by value over a range of days, made safe: pages, referrers, countries, ... and the same under one filter.

Each day's cell is rounded on its own and then summed, so ranges that overlap tell no more than the days (ANA-19); a
calendar month that is over and lies whole in the range counts as one cell, and tells what its days withheld. A
filter is one value of one dimension; under it another dimension's table exists only where the two are a declared pair.
"""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

import msgspec

from bredele.stats.catalogue import BASE, PAIRS, SHOWN, Column, Dimension, K, Metric, pair_of
from bredele.stats.errors import NotCounted
from bredele.stats.ranking import Ranking, rankings
from bredele.stats.release import days
from bredele.stats.rounding import BELOW, Figure, figure, known, safe_figure
from bredele.stats.store import Cut, Store
from bredele.stats.tables import days_between
from bredele.stats.timeline import Point, Timeline, closed_months

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
    cells = store.month_cells(Cut(site, only.dimension, (), months), (only.value,), (column,), K)
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
    return add_months(store, Cut(site, only.dimension, (), months), columns, {only.value: tuple(sums)})[only.value]


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
) -> Breakdown:
    """The values of a dimension over a range; raises NotCounted where a filter's crossing is not declared.

    `columns`: others than the usual ones, the first ranks; a filtered table has those of its pair.
    `timeline`: of the same range, where it was read already.
    """
    period = (start, end)
    return breakdowns(store, site, dimension, period, (columns,), only=only, limit=limit, timeline=timeline)[0]


def breakdowns(
    store: Store,
    site: str,
    dimension: Dimension,
    period: tuple[date, date],
    wanted: tuple[tuple[Column, ...], ...],
    *,
    only: Filter | None = None,
    limit: int = 10,
    timeline: Timeline | None = None,
) -> tuple[Breakdown, ...]:
    """The same table once for each of some columns, from one reading."""
    usual = columns_of(dimension, only)
    shown = [usual if only else columns or usual for columns in wanted]
    totals = None if only else timeline or Timeline(store, site, *period)
    cut = cut_of(store, site, dimension, period, only, totals)
    return tuple(
        table(store, cut, dimension, columns, found, limit, totals)
        for columns, found in zip(shown, rankings(store, cut, shown, limit), strict=True)
    )


def table(
    store: Store,
    cut: Cut,
    dimension: Dimension,
    columns: tuple[Column, ...],
    found: Ranking,
    limit: int,
    timeline: Timeline | None,
) -> Breakdown:
    """A ranking as it is shown; with the site's own totals (`timeline`) what its rows leave of them is a row too."""
    listed = add_months(store, cut, columns, dict(found.rows))
    rows = [Row(value=value, figures=figures) for value, figures in listed.items()]
    total = ALSO_TOTAL.get(columns[0], TOTAL_OF.get(dimension))
    if timeline is not None and total is not None:
        rest = figure(known(timeline.total(total)) - found.whole)
        rows += [Row(value=None, figures={columns[0]: rest})] if known(rest) else []
    return Breakdown(dimension=dimension, rows=tuple(rows), more=max(found.many - limit, 0))


def cut_of(
    store: Store,
    site: str,
    dimension: Dimension,
    period: tuple[date, date],
    only: Filter | None,
    timeline: Timeline | None = None,
) -> Cut:
    """The cells that a table is added up from: closed months that lie whole in the range, and the other days."""
    months = timeline.closed_months if timeline else closed_months(store, site, *period)
    days = tuple(day for day in days_between(*period) if day[:7] not in months)
    pair = pair_of(only.dimension, dimension) if only else None
    if only is None or pair is None:
        return Cut(site, dimension, days, months)
    first = PAIRS[pair][0] == only.dimension
    return Cut(site, pair, days, months, only.value if first else None, None if first else only.value)


def add_months(
    store: Store, cut: Cut, columns: tuple[Column, ...], sums: dict[str, tuple[int, ...]]
) -> dict[str, dict[Column, Figure]]:
    """Rounded sums of days by value, with the figures of whole closed months added."""
    cells = store.month_cells(cut, tuple(sums), columns, K)
    totals = {(name, column): by for name, row in sums.items() for column, by in zip(columns, row, strict=True)}
    for (name, _, column), total in cells.items():
        totals[name, column] += known(safe_figure(*total))
    return {name: {column: totals[name, column] or BELOW for column in columns} for name in sums}


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
    return SHOWN[pair]
