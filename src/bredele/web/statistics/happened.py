"""What happened on the days of a dashboard: versions of the policy by themselves, the rest as somebody noted it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec
from django.utils.translation import gettext

from bredele.core.errors import BredeleError
from bredele.stats.board import Span
from bredele.web.registry.models import PublishedVersion
from bredele.web.statistics.asked import AT_MOST, FIRST
from bredele.web.statistics.models import Annotation

LONGEST = 200
AT_ONCE = 30
"""As many are told beside one chart, the newest ones."""


class InvalidAnnotation(BredeleError):
    """A note that cannot be kept."""


class NoSuchAnnotation(BredeleError):
    """A note that is not there (any more)."""


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on one day. `id` is null for a version of the policy, which nobody noted."""

    day: date
    text: str
    by: str = ""
    id: int | None = None
    version: int | None = None


def happened(site: str, span: Span, zone: ZoneInfo, *, noted: bool = True) -> tuple[Happened, ...]:
    """Everything of these days, the oldest first. `noted` false: versions only, as on a public page."""
    start = datetime.combine(span.start, datetime.min.time(), zone)
    versions = PublishedVersion.objects.filter(site__slug=site, published__gte=start)
    found = [
        Happened(
            day=when.astimezone(zone).date(),
            text=gettext("Version %(number)s of the cookies policy") % {"number": number},
            version=number,
        )
        for number, when in versions.values_list("number", "published")
    ]
    if noted:
        rows = Annotation.objects.filter(site=site, day__range=(span.start, span.end))
        found += [Happened(day=row.day, text=row.text, by=row.by, id=row.pk) for row in rows]
    within = sorted((one for one in found if one.day <= span.end), key=lambda one: (one.day, one.id or 0))
    return tuple(within[-AT_ONCE:])


def note(site: str, day: date, text: str, by: str, moment: datetime) -> Annotation:
    """Keep a note; raises InvalidAnnotation."""
    words = " ".join(text.split())
    if not words:
        raise InvalidAnnotation("Say what happened.", where="text", cure='A few words, as in "New home page".')
    if len(words) > LONGEST:
        raise InvalidAnnotation(
            f"The text has {len(words)} characters.", where="text", cure=f"Use {LONGEST} at most: it stands in a list."
        )
    if day < FIRST or (day - moment.date()).days > AT_MOST:
        raise InvalidAnnotation(
            "No figures lie near this day.", where="day", cure="Choose a day of the last 25 months, or one to come."
        )
    return Annotation.objects.create(site=site, day=day, text=words, by=by, made=moment)


def forget(site: str, number: int) -> None:
    """Delete a note; raises NoSuchAnnotation."""
    if not Annotation.objects.filter(site=site, pk=number).delete()[0]:
        raise NoSuchAnnotation("There is no such note.", where=str(number), cure="It may be deleted already.")
