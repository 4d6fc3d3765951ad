"""Scans in plain English: states, kinds, ways of setting, verdicts."""

from bredele.core.item_findings import span
from bredele.core.observation import Observation, Scan

STATES = {
    "no_choice": "No choice",
    "refused": "Refused",
    "accepted": "Accepted",
    "withdrawn": "Withdrawn",
    "gpc": "Privacy signal",
    "signed_in": "Signed in",
    "no_script": "No JavaScript",
}
MEANINGS = {
    "no_choice": "a visitor who answered nothing",
    "refused": "after refusing everything",
    "accepted": "after accepting everything",
    "withdrawn": "after accepting, then withdrawing",
    "gpc": "with Global Privacy Control on",
    "signed_in": "after signing in",
    "no_script": "with JavaScript off",
}
KINDS = {
    "cookie": "Cookie",
    "local_storage": "Local storage",
    "session_storage": "Session storage",
    "indexed_db": "IndexedDB",
    "cache_storage": "Cache storage",
    "opfs": "Private files (OPFS)",
    "service_worker": "Service worker",
    "pixel": "Pixel",
    "beacon": "Beacon",
    "fingerprint": "Fingerprinting",
}
HOW = {
    "response": "response",
    "redirect": "redirect",
    "script": "script",
    "cookie_store": "script (Cookie Store)",
    "worker": "worker",
    "service_worker": "service worker",
    "frame": "frame",
}
SEVERITIES = {"error": "Error", "warning": "Warning", "note": "Note"}


def state(name: str) -> str:
    """A state in a word or two."""
    if name.startswith("purpose:"):
        return f"Only {name.removeprefix('purpose:')}"
    return STATES.get(name, name)


def meaning(name: str) -> str:
    """A state in a few words."""
    if name.startswith("purpose:"):
        return f"after allowing {name.removeprefix('purpose:')} alone"
    return MEANINGS.get(name, name)


def kept(item: Observation) -> str:
    """How long an item stays; where a browser cut what was declared, both are said."""
    if item.session:
        return "Browser session"
    declared, effective = item.declared_lifetime, item.effective_lifetime
    if effective is None:
        return span(declared) if declared is not None else "Until cleared"
    cut = declared is not None and declared - effective > 86_400  # a day: CONTRACTS 1
    return f"{span(effective)} (asked for {span(declared)})" if cut and declared is not None else span(effective)


def verdict(scan: Scan) -> tuple[str, str, str]:
    """Tone (`good`, `bad`, `caution`), the verdict, and what it means."""
    if scan.failed:
        return "bad", "Not conform", "What the browser saw contradicts what is declared or what the law asks."
    if scan.incomplete:
        return "caution", "Not fully checked", "Nothing wrong was seen, but not every state could be driven."
    return (
        "good",
        "Conform",
        "In every state that was driven the browser saw nothing that contradicts the declarations.",
    )


def number(count: int, one: str, many: str = "") -> str:
    """`1 page`, `2 pages`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
