"""From a dashboard's points to its chart and the table beside it."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from django.utils.formats import date_format
from django.utils.translation import gettext

from bredele.stats.board import Board, Span
from bredele.stats.catalogue import Metric
from bredele.stats.event import HOUR_FORM
from bredele.stats.rounding import Figure
from bredele.stats.timeline import Point
from bredele.web.statistics.asked import Asked, end_of
from bredele.web.statistics.happened import Happened
from bredele.web.statistics.plot import Column
from bredele.web.statistics.words import told

Numbered = tuple[tuple[int, Happened], ...]
MONTH_FORM = len("2026-11")


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table beside the chart; `address` leads to that day or month alone."""

    period: str
    label: str
    address: str
    figure: Figure
    before: Figure | None

    @property
    def words(self) -> tuple[str, str]:
        """Both as they are shown."""
        return told(self.figure), "" if self.before is None else told(self.before)


def drawn_points(shown: Board, asked: Asked, metric: Metric, now: datetime) -> tuple[Drawn, ...]:
    """What has begun of the range; figures compared with stand at the same place of their own range."""
    before = shown.against.points if shown.against else ()
    return tuple(
        Drawn(
            period=point.period,
            label=label_of(point.period, short=False),
            address=address_of(asked, point.period),
            figure=point.figures[metric],
            before=before[place].figures[metric] if place < len(before) else None,
        )
        for place, point in enumerate(shown.points)
        if begun(point.period, now)
    )


def begun(period: str, now: datetime) -> bool:
    """Whether an hour, a day or a month has begun."""
    return period <= now.strftime(HOUR_FORM)[: len(period)]


def columns(drawn: Sequence[Drawn], points: Sequence[Point]) -> list[Column]:
    """The same as the chart takes them, with room for what is to come."""
    compared = gettext("before")
    seen = [
        Column(
            label=label_of(one.period, short=True),
            title=f"{one.label}: {one.words[0]}" + (f" ({compared}: {one.words[1]})" if one.words[1] else ""),
            figure=one.figure,
            before=one.before,
        )
        for one in drawn
    ]
    return seen + [Column(label_of(point.period, short=True), "", None) for point in points[len(seen) :]]


def flagged(span: Span, points: Sequence[Point], events: Numbered) -> list[tuple[int, int, str]]:
    """Places of what happened: one flag a place, the first to happen there."""
    if span.grain == "hour":
        return []
    places = {point.period: place for place, point in enumerate(points)}
    found: dict[int, tuple[int, int, str]] = {}
    for number, one in events:
        day = one.day.isoformat()
        place = places.get(day[:MONTH_FORM] if span.grain == "month" else day)
        if place is not None:
            found.setdefault(place, (place, number, one.text))
    return list(found.values())


def label_of(period: str, *, short: bool) -> str:
    """An hour, day or month in words."""
    if "T" in period:
        return f"{period[-2:]}:00"
    if len(period) == MONTH_FORM:
        return date_format(date.fromisoformat(f"{period}-01"), "M" if short else "F Y")
    return date_format(date.fromisoformat(period), "j M" if short else "j F Y")


def address_of(asked: Asked, period: str) -> str:
    """The day or month alone; an hour is not divided further."""
    if "T" in period:
        return ""
    if len(period) == MONTH_FORM:
        return asked.address(**blank_period(period="month", month=period))
    return asked.address(**blank_period(from_=period, to=period))


def blank_period(**chosen: object) -> dict[str, object]:
    """Another period instead of the one in force."""
    return {"period": None, "month": None, "from": None, "to": None, **chosen}


def title_of(span: Span) -> str:
    """The days in words."""
    if span.start == span.end:
        return date_format(span.start, "l, j F Y")
    if is_month(span):
        return date_format(span.start, "F Y")
    return gettext("%(start)s to %(end)s") % {
        "start": date_format(span.start, "j F Y"),
        "end": date_format(span.end, "j F Y"),
    }


def is_month(span: Span) -> bool:
    """Whether it is one calendar month."""
    return span.start.day == 1 and span.end == end_of(span.start)
