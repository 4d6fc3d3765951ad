"""Known findings that are accepted for now become notes; what is new stays what it is; what is gone is said."""

from pathlib import Path

import msgspec

from bredele.core.errors import BredeleError
from bredele.core.findings import order
from bredele.core.observation import Finding, Scan, Severity
from bredele.scanner.reports.fingerprint import fingerprint

ACCEPTED, WAS = "accepted", "severity_before"
"""Keys in the evidence of an accepted finding: why it is one, and what it was."""


class Known(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One accepted finding, with words for the person who reviews the file; `reason` is theirs to write."""

    fingerprint: str
    rule: str
    severity: Severity = "error"
    cookie: str | None = None
    host: str = ""
    state: str | None = None
    reason: str = ""


class Baseline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file: kept beside the code, one entry a finding."""

    schema: int = 1
    target: str = ""
    accepted: tuple[Known, ...] = ()


class InvalidBaseline(BredeleError):
    """A baseline file that is not there or not one."""


def read(path: Path) -> Baseline:
    """The baseline of a file; InvalidBaseline with the cure."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Baseline)
    except OSError as error:
        fault, cure = f"It cannot be read ({error.strerror}).", "Write it once with --write-baseline FILE."
    except msgspec.MsgspecError as error:
        fault, cure = f"It is no baseline: {error}.", "Write it anew with --write-baseline FILE."
    raise InvalidBaseline(fault, where=str(path), cure=cure)


def write(scan: Scan, before: Baseline | None = None) -> bytes:
    """The baseline that accepts every error and warning of a scan; reasons already written are kept."""
    reasons = {known.fingerprint: known.reason for known in before.accepted} if before else {}
    known = {
        fingerprint(finding): Known(
            fingerprint=fingerprint(finding),
            rule=finding.rule,
            severity=severity_before(finding),
            cookie=finding.cookie,
            host=finding.evidence.get("host", ""),
            state=finding.state,
            reason=reasons.get(fingerprint(finding), ""),
        )
        for finding in scan.findings
        if severity_before(finding) != "note"
    }
    baseline = Baseline(target=scan.target, accepted=tuple(known.values()))
    return msgspec.json.format(msgspec.json.encode(baseline), indent=2) + b"\n"


def apply(scan: Scan, baseline: Baseline) -> Scan:
    """The scan with accepted findings as notes, and a note for each accepted one that is gone."""
    known = {entry.fingerprint: entry for entry in baseline.accepted}
    findings = tuple(accept(finding, known.get(fingerprint(finding))) for finding in scan.findings)
    seen = {fingerprint(finding) for finding in scan.findings}
    gone = tuple(told(entry) for entry in baseline.accepted if entry.fingerprint not in seen)
    return msgspec.structs.replace(scan, findings=tuple(sorted(findings, key=order)), notes=(*scan.notes, *gone))


def accept(finding: Finding, known: Known | None) -> Finding:
    """A finding that is known becomes a note; one that got worse since it was accepted does not."""
    if known is None or finding.severity == "note" or worse(finding.severity, known.severity):
        return finding
    evidence = {**finding.evidence, ACCEPTED: known.reason or "accepted by the baseline", WAS: finding.severity}
    return msgspec.structs.replace(finding, severity="note", evidence=evidence)


def worse(now: Severity, before: Severity) -> bool:
    """Whether one severity is graver than another."""
    return now == "error" and before != "error"


def severity_before(finding: Finding) -> Severity:
    """What a finding was before a baseline accepted it."""
    was = finding.evidence.get(WAS)
    return "error" if was == "error" else "warning" if was == "warning" else finding.severity


def told(known: Known) -> str:
    """An accepted finding that is no longer there."""
    what = " ".join(filter(None, (known.rule, known.cookie, known.host, known.state and f"({known.state})")))
    return f"Gone since the baseline: {what}. Take it out of the file (--write-baseline does)."
