"""`audience_day`, the one cookie of the mode `visitors`: its value is the date of the last counted visit (CONTRACTS 1).

It is the same for everybody that day, and is gone when the month and the week it was set in are over.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from bredele.collector.seen import First
from bredele.core.declaration import AUDIENCE_COOKIE
from bredele.core.set_cookie import SetCookie, serialise
from bredele.formats.published import PublishedSite
from bredele.stats.event import DAY, MONTH, WEEK

ALL = First(day=True, week=True, month=True)
NONE = First()


def first_view(cookies: Mapping[str, str], told: First | None, today: date) -> First:
    """Which firsts this view is. The cookie decides; without one, what the page says where it holds together.

    A forged flag can so add at most what leaving the cookie out would.
    """
    last = last_visit(cookies.get(AUDIENCE_COOKIE, ""), today)
    if last is not None:
        return First(
            day=last != today,
            week=last.isocalendar()[:2] != today.isocalendar()[:2],
            month=(last.year, last.month) != (today.year, today.month),
        )
    if told is None:
        return ALL
    return told if told.day or not (told.week or told.month) else NONE


def last_visit(value: str, today: date) -> date | None:
    """The date in the cookie; None where it is no date or lies ahead."""
    if len(value) != len("2026-11-24"):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day <= today else None


def tells_visitors(site: PublishedSite, own: str) -> bool:
    """Whether the site counts visitors; the platform's own (its origin is `own`) never does: its cookies stay four."""
    visitors = site.version is not None and site.version.registry.statistics == "visitors"
    return visitors and site.origin != own


def flags_of(first: First) -> int:
    """As flags of an event."""
    return (DAY if first.day else 0) | (WEEK if first.week else 0) | (MONTH if first.month else 0)


def audience_cookie(now: datetime, *, secure: bool) -> str:
    """The `Set-Cookie` value at a moment of the site's time zone."""
    return serialise(
        SetCookie(
            name=AUDIENCE_COOKIE,
            value=now.date().isoformat(),
            path="/",
            max_age=int((end_of(now) - now).total_seconds()),
            secure=secure,
            same_site="Lax",
        )
    )


def end_of(now: datetime) -> datetime:
    """The end of the later of the current month and ISO week, in the zone of `now`."""
    today = now.date()
    month = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    week = today + timedelta(days=8 - today.isoweekday())
    return datetime.combine(max(month, week), time(), now.tzinfo)
