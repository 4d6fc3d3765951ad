"""Who gets a site's figures by mail, what was out of the ordinary, and a test of it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bredele.stats import watching
from bredele.web.alerts import mailing
from bredele.web.alerts.models import Delivery
from bredele.web.alerts.secrets import secret_for
from bredele.web.backoffice.forms.watch import TestForm, WatchForm
from bredele.web.backoffice.office import done, office, page
from bredele.web.registry.desk import Desk
from bredele.web.reports import sending, weekly
from bredele.web.reports.models import Incident, Watch
from bredele.web.scans.runs import allowed_private
from bredele.web.statistics.store import statistics_store

SHOWN = 20


def watch_of(slug: str) -> Watch:
    """The site's receivers; nobody if none were kept."""
    return Watch.objects.filter(site=slug).first() or Watch(site=slug)


@require_http_methods(["GET", "HEAD", "POST"])
@office
def reports(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page; a POST keeps the receivers."""
    watch, private = watch_of(desk.slug), allowed_private(desk.slug)
    if request.method != "POST":
        form = WatchForm(watch=watch, private=private)
        return page(request, desk, "reports", "reports.html", context(desk, watch, form))
    form = WatchForm(request.POST, watch=watch, private=private)
    if not form.is_valid():
        return page(request, desk, "reports", "reports.html", context(desk, watch, form), status=422)
    keep(watch, form)
    return done("scheduled", "reports", desk.slug)


def keep(watch: Watch, form: WatchForm) -> None:
    """Keep the receivers; whoever is new gets the mail of this week first, not of one that is long over."""
    for name, value in form.facts().items():
        setattr(watch, name, value)
    if not watch.sent:
        watch.sent = weekly.label_of(weekly.monday_due(timezone.now()))
    watch.save()


def context(desk: Desk, watch: Watch, form: WatchForm, test: TestForm | None = None) -> dict[str, Any]:
    """What the page shows."""
    return {
        "form": form,
        "test": test or TestForm(to=next(iter(watch.weekly), "")),
        "counts": sending.counted(desk.slug) is not None,
        "watch": watch,
        "incidents": Incident.objects.filter(site=desk.slug)[:SHOWN],
        "deliveries": Delivery.objects.filter(site=desk.slug)[:SHOWN],
        "mail_ready": mailing.ready(settings.BREDELE),
        "secret": secret_for(desk.slug) if watch.webhook else "",
        "rules": watching,
    }


@require_POST
@office
def test(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Send the mail of last week to one address now, and a test event to the webhook."""
    watch, form = watch_of(desk.slug), TestForm(request.POST)
    if not form.is_valid():
        kept = WatchForm(watch=watch, private=allowed_private(desk.slug))
        return page(request, desk, "reports", "reports.html", context(desk, watch, kept, form), status=422)
    sending.test(statistics_store(), watch, form.cleaned_data["to"], timezone.now())
    return done("tested", "reports", desk.slug)
