"""What a dashboard is asked for, read from an address: a period, what it is compared with, one filter, one panel."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, TypeVar
from urllib.parse import parse_qsl, urlencode

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from bredele.core.errors import BredeleError
from bredele.stats.board import PANELS, PanelName, Span, month_before
from bredele.stats.breakdown import Filter
from bredele.stats.catalogue import SINGLE, Dimension, Metric

PeriodName = Literal["today", "7d", "30d", "month", "12m", "custom"]
Comparison = Literal["", "before", "year"]
Known = TypeVar("Known", bound=str)
PERIODS: dict[PeriodName, object] = {
    "today": gettext_lazy("Today"),
    "7d": gettext_lazy("7 days"),
    "30d": gettext_lazy("30 days"),
    "month": gettext_lazy("Month"),
    "12m": gettext_lazy("12 months"),
    "custom": gettext_lazy("Other days"),
}
COMPARISONS: dict[Comparison, object] = {
    "": gettext_lazy("nothing"),
    "before": gettext_lazy("the period before"),
    "year": gettext_lazy("a year before"),
}
MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])", re.ASCII)
FIRST, AT_MOST = date(2020, 1, 1), 800
"""Nothing is older; 25 months are kept."""
LONGEST_VALUE = 300
DRAWABLE: tuple[Metric, ...] = ("views", "visits", "visitors_day", "visitors_week", "visitors_month")


class BadPeriod(BredeleError):
    """An address that asks for what no dashboard shows."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One dashboard. `day` is today where the installation is; `metric` is what the chart draws."""

    today: date
    period: PeriodName = "30d"
    span: Span
    compare: Comparison = ""
    only: Filter | None = None
    metric: Metric = "views"
    panel: PanelName | None = None

    @property
    def against(self) -> Span | None:
        """The days compared with."""
        if self.compare == "before":
            return self.span.before()
        return self.span.year_before() if self.compare == "year" else None

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form for other days sends along."""
        return parse_qsl(self.address(period=None, month=None, **{"from": None, "to": None})[1:])

    def address(self, **changed: object) -> str:
        """The query of the same dashboard with something changed; None leaves a part out."""
        parts: dict[str, object] = {
            "period": None if self.period in ("30d", "custom") else self.period,
            "month": f"{self.span.start:%Y-%m}" if self.period == "month" else None,
            "from": self.span.start if self.period == "custom" else None,
            "to": self.span.end if self.period == "custom" else None,
            "compare": self.compare or None,
            "only": f"{self.only.dimension}:{self.only.value}" if self.only else None,
            "metric": None if self.metric == "views" else self.metric,
            "panel": self.panel,
        }
        given = {name.rstrip("_"): value for name, value in (parts | changed).items() if value is not None}
        return f"?{urlencode(given)}" if given else "?"


def read_asked(query: QueryDict, today: date) -> Asked:
    """What a query asks for; raises BadPeriod with the place and the cure."""
    span, period = read_span(query, today)
    return Asked(
        today=today,
        period=period,
        span=span,
        compare=one_of(query.get("compare", ""), tuple(COMPARISONS), "compare"),
        only=read_filter(query.getlist("only")),
        metric=one_of(query.get("metric", "views"), DRAWABLE, "metric"),
        panel=one_of(query.get("panel", ""), tuple(PANELS), "panel") if query.get("panel") else None,
    )


def read_span(query: QueryDict, today: date) -> tuple[Span, PeriodName]:
    """The days asked for; the ends alone are a period of their own."""
    named = query.get("period") or ("custom" if query.get("from") or query.get("to") else "30d")
    period: PeriodName = one_of(named, tuple(PERIODS), "period")
    if period == "custom":
        return custom(query, today), period
    if period == "month":
        return month_of(query.get("month") or f"{today:%Y-%m}"), period
    if period == "12m":
        return Span(month_before(today, 11), end_of(today)), period
    back = {"today": 0, "7d": 6, "30d": 29}[period]
    return Span(today - timedelta(days=back), today), period


def custom(query: QueryDict, today: date) -> Span:
    """From one day to another, both included."""
    end = day(query.get("to") or today.isoformat(), "to")
    start = day(query.get("from") or end.isoformat(), "from")
    if start > end:
        raise BadPeriod(
            gettext("The last day is before the first."), where="from", cure=gettext("Put the earlier day first.")
        )
    if (end - start).days >= AT_MOST or start < FIRST or end > today + timedelta(days=AT_MOST):
        raise BadPeriod(
            gettext("There are no figures for so many days, or for days so far away."),
            where="from",
            cure=gettext("Figures are kept for 25 months: choose days within them."),
        )
    return Span(start, end)


def month_of(text: str) -> Span:
    """A calendar month `2026-10`."""
    if not MONTH.fullmatch(text):
        raise BadPeriod(
            gettext("That is no month."), where="month", cure=gettext("Write a year and a month, as in 2026-10.")
        )
    first = date.fromisoformat(f"{text}-01")
    return Span(first, end_of(first))


def end_of(when: date) -> date:
    """The last day of its month."""
    return when.replace(day=monthrange(when.year, when.month)[1])


def day(text: str, where: str) -> date:
    """A day as a form sends it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadPeriod(
            gettext("That is no day."), where=where, cure=gettext("Write it as year, month and day: 2026-11-24.")
        ) from None


def read_filter(given: list[str]) -> Filter | None:
    """`country:FR`; at most one, because sums of two things together are never stored."""
    if len(given) > 1:
        raise BadPeriod(
            gettext("There are two filters."),
            where="only",
            cure=gettext("Keep one: what has two things in common is never counted, so that nobody stands out."),
        )
    if not given or not given[0]:
        return None
    name, _, value = given[0].partition(":")
    dimension: Dimension = one_of(name, SINGLE, "only")
    if not value or len(value) > LONGEST_VALUE or not value.isprintable():
        raise BadPeriod(gettext("The filter names nothing."), where="only", cure=gettext("Write it as in country:FR."))
    return Filter(dimension, value)


def one_of(text: str, known: tuple[Known, ...], where: str) -> Known:
    """The text, if it is one of those known."""
    for name in known:
        if name == text:
            return name
    raise BadPeriod(
        gettext("“%(text)s” is unknown here.") % {"text": text[:60]},
        where=where,
        cure=gettext("Known: %(known)s.") % {"known": ", ".join(name for name in known if name)},
    )
