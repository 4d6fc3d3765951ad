"""A dashboard in one call: the totals of a range, what they were before, a point a hour, day or month, and its panels.

Everything in it was released by `timeline` and `breakdown`; nothing exact passes through here.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

import msgspec

from bredele.stats.breakdown import Breakdown, Filter, breakdowns, days_of, months_of, value_figures
from bredele.stats.catalogue import Column, Dimension, Metric, pair_of
from bredele.stats.rounding import Figure
from bredele.stats.store import Store
from bredele.stats.tables import length_of
from bredele.stats.timeline import Point, Timeline, Totals, by_hour, closed_months

Grain = Literal["hour", "day", "month"]
PanelName = Literal[
    "pages", "entries", "exits", "referrers", "countries", "devices", "browsers", "languages", "screens",
    "time", "load", "outbound", "downloads", "errors",
]  # fmt: skip
PANELS: dict[PanelName, tuple[Dimension, tuple[Column, ...]]] = {
    "pages": ("page", ("views", "visits", "leaves", "seconds")),
    "entries": ("page", ("visits", "bounces")),
    "exits": ("page", ("exits", "views")),
    "referrers": ("referrer", ()),
    "countries": ("country", ()),
    "devices": ("device", ()),
    "browsers": ("browser", ()),
    "languages": ("language", ()),
    "screens": ("screen", ()),
    "time": ("time", ()),
    "load": ("load", ()),
    "outbound": ("outbound", ()),
    "downloads": ("download", ()),
    "errors": ("error", ()),
}
"""What each panel lists, and its columns where they are not the dimension's usual ones; the first ranks."""
DRAWN: tuple[Metric, ...] = ("views", "visits", "visitors_day", "visitors_week", "visitors_month")
WEEK, MONTHLY = 7, 100
"""A range of more days has a point a month."""


class Span(NamedTuple):
    """Days, both included."""

    start: date
    end: date

    @property
    def grain(self) -> Grain:
        """One point for each of these."""
        many = (self.end - self.start).days + 1
        return "hour" if many == 1 else "day" if many <= MONTHLY else "month"

    def before(self) -> "Span":
        """As many days before, on the same days of the week; for whole months as many months."""
        many = (self.end - self.start).days + 1
        if self.start.day == 1 and (self.end + timedelta(days=1)).day == 1:
            months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
            return Span(month_before(self.start, months), self.start - timedelta(days=1))
        return self._earlier(-(-many // WEEK))

    def year_before(self) -> "Span":
        """The same days of the week, 52 weeks before; for whole months the same months of the year before."""
        if self.start.day == 1 and (self.end + timedelta(days=1)).day == 1:
            after = month_before(self.end + timedelta(days=1), 12)
            return Span(month_before(self.start, 12), after - timedelta(days=1))
        return self._earlier(52)

    def _earlier(self, weeks: int) -> "Span":
        """The days so many weeks before."""
        return Span(self.start - timedelta(weeks=weeks), self.end - timedelta(weeks=weeks))


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared with: the same figures of another range."""

    totals: Totals | None
    figures: dict[Column, Figure]
    points: tuple[Point, ...]


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """A dashboard. Under a filter `totals` is null and `figures` are those of the value; else `figures` is empty.

    `points` is empty for the hours of a filtered day: hours are counted for the whole site only. `parts`: how many
    days (and closed months) each row of a panel was added up from, each of which withholds what is below ten.
    """

    totals: Totals | None
    figures: dict[Column, Figure]
    points: tuple[Point, ...]
    against: Against | None
    panels: dict[PanelName, Breakdown]
    parts: int


def board(
    store: Store,
    site: str,
    span: Span,
    *,
    only: Filter | None = None,
    against: Span | None = None,
    names: tuple[PanelName, ...] = tuple(PANELS),
    limit: int = 10,
) -> Board:
    """Everything a dashboard shows. `names`: the panels wanted; those without a declared pair with the filter are
    left out."""
    timeline = None if only else Timeline(store, site, *span)
    earlier = summary(store, site, against, only) if against else None
    seen = summary(store, site, span, only, timeline)
    panels = dict(tables(store, site, span, only, names, limit, timeline))
    return Board(
        totals=seen.totals,
        figures=seen.figures,
        points=seen.points,
        against=earlier,
        panels={name: panels[name] for name in names if name in panels},
        parts=parts_of(span, timeline.closed_months if timeline else closed_months(store, site, *span)),
    )


def tables(
    store: Store,
    site: str,
    span: Span,
    only: Filter | None,
    names: tuple[PanelName, ...],
    limit: int,
    timeline: Timeline | None,
) -> Iterator[tuple[PanelName, Breakdown]]:
    """The panels that the filter allows; those of one dimension from one reading."""
    shown: dict[Dimension, list[PanelName]] = defaultdict(list)
    for name in names:
        if offered(name, only):
            shown[PANELS[name][0]].append(name)
    for dimension, together in shown.items():
        wanted = tuple(PANELS[name][1] for name in together)
        found = breakdowns(store, site, dimension, span, wanted, only=only, limit=limit, timeline=timeline)
        yield from zip(together, found, strict=True)


def parts_of(span: Span, months: tuple[str, ...]) -> int:
    """How many cells a sum over these days has: closed months are one each."""
    return (span.end - span.start).days + 1 - sum(length_of(month) - 1 for month in months)


def offered(name: PanelName, only: Filter | None) -> bool:
    """Whether a panel exists under the filter; entries and exits are never counted with anything else."""
    return only is None or (name not in ("entries", "exits") and pair_of(only.dimension, PANELS[name][0]) is not None)


def summary(store: Store, site: str, span: Span, only: Filter | None, timeline: Timeline | None = None) -> Against:
    """Totals and points of a range."""
    if only is not None:
        series = months_of if span.grain == "month" else days_of
        points = () if span.grain == "hour" else series(store, site, *span, only)
        return Against(totals=None, figures=value_figures(store, site, only, *span), points=points)
    known = timeline or Timeline(store, site, *span)
    if span.grain == "hour":
        points = by_hour(store, site, span.start, DRAWN)
    else:
        points = known.months(DRAWN) if span.grain == "month" else known.days(DRAWN)
    return Against(totals=known.totals(), figures={}, points=points)


def month_before(day: date, months: int) -> date:
    """The first day of the month so many months before."""
    year, month0 = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month0 + 1, 1)
