"""A scan as a person reads it in a terminal, and as JSON (CONTRACTS 4)."""

from collections.abc import Iterator

import msgspec

from bredele.core.item_findings import span
from bredele.core.observation import Finding, Observation, Scan


def as_json(scan: Scan) -> str:
    """The whole scan."""
    return msgspec.json.format(msgspec.json.encode(scan), indent=2).decode()


def as_text(scan: Scan) -> str:
    """What was visited, what is stored, what was found."""
    return "\n".join(lines(scan))


def lines(scan: Scan) -> Iterator[str]:
    """The report line by line."""
    yield f"{scan.target}  {len(scan.pages)} pages in {scan.seconds:.0f} s, {scan.browser}"
    yield f"States: {', '.join(scan.states) or 'none'}"
    for gap in scan.not_tested:
        yield f"Not tested: {gap.state} ({gap.reason}) {gap.message}"
    yield ""
    yield f"Stored on the device: {len(scan.observations) or 'nothing'}"
    for item in scan.observations:
        yield f"  {item_line(item)}"
    hosts = sorted({request.host for request in scan.requests})
    if hosts:
        yield f"Requests to other sites: {', '.join(hosts)}"
    yield ""
    for finding in scan.findings:
        yield from finding_lines(finding)
    yield summary(scan)
    for note in scan.notes:
        yield f"Note: {note}"


def item_line(item: Observation) -> str:
    """One stored item."""
    kept = "session" if item.session else ""
    if item.effective_lifetime is not None:
        kept = span(item.effective_lifetime)
    what = "" if item.kind == "cookie" else f" [{item.kind.replace('_', ' ')}]"
    by = f" <- {item.set_by.url} ({item.set_by.how.replace('_', ' ')})" if item.set_by else ""
    return f"{item.name}{what}  {item.host}{item.path}  {kept or 'until cleared'}  {', '.join(item.states)}{by}"


def finding_lines(finding: Finding) -> Iterator[str]:
    """One finding with its cure."""
    yield f"{finding.severity}: {finding.rule}: {finding.message}"
    yield f"    cure: {finding.cure}"
    told = [finding.evidence.get(f"suggested_{fact}") for fact in ("provider", "purpose", "lifetime")]
    if any(told):
        known = ", ".join(fact for fact in told if fact)
        yield f"    known: {known}; says {finding.evidence.get('suggested_by', 'nobody')}"


def summary(scan: Scan) -> str:
    """The verdict in one line."""
    counts = {
        severity: sum(finding.severity == severity for finding in scan.findings)
        for severity in ("error", "warning", "note")
    }
    told = ", ".join(f"{count} {word}{'s' if count != 1 else ''}" for word, count in counts.items())
    verdict = "Not conform" if scan.failed else "Not fully checked" if scan.incomplete else "Conform"
    return f"{verdict}: {told}."
