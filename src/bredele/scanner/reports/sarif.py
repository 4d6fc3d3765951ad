"""SARIF 2.1.0 (OASIS): findings at the line of the declaration they speak of, for code-scanning pages."""

import re
from typing import Any
from urllib.parse import quote

import msgspec

from bredele import __version__
from bredele.core.observation import Finding
from bredele.scanner.reports.baseline import ACCEPTED, severity_before
from bredele.scanner.reports.fingerprint import fingerprint
from bredele.scanner.reports.rules import rule
from bredele.scanner.reports.subject import Subject

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "note": "note"}
IN_ADDRESSES = "/:?=&%#@~+,;"


def as_sarif(subject: Subject) -> bytes:
    """The log with one run."""
    scan = subject.scan
    names = sorted({finding.rule for finding in scan.findings})
    run = {
        "tool": {
            "driver": {
                "name": "Bredele",
                "semanticVersion": __version__,
                "rules": [described(name) for name in names],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not scan.incomplete,
                "startTimeUtc": scan.started.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "toolExecutionNotifications": [
                    {
                        "level": "note" if gap.reason == "nothing-to-choose" else "error",
                        "message": {"text": f"Not tested: {gap.state} ({gap.reason}). {gap.message}".strip()},
                    }
                    for gap in scan.not_tested
                ],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [result(subject, finding, names.index(finding.rule)) for finding in scan.findings],
        "properties": {"target": scan.target, "browser": scan.browser, "states": list(scan.states)},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=2) + b"\n"


def described(name: str) -> dict[str, Any]:
    """One rule of the tool."""
    known = rule(name)
    source = f" ({known.source})" if known.source else ""
    return {
        "id": name,
        "name": re.sub(r"\W", "", known.name.title()),
        "shortDescription": {"text": known.asks},
        "fullDescription": {"text": f"{known.asks}{source}"},
        "help": {"text": f"{known.asks}{source}"},
    }


def result(subject: Subject, finding: Finding, index: int) -> dict[str, Any]:
    """One finding. What a baseline accepts is there, at its old level, suppressed."""
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[severity_before(finding)],
        "message": {"text": " ".join(part for part in (finding.message, finding.cure) if part) or finding.rule},
        "locations": [location(subject, finding)],
        "partialFingerprints": {"bredele/v1": fingerprint(finding)},
        "properties": {"state": finding.state or "", **finding.evidence},
    }
    if ACCEPTED in finding.evidence:
        found["suppressions"] = [{"kind": "external", "justification": finding.evidence[ACCEPTED]}]
    return found


def location(subject: Subject, finding: Finding) -> dict[str, Any]:
    """The declaration's line; without one the file's first line; without a file the visited site."""
    page = finding.evidence.get("page") or subject.scan.target
    uri = subject.source or page
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(uri.replace("\\", "/"), safe=IN_ADDRESSES)}}
    if subject.source:
        place["region"] = {"startLine": subject.line_of(finding) or 1}
    found: dict[str, Any] = {"physicalLocation": place}
    name = finding.cookie or finding.evidence.get("host")
    if name:
        host = finding.evidence.get("host", "")
        full = f"{host.lstrip('.')}/{name}" if host and host != name else name
        found["logicalLocations"] = [{"name": name, "fullyQualifiedName": full, "kind": "resource"}]
    return found
