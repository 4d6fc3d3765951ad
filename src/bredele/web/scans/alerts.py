"""Who is told of a scan, and what: news only. A finding that was there last time is none; being conform again is."""

from datetime import datetime

import msgspec
from django.conf import settings
from django.urls import reverse

from bredele.core.observation import Finding
from bredele.web.alerts import queue
from bredele.web.scans.drift import Drift, since
from bredele.web.scans.models import Proof, Run, Schedule

SHOWN = 20
"""Findings in one message."""


def tell(proof: Proof, before: Proof | None, moment: datetime) -> None:
    """Queue messages about a recorded scan, if it has news."""
    drift = since(proof, before)
    first = drift is None and proof.errors + proof.warnings > 0
    again = before is not None and not before.conform and proof.conform
    if not (first or again or (drift and drift.new)):
        return
    send(proof.site, moment, subject_of(proof, drift, again=again), text_of(proof, drift), body_of(proof, drift))


def tell_failure(run: Run, moment: datetime) -> None:
    """Queue messages about a scan that could not be made."""
    link = absolute("backoffice-scans", run.site)
    text = f"The scan of {run.site} could not be made.\n\n{run.message}\n\n{link}\n"
    body: dict[str, object] = {"event": "scan-failed", "site": run.site, "message": run.message, "link": link}
    send(run.site, moment, f"{run.site}: the scan could not be made", text, body)


def send(site: str, moment: datetime, subject: str, text: str, body: dict[str, object]) -> None:
    """Queue for everyone the site's schedule names."""
    schedule = Schedule.objects.filter(site=site).first()
    if schedule is not None:
        told = msgspec.json.encode(body).decode()
        queue.put(site, moment, subject, text, mail=schedule.mail, webhook=schedule.webhook, body=told)


def subject_of(proof: Proof, drift: Drift | None, *, again: bool) -> str:
    """The news in one line."""
    if again:
        return f"{proof.site}: conform again"
    count = len(drift.new) if drift else proof.errors + proof.warnings
    return f"{proof.site}: {count} new finding{'s' if count != 1 else ''}"


def text_of(proof: Proof, drift: Drift | None) -> str:
    """The message for people."""
    lines = [f"Scan of {proof.target} on {proof.when:%d %B %Y, %H:%M} UTC: {proof.get_verdict_display()}.", ""]
    if drift is None:
        lines.append(f"{proof.errors} errors, {proof.warnings} warnings. This is the first scan.")
    else:
        lines += listed("New since the last scan", drift.new) + listed("Gone since", drift.gone)
    return "\n".join([*lines, "", absolute("backoffice-proof", proof.site, proof.pk), ""])


def listed(heading: str, findings: tuple[Finding, ...]) -> list[str]:
    """A heading and a line a finding."""
    if not findings:
        return []
    rest = [f"- and {len(findings) - SHOWN} more"] if len(findings) > SHOWN else []
    return [f"{heading}:", *(f"- {found.severity}: {found.message or found.rule}" for found in findings[:SHOWN]), *rest]


def body_of(proof: Proof, drift: Drift | None) -> dict[str, object]:
    """The message for machines."""
    return {
        "event": "scan",
        "site": proof.site,
        "verdict": proof.verdict,
        "scanned": proof.when.isoformat(),
        "version": proof.version,
        "errors": proof.errors,
        "warnings": proof.warnings,
        "sha256": proof.sha256,
        "link": absolute("backoffice-proof", proof.site, proof.pk),
        "new": [fact(found) for found in drift.new] if drift else None,
        "gone": [fact(found) for found in drift.gone] if drift else None,
    }


def fact(found: Finding) -> dict[str, object]:
    """A finding for a machine."""
    host = found.evidence.get("host", "")
    return {
        "rule": found.rule,
        "severity": found.severity,
        "cookie": found.cookie,
        "host": host,
        "state": found.state,
        "message": found.message,
    }


def absolute(name: str, *args: object) -> str:
    """A back-office page at the configured origin, whatever a request said."""
    return settings.BREDELE.origin.rstrip("/") + reverse(name, args=args)
