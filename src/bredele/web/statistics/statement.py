"""Released figures as plain tables, for files and for the API: counts only, each a multiple of ten or `<10`."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, get_args

import msgspec

from bredele.formats.csv import harmless
from bredele.stats.board import DRAWN, PANELS, Board, Grain, PanelName, Span, board, summary
from bredele.stats.breakdown import Breakdown, Filter, days_of, months_of
from bredele.stats.catalogue import Column
from bredele.stats.errors import NotCounted
from bredele.stats.release import NOTE
from bredele.stats.rounding import Figure
from bredele.stats.store import Store
from bredele.stats.timeline import Point, Timeline, Totals, by_hour

TIMES: tuple[str, ...] = ("total", "hour", "day", "month")
GROUPINGS: tuple[str, ...] = (*TIMES, *get_args(PanelName))


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row: a `period` (`2026-11`, `2026-11-24`, `2026-11-24T13`), a `value` (null: everything else), or neither."""

    period: str | None = None
    value: str | None = None
    figures: Mapping[Any, Figure]
    """Metrics of a range or a period, columns of a value."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One table. `more`: released values that follow."""

    by: str
    rows: list[Row]
    more: int = 0


class Statement(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from", "end": "to", "only": "filter"}):
    """What a dashboard shows, as figures. `engaged` (a page) and `load` are ISO 8601 durations, averages of many."""

    site: str
    start: date
    end: date
    only: dict[str, str] | None
    rounding: str = NOTE
    engaged: str | None = None
    load: str | None = None
    tables: list[Table]
    before: "Statement | None" = None


def statement(shown: Board, origin: str, span: Span, only: Filter | None, against: Span | None) -> Statement:
    """A dashboard as a file says it."""
    before = None
    if against is not None and shown.against is not None:
        earlier = shown.against
        tables = [whole(earlier.totals, earlier.figures), in_time(against.grain, earlier.points)]
        before = made(origin, against, only, earlier.totals, tables)
    tables = [whole(shown.totals, shown.figures), in_time(span.grain, shown.points)]
    tables += [by_value(name, panel) for name, panel in shown.panels.items()]
    return made(origin, span, only, shown.totals, tables, before)


def made(
    origin: str,
    span: Span,
    only: Filter | None,
    totals: Totals | None,
    tables: list[Table],
    before: Statement | None = None,
) -> Statement:
    """The statement of some tables."""
    return Statement(
        site=origin,
        start=span.start,
        end=span.end,
        only={only.dimension: only.value} if only else None,
        engaged=f"PT{totals.seconds}S" if totals and totals.seconds is not None else None,
        load=f"PT{totals.load / 1000:.2f}S" if totals and totals.load is not None else None,
        tables=tables,
        before=before,
    )


def whole(totals: Totals | None, figures: Mapping[Column, Figure]) -> Table:
    """The figures of the whole range."""
    return Table(by="total", rows=[Row(figures=totals.figures if totals else figures)])


def in_time(grain: Grain, points: Iterable[Point]) -> Table:
    """A row for each hour, day or month."""
    return Table(by=grain, rows=[Row(period=point.period, figures=point.figures) for point in points])


def by_value(name: str, panel: Breakdown) -> Table:
    """A row for each value; the one without a value is everything else."""
    rows = [Row(value=row.value, figures=row.figures) for row in panel.rows]
    return Table(by=name, rows=rows, more=panel.more)


def table(store: Store, site: str, span: Span, by: str, only: Filter | None, limit: int) -> Table:
    """One table alone; raises NotCounted where the filter and the grouping were never counted together."""
    if by == "total":
        seen = summary(store, site, span, only)
        return whole(seen.totals, seen.figures)
    if by in TIMES:
        return of_time(store, site, span, by, only)
    name: PanelName = next(one for one in PANELS if one == by)
    shown = board(store, site, span, only=only, names=(name,), limit=limit)
    if name not in shown.panels:
        known = ", ".join(one for one in PANELS if only and one in board(store, site, span, only=only, limit=1).panels)
        raise NotCounted(
            f"{name} by {only.dimension if only else ''} is never counted.",
            where="by",
            cure=f"With this filter there are: {known or 'total, day and month only'}.",
        )
    return by_value(name, shown.panels[name])


def of_time(store: Store, site: str, span: Span, by: str, only: Filter | None) -> Table:
    """Hours of one day, days, or months; raises NotCounted for what is not counted so."""
    if by == "hour" and (only is not None or span.start != span.end):
        raise NotCounted(
            "Hours are counted for the whole site, and given for one day.",
            where="by",
            cure="Leave the filter out and write the same day in `from` and `to`, or ask by day.",
        )
    if by == "hour":
        return in_time("hour", by_hour(store, site, span.start, DRAWN))
    if only is not None:
        if by == "month":
            return in_time("month", months_of(store, site, *span, only))
        return in_time("day", days_of(store, site, *span, only))
    timeline = Timeline(store, site, *span)
    return in_time("month", timeline.months(DRAWN)) if by == "month" else in_time("day", timeline.days(DRAWN))


def as_json(found: Statement) -> bytes:
    """Indented, for people who look."""
    return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"


def as_csv(found: Statement) -> bytes:
    """RFC 4180, UTF-8: one figure a line, so that a spreadsheet turns it as it likes."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("from", "to", "filter", "by", "period", "value", "metric", "figure"))
    for one in (found, found.before):
        writer.writerows([harmless(str(cell)) for cell in line] for line in (lines(one) if one else ()))
    return text.getvalue().encode()


def lines(found: Statement) -> Iterator[tuple[Any, ...]]:
    """Every figure with what it is a figure of."""
    only = "".join(f"{dimension}:{value}" for dimension, value in (found.only or {}).items())
    for part in found.tables:
        for row in part.rows:
            value = row.value or ("everything else" if part.by in PANELS else "")
            for metric, figure in row.figures.items():
                yield found.start, found.end, only, part.by, row.period or "", value, metric, figure
