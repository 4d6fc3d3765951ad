"""What a report is about: the scan, and the declarations it was compared with, down to their lines."""

from functools import cached_property
from urllib.parse import urlsplit

from bredele.core.declaration import Declaration
from bredele.core.observation import Finding, Scan
from bredele.core.pattern import matches
from bredele.core.registry import Registry, covers_host
from bredele.formats.toml_lines import entry_lines

KEY_OF_RULE = {"lifetime": "lifetime", "party": "hosts", "before-consent": "purpose", "not-seen": "names"}
"""Which key of a declaration a rule speaks about."""


class Subject:
    """A scan with, if there was one, the registry, the name of its file and the file's text."""

    def __init__(self, scan: Scan, registry: Registry | None = None, source: str = "", text: str = "") -> None:
        self.scan, self.registry, self.source, self.text = scan, registry, source, text

    @property
    def host(self) -> str:
        """The visited host."""
        return (urlsplit(self.scan.target).hostname or "").lower()

    @cached_property
    def lines(self) -> list[dict[str, int]]:
        """The lines of the declarations; empty where the file is no cookies.toml or was read otherwise."""
        found = entry_lines(self.text)
        return found if self.registry is not None and len(found) == len(self.registry.cookies) else []

    def entry_of(self, finding: Finding) -> int | None:
        """The index of the declaration a finding speaks of; one on the same host goes before its namesakes."""
        if self.registry is None or not finding.cookie:
            return None
        names = [*finding.cookie.split(", "), *finding.evidence.get("names", "").split(", ")]
        alike = [
            place for place, entry in enumerate(self.registry.cookies) if any(declares(entry, name) for name in names)
        ]
        host = finding.evidence.get("host", "")
        near = [place for place in alike if host and covers_host(self.registry.cookies[place], host, self.host)]
        return next(iter(near or alike), None)

    def line_of(self, finding: Finding) -> int | None:
        """The line a finding belongs to: the key it is about, else the heading of its declaration."""
        place = self.entry_of(finding)
        if place is None or not self.lines:
            return None
        keys = self.lines[place]
        return keys.get(KEY_OF_RULE.get(finding.rule, ""), keys[""])


def declares(entry: Declaration, name: str) -> bool:
    """Whether an entry's names cover a name, or are it literally, as in a finding about the entry itself."""
    return bool(name) and any(pattern == name or matches(pattern, name) for pattern in entry.names)
