"""The site's own totals over a range of days, made safe: the range, each day, each hour.

A range is cut into whole closed months and single days, and its figure is the sum of what those release on their own:
no choice of ranges tells more than the days and months do (ANA-19). Nothing finer than an hour exists (ANA-20).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec

from bredele.stats.catalogue import K, Metric
from bredele.stats.event import HOUR_FORM
from bredele.stats.release import days, hours, last_of
from bredele.stats.rounding import Figure, figure, known, sum_of, total_figure
from bredele.stats.store import Store
from bredele.stats.tables import closed

COUNTED: tuple[Metric, ...] = (
    "views", "visits", "visitors_day", "visitors_week", "visitors_month", "exits", "bounces", "leaves",
    "outbound", "download", "error", "bots", "masked", "capped",
)  # fmt: skip
"""What is released as a figure; engaged and load time are averages, answers have tables of their own."""
NO_HOURS = [0] * 24


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
    """The hourly totals of the days from `start` to `end`, both included, read once."""

    def __init__(self, store: Store, site: str, start: date, end: date) -> None:
        self._store, self._site, self._start, self._end = store, site, start, end
        self._hours: dict[str, dict[str, list[int]]] = {}
        for (hour, metric), total in store.hourly(site, start, end).items():
            of_day = self._hours.setdefault(metric, {}).setdefault(hour[:10], [0] * 24)
            of_day[int(hour[11:])] = total

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
        return sum_of(self._parts(metric))

    def days(self, metrics: tuple[Metric, ...] = ("views",)) -> tuple[Point, ...]:
        """Figures of each day."""
        return tuple(
            Point(period=day.isoformat(), figures={metric: self.day(metric, day) for metric in metrics})
            for day in days(self._start, self._end)
        )

    def day(self, metric: Metric, day: date) -> Figure:
        """One day; its hours, which are released too, stay uncertain."""
        return total_figure(self._of(metric, day))

    def _parts(self, metric: Metric) -> Iterable[Figure]:
        """What the closed months and the other days of the range release."""
        day = self._start
        while day <= self._end:
            until = min(last_of(day), self._end)
            if day.day == 1 and until == last_of(day) and self._store.mark(closed(self._site, f"{day:%Y-%m}")):
                yield total_figure([sum(self._of(metric, one)) for one in days(day, until)])
            else:
                yield from (self.day(metric, one) for one in days(day, until))
            day = until + timedelta(days=1)

    def _of(self, metric: str, day: date) -> list[int]:
        return self._hours.get(metric, {}).get(day.isoformat(), NO_HOURS)

    def _average(self, amount: Metric, count: Metric, step: int) -> int | None:
        """The average over the range, to `step`; None under k."""
        counted, summed = (sum(map(sum, self._hours.get(metric, {}).values())) for metric in (count, amount))
        return round(summed / counted / step) * step if counted >= K else None


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
