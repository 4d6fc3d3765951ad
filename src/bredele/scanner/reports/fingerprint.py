"""What makes a finding the same one in the next scan: rule, item, host and state, never its wording or its count."""

from hashlib import sha256

from bredele.core.observation import Finding

LENGTH = 32


def fingerprint(finding: Finding) -> str:
    """Hex digits that stay when messages, addresses of scripts or suggestions change."""
    host = finding.evidence.get("host", "").lstrip(".").lower()
    reason = finding.evidence.get("reason", "") if finding.rule == "rejected" else ""
    parts = (finding.rule, finding.cookie or "", host, finding.state or "", reason)
    return sha256("\x1f".join(parts).encode()).hexdigest()[:LENGTH]
