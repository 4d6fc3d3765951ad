"""Adblock text lists: only rules that block a whole host speak of it; the header states title and licence."""

import re
from collections.abc import Iterator

from bredele.formats.knowledge import purposes
from bredele.formats.knowledge.cells import HOST
from bredele.formats.knowledge.fact import Fact

HEADER = re.compile(r"[!#]\s*(title|homepage|licen[cs]e|version|last modified)\s*:\s*(.+)", re.IGNORECASE)
RULE = re.compile(r"\|\|([a-z0-9.-]+)\^(?:\$(.*))?", re.IGNORECASE)
WHOLE = {"third-party", "3p", "all", "important", "script", "image", "xmlhttprequest", "subdocument", "ping", "popup"}
CATEGORIES = (
    (re.compile(r"easyprivacy|privacy|analytic|tracking|stats", re.IGNORECASE), "Analytics"),
    (re.compile(r"social|annoyance|fanboy", re.IGNORECASE), "Social"),
    (re.compile(r"\bads?\b|easylist|adblock|adserver|advert", re.IGNORECASE), "Advertising"),
)
LOOK = 60


def is_list(text: str) -> bool:
    """Whether a text is an adblock list: its header line, or rules for whole hosts among its first lines."""
    first = text.lstrip("\ufeff").splitlines()[:LOOK]
    if first and re.match(r"\[Adblock", first[0], re.IGNORECASE):
        return True
    return any(RULE.fullmatch(line.strip()) for line in first) and not any(line.startswith("{") for line in first[:1])


def header(text: str) -> dict[str, str]:
    """What the comments at the top state: `title`, `homepage`, `licence`."""
    found: dict[str, str] = {}
    for line in text.splitlines()[:LOOK]:
        match = HEADER.match(line.strip())
        if match:
            found.setdefault(match[1].lower().replace("license", "licence"), match[2].strip())
    return found


def from_list(text: str) -> Iterator[Fact]:
    """A fact a blocked host. Exceptions, cosmetic rules and rules for paths or single sites say nothing of a host."""
    title = header(text).get("title", "")
    category = next((word for pattern, word in CATEGORIES if pattern.search(title)), "")
    seen: set[str] = set()
    for line in text.splitlines():
        match = RULE.fullmatch(line.strip())
        if match is None or not whole_host(match[2] or ""):
            continue
        host = match[1].lower().strip(".")
        if host not in seen and HOST.fullmatch(host):
            seen.add(host)
            yield Fact(name="", match="host", hosts=(host,), category=category, purpose=purposes.of_host(category))


def whole_host(options: str) -> bool:
    """Whether the options leave the rule about the host itself."""
    return all(option.strip().lower() in WHOLE for option in options.split(",") if option.strip())
