"""The scans of a site: on their way, on the calendar, and who is told."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bredele.web.alerts import mailing
from bredele.web.alerts.models import Delivery
from bredele.web.alerts.secrets import renew, secret_for
from bredele.web.backoffice.forms.schedule import ScheduleForm
from bredele.web.backoffice.office import author, done, office, page
from bredele.web.registry.desk import Desk
from bredele.web.scans import runs
from bredele.web.scans.models import Run, Schedule

SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@office
def scans(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page; a POST keeps the calendar and the receivers."""
    schedule, private = runs.schedule_of(desk.slug), runs.allowed_private(desk.slug)
    if request.method != "POST":
        form = ScheduleForm(schedule=schedule, private=private)
        return page(request, desk, "scans", "scans.html", context(desk, schedule, form))
    form = ScheduleForm(request.POST, schedule=schedule, private=private)
    if not form.is_valid():
        return page(request, desk, "scans", "scans.html", context(desk, schedule, form), status=422)
    keep(desk.slug, form)
    return done("scheduled", "scans", desk.slug)


def context(desk: Desk, schedule: Schedule, form: ScheduleForm) -> dict[str, Any]:
    """What the page shows."""
    known = Run.objects.filter(site=desk.slug).select_related("proof")
    return {
        "form": form,
        "schedule": schedule,
        "run": known.filter(state__in=Run.OPEN).first(),
        "runs": known.exclude(state__in=Run.OPEN)[:SHOWN],
        "deliveries": Delivery.objects.filter(site=desk.slug)[:SHOWN],
        "mail_ready": mailing.ready(settings.BREDELE),
        "secret": secret_for(desk.slug) if schedule.webhook else "",
    }


def keep(slug: str, form: ScheduleForm) -> None:
    """Keep what the form says; another rhythm begins now."""
    facts = form.facts()
    if facts["every"] != form.schedule.every or form.schedule.due is None:
        facts["due"] = runs.next_due(facts["every"], timezone.now())
    Schedule.objects.update_or_create(site=slug, defaults=facts)


@require_POST
@office
def scan_now(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask for a scan."""
    runs.ask(desk.slug, author(request), timezone.now())
    return done("asked", "scans", desk.slug)


@require_POST
@office
def stop(request: HttpRequest, desk: Desk) -> HttpResponse:
    """End the scan with what it has."""
    runs.stop(desk.slug, timezone.now())
    return done("stopped", "scans", desk.slug)


@require_POST
@office
def new_secret(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Another secret for the webhook."""
    renew(desk.slug)
    return done("renewed", "scans", desk.slug)


@require_safe
@office
def progress(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the scan on its way has said; `open` is false once there is none."""
    run = Run.objects.filter(site=desk.slug).first()
    found = {
        "open": bool(run and run.is_open),
        "state": run.state if run else "",
        "lines": run.lines if run else [],
    }
    return JsonResponse(found, headers={"Cache-Control": "no-store"})
