"""What goes out: the weekly mail, alerts when something begins and when it is over, a test of both."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from bredele.formats.published import PublishedSite
from bredele.stats.event import HOUR_FORM
from bredele.stats.store import Store
from bredele.stats.watching import WEEKS, Reading, readings
from bredele.web.alerts import queue
from bredele.web.registry.index import site_index
from bredele.web.reports import weekly
from bredele.web.reports.models import Incident, Watch
from bredele.web.reports.stopping import link
from bredele.web.reports.words import WORDS


def counted(slug: str) -> PublishedSite | None:
    """The site, where it counts anything."""
    site = site_index().by_slug(slug)
    counts = site and site.version and site.version.registry.statistics != "off"
    return site if counts else None


def settings_page(slug: str) -> str:
    """Where receivers are kept."""
    return settings.BREDELE.origin.rstrip("/") + reverse("backoffice-reports", args=(slug,))


def weeks_due(now: datetime) -> list[Watch]:
    """Whose mail of the last week was not sent."""
    label = weekly.label_of(weekly.monday_due(now))
    return [watch for watch in Watch.objects.exclude(weekly=[]) if watch.sent != label]


def send_week(store: Store, watch: Watch, now: datetime) -> int:
    """Queue the weekly mail, once for each week; how many were queued. A server that was off sends the last week."""
    monday, site = weekly.monday_due(now), counted(watch.site)
    with transaction.atomic():
        for address in watch.weekly if site else ():
            put_week(store, site, watch, address, now)
        watch.sent = weekly.label_of(monday)
        watch.save(update_fields=["sent"])
    return len(watch.weekly) if site else 0


def put_week(
    store: Store, site: PublishedSite | None, watch: Watch, address: str, now: datetime, *, test: bool = False
) -> None:
    """Queue one receiver's mail; a test has no link to stop what was never asked for."""
    if site is None:
        return
    week = weekly.week_of(store, site, weekly.monday_due(now), watch.language)
    more, stop = settings_page(watch.site), "" if test else link(watch.site, "weekly", address)
    text, html = (write(week, watch.language, more, stop) for write in (weekly.as_text, weekly.as_html))
    subject = WORDS[watch.language]["test"].format(subject=week.title) if test else week.title
    queue.put(watch.site, now, subject, text, mail=[address], html=html, stop=stop)


def last_hour(now: datetime) -> datetime:
    """The last hour that is over, in the installation's time zone."""
    here = now.astimezone(ZoneInfo(settings.BREDELE.time_zone))
    return here.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)


def hours_due(now: datetime) -> list[Watch]:
    """Whose last hour was not judged."""
    hour = last_hour(now).strftime(HOUR_FORM)
    return [watch for watch in Watch.objects.exclude(looked=hour) if watch.alerts or watch.webhook]


def look(store: Store, watch: Watch, now: datetime) -> int:
    """Judge the last hour of a site; how many incidents began or ended."""
    hour, site = last_hour(now), counted(watch.site)
    changed = 0
    with transaction.atomic():
        if site is not None:
            first = (hour - timedelta(weeks=WEEKS, days=1)).date()
            hourly = store.hourly(site.slug, first, hour.date())
            changed = sum(follow(watch, site, reading, hour, now) for reading in readings(hourly, hour))
        watch.looked = hour.strftime(HOUR_FORM)
        watch.save(update_fields=["looked"])
    return changed


def follow(watch: Watch, site: PublishedSite, reading: Reading, hour: datetime, now: datetime) -> bool:
    """Open an incident, end the open one, or leave things as they are. It is told once at each end."""
    incident = Incident.objects.filter(site=watch.site, kind=reading.kind, over=None).first()
    if incident is None and reading.holds:
        Incident.objects.create(
            site=watch.site,
            kind=reading.kind,
            began=now,
            seen=str(reading.seen),
            usual=str(reading.usual),
            hours=reading.hours,
        )
        tell(watch, site, reading, hour, now, over=False)
        return True
    if incident is not None and reading.over:
        incident.over = now
        incident.save(update_fields=["over"])
        tell(watch, site, reading, hour, now, over=True)
        return True
    return False


def tell(watch: Watch, site: PublishedSite, reading: Reading, hour: datetime, now: datetime, *, over: bool) -> None:
    """Queue an alert for people and for the webhook."""
    words, kind = WORDS[watch.language], reading.kind
    subject = words[f"{kind}-over" if over else kind].format(name=weekly.name_of(site, watch.language))
    told = words["told"].format(seen=reading.seen, hours=reading.hours, hour=(hour.hour + 1) % 24, usual=reading.usual)
    more = settings_page(watch.site)
    for address in watch.alerts:
        stop = link(watch.site, "alerts", address)
        parts = [subject, "", told, *([] if over else [words[f"{kind}-cure"]]), "", words["more"].format(link=more)]
        text = "\n".join([*parts, words["stop"].format(link=stop), ""])
        queue.put(watch.site, now, subject, text, mail=[address], stop=stop)
    body = {
        "event": f"statistics-{kind}" + ("-over" if over else ""),
        "site": watch.site,
        "hour": hour.strftime(HOUR_FORM),
        "hours": reading.hours,
        "views": reading.seen,
        "usual": reading.usual,
        "link": more,
    }
    queue.put(watch.site, now, subject, "", webhook=watch.webhook, body=msgspec.json.encode(body).decode())


def test(store: Store, watch: Watch, address: str, now: datetime) -> None:
    """Queue the mail of the last week to one address, and a test event to the webhook if there is one."""
    put_week(store, counted(watch.site), watch, address, now, test=True)
    body = {"event": "statistics-test", "site": watch.site, "link": settings_page(watch.site)}
    queue.put(watch.site, now, "Test", "", webhook=watch.webhook, body=msgspec.json.encode(body).decode())
