"""The site's own totals over a range of days, made safe: the range, each day, each hour.

A range is cut into whole closed months and single days, and its figure is the sum of what those release on their own:
no choice of ranges tells more than the days and months do (ANA-19). Nothing finer than an hour exists (ANA-20).
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from itertools import groupby

import msgspec

from bredele.stats.catalogue import K, Metric
from bredele.stats.event import HOUR_FORM
from bredele.stats.release import days, hours, last_of
from bredele.stats.rollup import day_totals
from bredele.stats.rounding import Figure, figure, known, safe_figure, sum_of, total_figure
from bredele.stats.store import DayTotal, Store
from bredele.stats.tables import closed

COUNTED: tuple[Metric, ...] = (
    "views", "visits", "visitors_day", "visitors_week", "visitors_month", "exits", "bounces", "leaves",
    "outbound", "download", "error", "bots", "masked", "capped",
)  # fmt: skip
"""What is released as a figure; engaged and load time are averages, answers have tables of their own."""
NOTHING = DayTotal(0, 24 * (K - 1))


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of a range.

    `seconds` engaged a page and `load` in ms are averages, null under k; `bounced` is the share of visits in
    hundredths, null where one of the two figures is below ten.
    """

    figures: dict[Metric, Figure]
    seconds: int | None
    load: int | None
    bounced: int | None


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of one day `2026-11-24` or one hour `2026-11-24T13`."""

    period: str
    figures: dict[Metric, Figure]


class Timeline:
    """The site's totals of the days from `start` to `end`, both included, read once."""

    def __init__(self, store: Store, site: str, start: date, end: date) -> None:
        self._store, self._site, self._days = store, site, tuple(days(start, end))
        self._found = day_totals(store, site, start, end)
        self._totals: dict[Metric, Figure] = {}

    def totals(self) -> Totals:
        """Figures of the whole range."""
        figures: dict[Metric, Figure] = {metric: self.total(metric) for metric in COUNTED}
        bounces, visits = known(figures["bounces"]), known(figures["visits"])
        return Totals(
            figures=figures,
            seconds=self._average("seconds", "leaves", 1),
            load=self._average("load_ms", "loads", 10),
            bounced=min(round(bounces * 100 / visits), 100) if bounces and visits else None,
        )

    def total(self, metric: Metric) -> Figure:
        """One figure of the whole range."""
        if metric not in self._totals:
            self._totals[metric] = sum_of(self._parts(metric))
        return self._totals[metric]

    def days(self, metrics: tuple[Metric, ...] = ("views",)) -> tuple[Point, ...]:
        """Figures of each day."""
        return tuple(
            Point(period=day.isoformat(), figures={metric: self.day(metric, day) for metric in metrics})
            for day in self._days
        )

    def months(self, metrics: tuple[Metric, ...] = ("views",)) -> tuple[Point, ...]:
        """Figures of each calendar month, or of the part of one that the range holds."""
        return tuple(
            Point(
                period=f"{group[0]:%Y-%m}",
                figures={metric: sum_of(self._part(metric, group, whole=whole)) for metric in metrics},
            )
            for whole, group in self._months
        )

    @property
    def closed_months(self) -> tuple[str, ...]:
        """The whole closed months of the range, `2026-10`."""
        return tuple(f"{group[0]:%Y-%m}" for whole, group in self._months if whole)

    def day(self, metric: Metric, day: date) -> Figure:
        """One day; its hours, which are released too, stay uncertain."""
        return safe_figure(*self._of(metric, day))

    @cached_property
    def _months(self) -> tuple[tuple[bool, tuple[date, ...]], ...]:
        """(whether it is a whole closed month, its days) for each month the range touches."""
        return tuple(whole_months(self._store, self._site, self._days))

    def _parts(self, metric: Metric) -> Iterable[Figure]:
        """What the closed months and the other days of the range release."""
        for whole, group in self._months:
            yield from self._part(metric, group, whole=whole)

    def _part(self, metric: Metric, group: tuple[date, ...], *, whole: bool) -> Iterable[Figure]:
        """What one month of the range releases: its one figure, or those of its days."""
        if whole:
            yield total_figure([self._of(metric, day).total for day in group])
        else:
            yield from (self.day(metric, day) for day in group)

    def _of(self, metric: str, day: date) -> DayTotal:
        return self._found.get((day.isoformat(), metric), NOTHING)

    def _average(self, amount: Metric, count: Metric, step: int) -> int | None:
        """The average over the range, to `step`; None under k."""
        counted, summed = (sum(self._of(metric, day).total for day in self._days) for metric in (count, amount))
        return round(summed / counted / step) * step if counted >= K else None


def whole_months(store: Store, site: str, within: Iterable[date]) -> Iterable[tuple[bool, tuple[date, ...]]]:
    """(whether it is a whole month that is closed, its days) for each month that some days in a row touch."""
    for _, group in groupby(within, lambda day: (day.year, day.month)):
        part = tuple(group)
        complete = part[0].day == 1 and part[-1] == last_of(part[0])
        yield complete and store.mark(closed(site, f"{part[0]:%Y-%m}")) > 0, part


def closed_months(store: Store, site: str, start: date, end: date) -> tuple[str, ...]:
    """The closed months that lie whole between two days, `2026-10`."""
    return tuple(f"{part[0]:%Y-%m}" for whole, part in whole_months(store, site, days(start, end)) if whole)


def by_hour(store: Store, site: str, day: date, metrics: tuple[Metric, ...] = ("views",)) -> tuple[Point, ...]:
    """Figures of each hour of a day."""
    hourly = store.hourly(site, day, day)
    return tuple(
        Point(period=hour, figures={metric: figure(hourly.get((hour, metric), 0)) for metric in metrics})
        for hour in hours(day)
    )


def this_hour(store: Store, site: str, now: datetime) -> Figure:
    """Views of the current hour; `now` in the installation's time zone."""
    return figure(store.hourly(site, now.date(), now.date()).get((now.strftime(HOUR_FORM), "views"), 0))
