"""What the loaded knowledge suggests for an item that was seen. The host counts before the name.

A suggestion is a proposal for a person to confirm, never a verdict: what nobody knows needs consent, and "necessary" is
only proposed where a source says so of this very cookie, not of one that merely has its name.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from bredele.core.declaration import NECESSARY, Party
from bredele.formats.domains import registrable_domain
from bredele.formats.knowledge import store
from bredele.formats.knowledge.fact import Base, Fact, Source
from bredele.formats.knowledge.purposes import strictest

By = Literal["host and name", "name", "host"]
ORDER: tuple[By, ...] = ("host and name", "name", "host")
GENERIC = re.compile(
    r"(?:__(?:host|secure)-)?[-_.]*(?:[a-z]{0,3}|(?:php|asp|j|my|app|web|user|site|client|new|is|has)?[-_.]*"
    r"(?:session|sess|token|auth|user|uid|uuid|guid|sid|cid|vid|tid|lang|language|locale|country|currency|region|time"
    r"|timezone|test|data|info|state|status|visit|visitor|visits?|count|counter|cart|basket|theme|key|name|value|id|ids"
    r"|login|logged[-_]?in|consent|cookie|cookies|prefs?|preferences|settings|config|referr?er|source|device|cache"
    r"|version|debug|flags?|popup|banner|notice|csrf|xsrf|nonce|redirect|url|page|first|last|new|tp|remember(?:[-_]?me)?))"
    r"(?:[-_.]*(?:id|ids|key|data|token|time|uuid))?[-_.\d]*",
    re.IGNORECASE,
)
"""Names anybody may use: alone they prove nothing."""
VARIES = re.compile(r"(?=.*\d)[\w.%~+=-]+|[-_.:/|].*|[0-9a-f-]{4,}", re.IGNORECASE)
"""What may stand where a name varies: an identifier, or a further part after a separator."""
IDENTIFIER = re.compile(r"(?=.*\d)[\w.-]{4,}")
SHORT = 4
"""Signs of a prefix below which its rest must look like an identifier."""


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal with its source. `purpose` None: unknown, so consent is needed. `lifetime` as in cookies.toml.

    `name` is the pattern to declare; `by` says what agreed: host and name, the name alone, or only the host.
    """

    name: str
    provider: str | None
    purpose: str | None
    category: str
    description: str
    lifetime: str | None
    party: Party | None
    by: By
    policy: str
    source: Source

    @property
    def consent(self) -> bool:
        """Whether a visitor is to be asked first."""
        return self.purpose != NECESSARY


class Knowledge:
    """Every loaded base, arranged so that an item is looked up in about constant time."""

    def __init__(self, bases: Iterable[Base]) -> None:
        self.exact: dict[str, list[tuple[Fact, Source]]] = {}
        self.prefixes: dict[str, list[tuple[Fact, Source]]] = {}
        self.suffixes: dict[str, list[tuple[Fact, Source]]] = {}
        self.hosts: dict[str, list[tuple[Fact, Source]]] = {}
        self.sources: list[Source] = []
        places = {"exact": self.exact, "prefix": self.prefixes, "suffix": self.suffixes}
        for base in bases:
            self.sources.append(base.source)
            for fact in base.facts:
                if fact.match == "host":
                    for host in fact.hosts:
                        self.hosts.setdefault(host, []).append((fact, base.source))
                else:
                    places[fact.match].setdefault(fact.name, []).append((fact, base.source))

    def __bool__(self) -> bool:
        return bool(self.sources)

    def named(self, name: str) -> Iterator[tuple[Fact, Source, bool]]:
        """Facts whose name fits, the most exact first; the flag is off where only a fitting host can confirm it."""
        for fact, source in self.exact.get(name, ()):
            yield fact, source, True
        for length in range(len(name), 0, -1):
            for fact, source in self.prefixes.get(name[:length], ()):
                yield fact, source, fits_prefix(name[:length], name[length:])
        for start in range(1, len(name)):
            for fact, source in self.suffixes.get(name[start:], ()):
                yield fact, source, True

    def of_host(self, host: str) -> list[tuple[Fact, Source]]:
        """Facts about a host or the nearest host above it."""
        name = host.lstrip(".").lower()
        while "." in name:
            if name in self.hosts:
                return self.hosts[name]
            name = name.partition(".")[2]
        return []

    def suggest(self, name: str, host: str | None = None, site_host: str | None = None) -> Suggestion | None:
        """The proposal for an item `name` kept for `host` and seen on `site_host`; None if nobody knows it.

        Without a host only the name can agree.
        """
        found = list(self.candidates(name, host, site_host))
        for by in ORDER:
            agreeing = [(fact, source) for how, fact, source in found if how == by]
            if agreeing:
                return proposal(name, agreeing, by, party_of(host, site_host), hosted=host is not None)
        return None

    def candidates(self, name: str, host: str | None, site_host: str | None) -> Iterator[tuple[By, Fact, Source]]:
        """Facts that may be meant, each with what agrees."""
        for fact, source, fits in self.named(name):
            by = agreement(fact, host, site_host)
            if by == "host and name" or (by and fits):
                yield by, fact, source
        for fact, source in self.of_host(host) if host else ():
            yield "host", fact, source


def fits_prefix(head: str, rest: str) -> bool:
    """Whether what follows a prefix may be its varying part: `_s` does not make `_style` one of its own."""
    if not rest:
        return True
    solid = len(re.sub(r"[^A-Za-z0-9]", "", head)) >= SHORT
    if solid:
        return not head[-1].isalnum() or bool(VARIES.fullmatch(rest))
    return not head[-1].isalnum() and bool(IDENTIFIER.fullmatch(rest))


def agreement(fact: Fact, host: str | None, site_host: str | None) -> By | None:
    """What agrees between a fact whose name fits and the item's host; None if the host speaks against it."""
    if host is None:
        return "name"
    if any(same_site(host, known) for known in fact.hosts):
        return "host and name"
    own = site_host is None or same_site(host, site_host)
    if not fact.hosts:
        return "name" if own or not is_generic(fact.name) else None
    if own and (fact.own or bears(fact.name, fact.hosts)):
        return "name"
    return None


def bears(name: str, hosts: Iterable[str]) -> bool:
    """Whether a name carries the label of one of its hosts, as `_shopify_y` does: nobody else would call it so."""
    labels = {registrable_domain(host).partition(".")[0] for host in hosts}
    return any(len(label) >= SHORT and label in name.lower() for label in labels)


def proposal(
    name: str, agreeing: list[tuple[Fact, Source]], by: By, party: Party | None, *, hosted: bool
) -> Suggestion:
    """One proposal of several facts: the first speaks, the strictest purpose counts. `hosted`: its host is known."""
    fact, source = agreeing[0]
    rivals = [other for other, _ in agreeing if other.match == fact.match and other.name == fact.name]
    purposes = {other.purpose for other in rivals if other.purpose is not None}
    purpose = strictest(purposes)
    if purpose == NECESSARY and not surely_necessary(fact, rivals, by, hosted=hosted):
        purpose = None
    if purpose is not None and fact.purpose != purpose:
        fact, source = next((pair for pair in agreeing if pair[0].purpose == purpose), (fact, source))
    return Suggestion(
        name=fact.pattern if fact.match in ("prefix", "suffix") else name,
        provider=fact.provider or None,
        purpose=purpose,
        category=fact.category,
        description=fact.description,
        lifetime=fact.lifetime,
        party=party,
        by=by,
        policy=fact.policy,
        source=source,
    )


def surely_necessary(fact: Fact, rivals: list[Fact], by: By, *, hosted: bool) -> bool:
    """Whether "necessary" may be proposed: the host agrees, or the name is like no other; and nobody disagrees.

    What a source ties to hosts of its own is not necessary elsewhere, whatever it is called.
    """
    if any(rival.purpose != NECESSARY for rival in rivals):
        return False
    if by == "host and name":
        return True
    elsewhere = hosted and bool(fact.hosts) and not fact.own
    return by == "name" and not elsewhere and not is_generic(fact.name) and len(fact.name) > SHORT


@lru_cache(maxsize=4096)
def is_generic(name: str) -> bool:
    """Whether anybody might call a cookie so."""
    return bool(GENERIC.fullmatch(name))


def same_site(one: str, other: str) -> bool:
    """Whether two hosts share their registrable domain."""
    return registrable_domain(one.lstrip(".")) == registrable_domain(other.lstrip("."))


def party_of(host: str | None, site_host: str | None) -> Party | None:
    """Whose it is, computed from the hosts; None where one is not known."""
    if host is None or site_host is None:
        return None
    return "first" if same_site(host, site_host) else "third"


def knowledge(data: Path) -> Knowledge:
    """Everything loaded in a data directory."""
    return Knowledge(base for _, base in store.bases(data))
