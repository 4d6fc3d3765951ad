"""The report as a tagged PDF (PDF/UA-1), set by typst: no browser, no network, the same bytes for the same scan."""

import re
from importlib.resources import files
from typing import Any

import msgspec
import typst

from bredele import __version__
from bredele.core.observation import Finding
from bredele.scanner.reports import words
from bredele.scanner.reports.html_parts import SUGGESTED
from bredele.scanner.reports.rules import rule
from bredele.scanner.reports.subject import Subject

UNPRINTABLE = re.compile(r"[^\n\x20-\x7e\u00a0-\u017f\u0391-\u03ce\u0400-\u045f\u2013-\u2022\u2026\u2192]")
"""Signs the built-in fonts may lack: an accessible PDF may not hold one that no font shows (PDF/UA-1, 7.21)."""
TONES = {"error": "bad", "warning": "caution", "note": "plain"}


def as_pdf(subject: Subject) -> bytes:
    """The document."""
    template = (files("bredele.scanner.reports") / "report.typ").read_bytes()
    told = msgspec.json.encode(printable(content(subject))).decode()
    made: bytes = typst.compile(
        template,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"scan": told},
        timestamp=int(subject.scan.started.timestamp()),
    )
    return made


def printable(shown: Any) -> Any:
    """The same with signs that no built-in font has as `<U+1F36A>`."""
    if isinstance(shown, str):
        return UNPRINTABLE.sub(lambda found: f"<U+{ord(found[0]):04X}>", shown)
    if isinstance(shown, dict):
        return {key: printable(value) for key, value in shown.items()}
    return [printable(one) for one in shown]


def content(subject: Subject) -> dict[str, Any]:
    """What the template shows, all of it text."""
    scan = subject.scan
    tone, verdict, meaning = words.verdict(scan)
    by_host: dict[str, list[Any]] = {}
    for request in scan.requests:
        by_host.setdefault(request.host, []).append(request)
    return {
        "title": f"{verdict}: scan of {subject.host}",
        "host": subject.host or scan.target,
        "tone": tone,
        "verdict": verdict,
        "meaning": meaning,
        "footer": f"Bredele {__version__} · {scan.target} · {scan.started:%Y-%m-%d %H:%M} UTC · values are masked",
        "facts": facts(subject),
        "findings": [finding_entry(subject, finding) for finding in scan.findings],
        "items": [
            (
                item.name,
                f"{item.host}{item.path if item.path != '/' else ''}",
                ", ".join(words.state(state) for state in item.states),
                f"{item.set_by.url} ({words.HOW.get(item.set_by.how, item.set_by.how)})" if item.set_by else "not seen",
                words.kept(item),
            )
            for item in scan.observations
        ],
        "requests": [
            (
                host,
                str(sum(call.count for call in calls)),
                ", ".join(dict.fromkeys(words.state(call.state) for call in calls)),
            )
            for host, calls in sorted(by_host.items())
        ],
        "gaps": [f"{words.state(gap.state)}: {gap.message or gap.reason}" for gap in scan.not_tested],
        "notes": list(scan.notes),
        "pages": list(scan.pages),
    }


def facts(subject: Subject) -> list[tuple[str, str]]:
    """Who looked at what, when and how."""
    scan = subject.scan
    version = f"version {scan.registry_version}" if scan.registry_version else ""
    compared = ", ".join(filter(None, (subject.source, version))) or "no declarations"
    return [
        ("Address", scan.target),
        ("Begun", f"{scan.started:%d %B %Y, %H:%M:%S} UTC, took {scan.seconds:.0f} s"),
        ("Browser", scan.browser),
        ("Compared with", compared),
        ("States", ", ".join(words.state(state) for state in scan.states) or "none"),
    ]


def finding_entry(subject: Subject, finding: Finding) -> dict[str, str]:
    """One finding."""
    line = subject.line_of(finding)
    told = {key.removeprefix(SUGGESTED): value for key, value in finding.evidence.items() if key.startswith(SUGGESTED)}
    known = ", ".join(told[key] for key in ("provider", "purpose", "lifetime") if key in told)
    return {
        "severity": words.SEVERITIES[finding.severity],
        "tone": TONES[finding.severity],
        "cookie": finding.cookie or "",
        "rule": rule(finding.rule).name,
        "state": words.state(finding.state) if finding.state else "",
        "place": f"{subject.source}:{line}" if line and subject.source else "",
        "message": finding.message,
        "cure": finding.cure,
        "suggestion": f"Known of it: {known} (by {told.get('by', '')})" if known else "",
    }
