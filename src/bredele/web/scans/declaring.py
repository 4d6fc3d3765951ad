"""From an item that was seen to a declaration to review: what the browser saw for certain, and what is known of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from bredele.core.declaration import Declaration, SameSite
from bredele.core.errors import InvalidLifetime, InvalidPattern
from bredele.core.lifetime import PERSISTENT, SESSION, Lifetime, parse_lifetime
from bredele.core.observation import Observation, Scan
from bredele.core.pattern import check_pattern
from bredele.core.policy import lifetime_text
from bredele.core.registry import Registry
from bredele.formats.domains import registrable_domain
from bredele.formats.knowledge.cells import of_seconds
from bredele.formats.knowledge.matching import Knowledge, Suggestion

UNTIL_CLEARED = ("local_storage", "indexed_db", "cache_storage", "opfs", "service_worker")
SAME_SITE: dict[str, SameSite] = {"strict": "Strict", "lax": "Lax", "none": "None"}


@dataclass(frozen=True)
class Undeclared:
    """An item no declaration covers. `place`: its index in the scan."""

    place: int
    item: Observation
    suggestion: Suggestion | None

    @property
    def kept(self) -> str:
        """The suggested lifetime in words; empty if none is suggested."""
        stated = self.suggestion.lifetime if self.suggestion else None
        return lifetime_text(parse_lifetime(stated), "en") if stated else ""


def undeclared(scan: Scan, registry: Registry, known: Knowledge) -> Iterator[Undeclared]:
    """Every item of a scan that a registry does not cover, with what is known of it."""
    host = host_of(scan)
    for place, item in enumerate(scan.observations):
        names = item.names or (item.name,)
        if not all(registry.covers(name, item.host, kind=item.kind, site_host=host) for name in names):
            yield Undeclared(place=place, item=item, suggestion=suggestion_for(item, host, known))


def suggestion_for(item: Observation, site_host: str, known: Knowledge) -> Suggestion | None:
    """What loaded knowledge proposes for an item."""
    return known.suggest((item.names or (item.name,))[0], item.host, site_host)


def declaration_of(item: Observation, site_host: str, found: Suggestion | None, language: str) -> Declaration:
    """The draft of a declaration. Why no consent would be needed is never filled in: a person must write the reason."""
    foreign = registrable_domain(item.host.lstrip(".")) != registrable_domain(site_host)
    entry = Declaration(
        names=names_of(item, found),
        kind=item.kind,
        lifetime=lifetime_of(item, found),
        hosts=(item.host.lstrip("."),) if foreign else (),
        provider=found.provider if found else None,
        purpose=(found.purpose,) if found and found.purpose else (),
        function={language: found.description} if found and found.description and language == "en" else {},
    )
    return with_attributes(entry, item) if item.kind == "cookie" else entry


def with_attributes(entry: Declaration, item: Observation) -> Declaration:
    """The attributes the browser saw."""
    marks = item.attributes
    return msgspec.structs.replace(
        entry,
        path=item.path,
        secure=bool(marks.get("secure")),
        http_only=bool(marks.get("http_only")),
        same_site=SAME_SITE.get(str(marks.get("same_site") or "").lower()),
        partitioned=bool(marks.get("partitioned")),
    )


def names_of(item: Observation, found: Suggestion | None) -> tuple[str, ...]:
    """A pattern somebody knows, else the name as it was seen or generalised; else every literal name."""
    for name in (found.name if found and "*" in found.name else "", item.name):
        if name and legal(name):
            return (name,)
    return tuple(name for name in item.names if legal(name))


def legal(name: str) -> bool:
    """Whether a declaration may use the name."""
    try:
        check_pattern(name)
    except InvalidPattern:
        return False
    return True


def lifetime_of(item: Observation, found: Suggestion | None) -> Lifetime | None:
    """What the browser saw goes before what a list says."""
    if item.session or item.kind == "session_storage":
        return SESSION
    if item.kind in UNTIL_CLEARED:
        return PERSISTENT
    seen = item.declared_lifetime if item.declared_lifetime is not None else item.effective_lifetime
    stated = of_seconds(rounded(seen)) if seen is not None else found.lifetime if found else None
    try:
        return parse_lifetime(stated) if stated else None
    except InvalidLifetime:
        return None


def rounded(seconds: int) -> int:
    """Whole days where a few seconds are missing: the clock went on between setting and looking."""
    days = round(seconds / 86_400)
    return days * 86_400 if days and abs(seconds - days * 86_400) <= 60 else seconds  # a minute of such delay


def host_of(scan: Scan) -> str:
    """The visited host."""
    return (urlsplit(scan.target).hostname or "").lower()
