"""A scan whose findings carry what the loaded knowledge proposes for them, with the source."""

import msgspec

from bredele.core.observation import Finding, Scan
from bredele.formats.knowledge.matching import Knowledge, Suggestion

ABOUT_ITEMS = ("undeclared", "before-consent", "after-refusal", "after-withdrawal", "party")
"""Rules whose findings speak of an item somebody may want to declare."""


def advise(scan: Scan, known: Knowledge, site_host: str) -> Scan:
    """The same scan; `suggested_…` facts are added to the evidence of findings, nothing else changes."""
    if not known:
        return scan
    findings = tuple(advised(finding, known, site_host) for finding in scan.findings)
    return msgspec.structs.replace(scan, findings=findings)


def advised(finding: Finding, known: Knowledge, site_host: str) -> Finding:
    """One finding with what is known of its item or host."""
    host = finding.evidence.get("host") or None
    if finding.rule in ABOUT_ITEMS and finding.cookie:
        found = known.suggest(literal(finding), host, site_host)
    elif finding.rule == "third-party-request" and host:
        found = known.suggest("", host, site_host)
    else:
        return finding
    return msgspec.structs.replace(finding, evidence={**finding.evidence, **facts(found)}) if found else finding


def literal(finding: Finding) -> str:
    """A name as it was seen: behind a pattern stand several."""
    names = finding.evidence.get("names") or finding.cookie or ""
    return names.split(", ")[0]


def facts(found: Suggestion) -> dict[str, str]:
    """A suggestion as evidence: only what is known, each from the one source that is named."""
    stated = {
        "suggested_provider": found.provider,
        "suggested_purpose": found.purpose or "unknown: consent is needed",
        "suggested_lifetime": found.lifetime,
        "suggested_function": found.description,
        "suggested_because": f"{found.by} known",
        "suggested_by": f"{found.source.title} ({found.source.licence}), {found.source.url}",
    }
    return {name: value for name, value in stated.items() if value}
