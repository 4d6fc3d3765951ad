"""Scans that were asked for: by a person or by the calendar; one at a time a site; what was interrupted goes on."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from bredele.core.lifetime import add_months
from bredele.web.scans.models import Proof, Run, Schedule
from bredele.web.scans.proofs import directory

SILENCE = timedelta(minutes=2)
"""Without a heartbeat for so long a run counts as interrupted."""
ATTEMPTS = 3
LINES = 200
KEPT = 50
"""Ended runs of a site that are kept as history; proofs are kept for ever."""


def ask(site: str, by: str, moment: datetime) -> Run:
    """Ask for a scan; the one already on its way if there is one."""
    try:
        with transaction.atomic():
            return Run.objects.create(site=site, by=by, asked=moment)
    except IntegrityError:
        return Run.objects.filter(site=site, state__in=Run.OPEN).first() or ask(site, by, moment)


def schedule_of(site: str) -> Schedule:
    """The site's schedule; one that scans only when asked if none was kept."""
    return Schedule.objects.filter(site=site).first() or Schedule(site=site)


def next_due(every: str, moment: datetime) -> datetime | None:
    """When the calendar asks again."""
    if every == "monthly":
        return add_months(moment, 1)
    days = {"daily": 1, "weekly": 7}.get(every)
    return moment + timedelta(days=days) if days else None


def ask_due(moment: datetime) -> int:
    """Ask for every scan the calendar has due; a server that was off asks once, not once for each missed day."""
    count = 0
    for schedule in Schedule.objects.filter(due__lte=moment):
        ask(schedule.site, "", moment)
        following = schedule.due
        while following is not None and following <= moment:
            following = next_due(schedule.every, following)
        schedule.due = following
        schedule.save(update_fields=["due"])
        count += 1
    return count


def unattended(moment: datetime) -> "QuerySet[Run]":
    """Runs nobody works on: waiting ones, and those that went silent."""
    silent = Q(state__in=(Run.RUNNING, Run.STOPPING), heartbeat__lt=moment - SILENCE)
    return Run.objects.filter(Q(state=Run.WAITING) | silent).order_by("asked", "pk")


def claim(moment: datetime) -> Run | None:
    """The next run to carry out, now ours; one that was interrupted too often has failed."""
    for run in unattended(moment):
        if run.attempts >= ATTEMPTS or run.state == Run.STOPPING:
            words = "Stopped." if run.state == Run.STOPPING else f"It was interrupted {ATTEMPTS} times."
            end(run, moment, message=words)
            continue
        taken = Run.objects.filter(pk=run.pk, state=run.state, attempts=run.attempts).update(
            state=Run.RUNNING, attempts=run.attempts + 1, heartbeat=moment, begun=run.begun or moment
        )
        if taken:
            run.refresh_from_db()
            return run
    return None


def beat(run: Run, lines: list[str], moment: datetime) -> bool:
    """Say that the run is alive and what it did; False once somebody wants it stopped."""
    run.lines = [*run.lines, *lines][-LINES:]
    Run.objects.filter(pk=run.pk).update(heartbeat=moment, lines=run.lines)
    return Run.objects.filter(pk=run.pk, state=Run.RUNNING).exists()


def end(run: Run, moment: datetime, *, proof: Proof | None = None, message: str = "") -> None:
    """The run is over: with a proof, or with the reason why there is none."""
    run.state = Run.DONE if proof else Run.FAILED
    run.finished, run.proof, run.message = moment, proof, message[:500]
    run.save(update_fields=["state", "finished", "proof", "message"])
    if proof or run.attempts >= ATTEMPTS:
        resume_path(run).unlink(missing_ok=True)
    old = Run.objects.filter(site=run.site).exclude(state__in=Run.OPEN).values_list("pk", flat=True)[KEPT:]
    Run.objects.filter(pk__in=list(old)).delete()


def stop(site: str, moment: datetime) -> None:
    """End what is waiting, and ask what is running to end with what it has."""
    for run in Run.objects.filter(site=site, state=Run.WAITING):
        end(run, moment, message="Stopped before it began.")
    Run.objects.filter(site=site, state=Run.RUNNING).update(state=Run.STOPPING)


def resume_path(run: Run) -> Path:
    """Where a run keeps what it has found until it is done."""
    return directory(run.site).with_name("scans") / f"{run.pk}.part"


def work_waits(moment: datetime) -> bool:
    """Whether there is anything to do (two small queries)."""
    return Schedule.objects.filter(due__lte=moment).exists() or unattended(moment).exists()


def allowed_private(site: str) -> bool:
    """Whether the operator said that the site lives on a private network."""
    return site in settings.BREDELE.private_sites
