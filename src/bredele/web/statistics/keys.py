"""The key figures of a dashboard: each says in words what it counts, and what it was before."""

import msgspec
from django.utils.translation import gettext, gettext_lazy

from bredele.stats.board import Against, Board
from bredele.stats.catalogue import Column, Metric
from bredele.stats.rounding import Figure, known
from bredele.stats.timeline import Totals
from bredele.web.statistics.panels import HEADS, duration, share
from bredele.web.statistics.words import told

NAMES: dict[Metric, object] = {
    "views": gettext_lazy("Views"),
    "visits": gettext_lazy("Visits"),
    "visitors_day": gettext_lazy("Visitors a day"),
    "visitors_week": gettext_lazy("Visitors a week"),
    "visitors_month": gettext_lazy("Visitors a month"),
    "outbound": gettext_lazy("Links to elsewhere"),
    "download": gettext_lazy("Downloads"),
    "error": gettext_lazy("Errors"),
}
DRAWABLE: tuple[Metric, ...] = ("views", "visits", "visitors_day", "visitors_week", "visitors_month")
COUNTS: dict[str, object] = {
    "views": gettext_lazy("Pages that were opened."),
    "visits": gettext_lazy("Views that came from elsewhere: a link, a search, a typed address."),
    "visitors_day": gettext_lazy("Devices, each counted once on each day it came."),
    "visitors_week": gettext_lazy("Devices, each counted once in each week it came."),
    "visitors_month": gettext_lazy("Devices, each counted once in each month it came."),
    "visitors": gettext_lazy("Devices, each counted once on each day it came."),
    "bounced": gettext_lazy("Of the visits: those that saw one page and left."),
    "seconds": gettext_lazy("A page in front of a reader, on average."),
    "load": gettext_lazy("Until a page is loaded, on average."),
    "exits": gettext_lazy("Times a page was left for elsewhere."),
    "events": gettext_lazy("Times it happened."),
}


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """One key figure. `before` is what it was, empty where nothing is compared; `change` in hundredths, with a sign."""

    label: str
    figure: str
    counts: str
    before: str = ""
    change: str = ""
    trend: int = 0


def keys(shown: Board, *, visitors: bool) -> tuple[Key, ...]:
    """The key figures of the whole site, or of the value filtered by."""
    if shown.totals is None:
        return tuple(of_value(shown, visitors=visitors))
    return (*of_site(shown, visitors=visitors), *averages(shown.totals, shown.against))


def of_site(shown: Board, *, visitors: bool) -> list[Key]:
    """Counts of the whole site."""
    totals, before = shown.totals, shown.against.totals if shown.against else None
    return [
        counted(str(NAMES[name]), str(COUNTS[name]), totals.figures[name], before.figures[name] if before else None)
        for name in DRAWABLE
        if totals is not None and (visitors or not name.startswith("visitors"))
    ]


def of_value(shown: Board, *, visitors: bool) -> list[Key]:
    """Counts of one value."""
    before: dict[Column, Figure] = shown.against.figures if shown.against else {}
    figures = shown.figures
    found = [
        counted(str(HEADS[column]), str(COUNTS[column]), figure, before.get(column))
        for column, figure in figures.items()
        if column in HEADS and (visitors or column != "visitors")
    ]
    if "bounces" in figures:
        part = share(figures, "bounces", "visits", shown.parts)
        found.append(Key(label=gettext("Bounced"), figure=part, counts=gettext("Of the visits that began here.")))
    return found


def averages(totals: Totals, against: Against | None) -> list[Key]:
    """What is no count: it comes from many at once, or not at all."""
    before = against.totals if against else None
    rows = (
        (gettext("Bounced"), "bounced", in_hundredths(totals), in_hundredths(before)),
        (gettext("Engaged time"), "seconds", engaged(totals), engaged(before)),
        (gettext("Load time"), "load", loading(totals), loading(before)),
    )
    return [
        Key(label=label, figure=now, counts=str(COUNTS[name]), before=then if against else "")
        for label, name, now, then in rows
    ]


def in_hundredths(totals: Totals | None) -> str:
    """The share of visits that bounced."""
    return f"{totals.bounced} %" if totals and totals.bounced is not None else "–"


def engaged(totals: Totals | None) -> str:
    """Engaged time a page."""
    return duration(totals.seconds) if totals and totals.seconds is not None else "–"


def loading(totals: Totals | None) -> str:
    """Load time in seconds."""
    return f"{totals.load / 1000:.2f} s" if totals and totals.load is not None else "–"


def counted(label: str, counts: str, now: Figure, before: Figure | None) -> Key:
    """A count and how it changed."""
    if before is None:
        return Key(label=label, figure=told(now), counts=counts)
    if not (known(now) and known(before)):
        return Key(label=label, figure=told(now), counts=counts, before=told(before))
    by = round((known(now) - known(before)) * 100 / known(before))
    change = f"{by:+d} %".replace("-", "−") if by else "± 0 %"
    return Key(
        label=label, figure=told(now), counts=counts, before=told(before), change=change, trend=(by > 0) - (by < 0)
    )
