"""A dashboard as its page shows it: key figures that say what they count, a chart, tables, and what must be said."""

from datetime import datetime, timedelta

import msgspec
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi, gettext

from bredele.stats.board import PANELS, Board, PanelName, Span, board
from bredele.stats.catalogue import Metric
from bredele.stats.rounding import known
from bredele.stats.store import Store
from bredele.stats.timeline import closed_months, this_hour
from bredele.web.statistics import choices
from bredele.web.statistics.asked import Asked
from bredele.web.statistics.choices import Choice
from bredele.web.statistics.drawing import Drawn, Numbered, blank_period, columns, drawn_points, flagged, title_of
from bredele.web.statistics.happened import Happened
from bredele.web.statistics.keys import NAMES, Key, keys
from bredele.web.statistics.panels import Panel, missing, panels
from bredele.web.statistics.plot import Plot, plot
from bredele.web.statistics.words import named, told

SHORT, ALL = 8, 1000
"""Rows of a panel beside others, and of one alone."""
WITHHELD = 0.2
"""From this part of the views on it is said that days withhold them."""


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """Of so many `views` so many (`small`) are on pages too small for their day; `month` tells (or will tell) them.

    `address` leads there, and is empty while the month is not over.
    """

    views: str
    small: str
    month: str
    address: str


class Dashboard(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the template shows. `empty`: nothing of the period is released. `hour`: views of the current hour."""

    title: str
    asked: Asked
    periods: tuple[Choice, ...]
    comparisons: tuple[Choice, ...]
    metrics: tuple[Choice, ...]
    chip: str
    cleared: str
    whole: str
    keys: tuple[Key, ...]
    plot: Plot
    metric: str
    drawn: tuple[Drawn, ...]
    highest: Drawn | None
    compared: str
    unfinished: bool
    happened: Numbered
    panels: tuple[Panel, ...]
    missing: tuple[str, ...]
    withheld: Withheld | None
    earlier: Choice | None
    later: Choice | None
    hour: str
    aside: tuple[str, ...]
    empty: bool
    visitors: bool


def dashboard(
    store: Store,
    site: str,
    asked: Asked,
    now: datetime,
    events: tuple[Happened, ...] = (),
    *,
    visitors: bool = False,
    live: bool = True,
    names: tuple[PanelName, ...] | None = None,
) -> Dashboard:
    """The dashboard of a site; `now` in the installation's time zone. `visitors`: the site counts them. `names`: the
    panels wanted, where they are not those of the address."""
    shown = ask(store, site, asked, names)
    metric = metric_of(asked, shown, visitors=visitors)
    drawn = drawn_points(shown, asked, metric, now)
    numbered: Numbered = tuple(enumerate(events, 1))
    flags = flagged(asked.span, shown.points, numbered)
    return Dashboard(
        title=title_of(asked.span),
        asked=asked,
        periods=choices.periods(asked),
        comparisons=choices.comparisons(asked),
        metrics=choices.metrics(asked, metric, visitors=visitors),
        chip=named(asked.only.dimension, asked.only.value) if asked.only else "",
        cleared=asked.address(only=None),
        whole=asked.address(panel=None),
        keys=keys(shown, visitors=visitors),
        plot=plot(columns(drawn, shown.points), flags, rtl=get_language_bidi()),
        metric=str(NAMES[metric]),
        drawn=drawn,
        highest=max(drawn, key=lambda one: known(one.figure), default=None),
        compared=title_of(asked.against) if asked.against else "",
        unfinished=asked.span.end >= asked.today,
        happened=numbered,
        panels=panels(shown, asked, visitors=visitors),
        missing=missing(asked),
        withheld=withheld(store, site, shown, asked),
        earlier=choices.month_beside(asked, later=False),
        later=choices.month_beside(asked, later=True),
        hour=told(this_hour(store, site, now)) if live and asked.only is None else "",
        aside=aside(shown),
        empty=is_empty(shown),
        visitors=visitors,
    )


def ask(store: Store, site: str, asked: Asked, wanted: tuple[PanelName, ...] | None = None) -> Board:
    """The figures, in one call."""
    names: tuple[PanelName, ...] = (asked.panel,) if asked.panel else tuple(PANELS)
    limit = ALL if asked.panel else SHORT
    return board(
        store,
        site,
        asked.span,
        only=asked.only,
        against=asked.against,
        names=names if wanted is None else wanted,
        limit=limit,
    )


def metric_of(asked: Asked, shown: Board, *, visitors: bool) -> Metric:
    """What the chart draws: what was asked for, if the site counts it; the value's own count under a filter."""
    if asked.only is not None:
        return next((name for point in shown.points for name in point.figures), "views")
    return asked.metric if visitors or not asked.metric.startswith("visitors") else "views"


def is_empty(shown: Board) -> bool:
    """Whether there is not one figure of ten or more."""
    figures = [figure for point in shown.points for figure in point.figures.values()]
    figures += [*shown.figures.values(), *(shown.totals.figures.values() if shown.totals else ())]
    return not any(known(figure) for figure in figures) and not any(table.rows for table in shown.panels.values())


def aside(shown: Board) -> tuple[str, ...]:
    """What is in no other figure, or not as it came: robots, masked addresses, lists that were full."""
    figures = shown.totals.figures if shown.totals else {}
    said: tuple[tuple[Metric, str], ...] = (
        ("bots", gettext("Robots opened %(many)s pages; they are in no other figure.")),
        ("masked", gettext("In the addresses of %(many)s views an e-mail address, a token or an id was masked.")),
        ("capped", gettext("%(many)s values came when their day’s list was full: they are in “everything else”.")),
    )
    return tuple(words % {"many": told(figures[name])} for name, words in said if known(figures.get(name, 0)))


def withheld(store: Store, site: str, shown: Board, asked: Asked) -> Withheld | None:
    """How much days withhold of the pages, and the month that tells it; None where it is little."""
    table = shown.panels.get("pages")
    if shown.totals is None or table is None or asked.panel:
        return None
    views = known(shown.totals.figures["views"])
    small = sum(known(row.figures["views"]) for row in table.rows if row.value is None)
    if small <= views * WITHHELD:
        return None
    last = asked.today.replace(day=1) - timedelta(days=1)
    month = Span(last.replace(day=1), last)
    over = bool(closed_months(store, site, *month))
    if over and asked.span == month:
        return None
    telling = month.start if over else asked.today.replace(day=1)
    address = asked.address(**blank_period(period="month", month=f"{telling:%Y-%m}")) if over else ""
    return Withheld(views=told(views), small=told(small), month=date_format(telling, "F Y"), address=address)
