"""The registry: every declaration of one site, and what follows from it at a glance."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from bredele.core.declaration import (
    BY_REQUEST,
    MEASUREMENT,
    NECESSARY,
    STANDARD_PURPOSES,
    Declaration,
    Kind,
    Party,
    Text,
    Type,
    label_type,
)
from bredele.core.jurisdictions import Preset, preset
from bredele.core.pattern import matches

Statistics = Literal["off", "pageviews", "visitors"]
RegistrableDomain = Callable[[str], str]
"""Host name to its registrable domain (eTLD+1); a host that has none is returned as it is."""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers for the site, and what a policy must say of it (POL-06; GDPR Art. 13)."""

    name: Text = {}
    origin: str = ""
    languages: tuple[str, ...] = ("en",)
    jurisdiction: str = "EU"
    controller: Text = {}
    contact: Text = {}
    transfers: Text = {}
    retention: Text = {}
    authority: Text = {}
    rights: Text = {}
    statistics: Statistics | None = None

    @property
    def host(self) -> str:
        """The host of the origin, without port, lower case; empty if no origin is stated or it is none."""
        try:
            return (urlsplit(self.origin).hostname or "").lower()
        except ValueError:
            return ""


class Purpose(msgspec.Struct, frozen=True, kw_only=True):
    """A purpose a visitor chooses about: one of the standard five relabelled, or the site's own."""

    id: str
    label: Text = {}


class Registry(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a site declares. Immutable: a change makes a new one."""

    schema: int = 1
    site: Site = Site()
    purposes: tuple[Purpose, ...] = ()
    cookies: tuple[Declaration, ...] = ()

    @property
    def preset(self) -> Preset:
        """The jurisdiction preset of the site."""
        return preset(self.site.jurisdiction)

    @property
    def statistics(self) -> Statistics:
        """The mode of audience statistics; unstated: `pageviews` where the preset exempts it, else `off`."""
        stated = self.site.statistics
        return stated if stated is not None else "pageviews" if self.preset.audience_exempt else "off"

    def used_purposes(self) -> tuple[str, ...]:
        """Purposes of the declarations and of exempt measurement, the standard ones first, then the site's own."""
        used = {purpose for declaration in self.cookies for purpose in declaration.purpose}
        if self.statistics != "off":
            used.add(MEASUREMENT)
        own = [purpose.id for purpose in self.purposes if purpose.id not in STANDARD_PURPOSES]
        order = [
            *STANDARD_PURPOSES,
            *own,
            *sorted(used - set(STANDARD_PURPOSES) - set(own)),
        ]
        return tuple(purpose for purpose in order if purpose in used)

    def optional_purposes(self) -> tuple[str, ...]:
        """Every used purpose but `necessary`: the bits of the choice cookie, in this order (CONTRACTS 1)."""
        return tuple(purpose for purpose in self.used_purposes() if purpose != NECESSARY)

    def exempt(self, declaration: Declaration) -> bool:
        """Whether this entry needs no consent under the site's preset."""
        return declaration.exempt(self.preset.audience_exempt)

    def asked(self, declaration: Declaration) -> tuple[str, ...]:
        """The purposes consent is asked for because of this entry, in its order; empty if it is exempt (REG-04)."""
        if self.exempt(declaration):
            return ()
        allows = self.preset.audience_exempt
        return tuple(purpose for purpose in declaration.purpose if not declaration.covers(purpose, allows))

    def consent_purposes(self) -> tuple[str, ...]:
        """The optional purposes that at least one entry needs consent for; empty means: no banner (BAN-14)."""
        asked = {purpose for entry in self.cookies if not self.exempt(entry) for purpose in entry.purpose}
        return tuple(purpose for purpose in self.optional_purposes() if purpose in asked)

    @property
    def needs_banner(self) -> bool:
        """Whether something needs consent."""
        return bool(self.consent_purposes())

    def party(self, declaration: Declaration, registrable_domain: RegistrableDomain) -> Party:
        """Computed from the setting hosts against the site, never only declared (REG-05)."""
        own = registrable_domain(self.site.host)
        foreign = any(registrable_domain(host.lstrip(".")) != own for host in declaration.hosts)
        return "third" if foreign else "first"

    def type_of(self, declaration: Declaration, registrable_domain: RegistrableDomain) -> Type:
        """The document's kind of this entry."""
        return label_type(declaration, self.party(declaration, registrable_domain))

    def match(self, name: str, host: str, *, kind: Kind = "cookie", site_host: str = "") -> Declaration | None:
        """The entry for an item of this name set by this host, by pattern *and* domain; the narrowest pattern wins.

        `site_host`: the visited host, where it differs from the declared origin (a check of a copy of the site).
        """
        found = [entry for entry in self.named(name, kind) if covers_host(entry, host, site_host or self.site.host)]
        return found[0] if found else None

    def covers(self, name: str, host: str, *, kind: Kind, site_host: str = "") -> bool:
        """Whether an item is declared; hosts as `match` takes them.

        What stores nothing has no name that anybody would declare: a pixel or beacon is a request, and whatever entry
        names its host covers it. When it may be sent is judged with the other requests.
        """
        if self.match(name, host, kind=kind, site_host=site_host) is not None:
            return True
        return kind in BY_REQUEST and any(covers_host(entry, host, "") for entry in self.cookies if entry.hosts)

    def named(self, name: str, kind: Kind = "cookie") -> list[Declaration]:
        """Every entry whose name pattern matches, narrowest pattern first, whatever the host."""
        hits = [
            (pattern.count("*"), -len(pattern), place, entry)
            for place, entry in enumerate(self.cookies)
            if entry.kind == kind
            for pattern in entry.names
            if matches(pattern, name)
        ]
        return [entry for *_, entry in sorted(hits, key=lambda hit: hit[:3])]


def covers_host(declaration: Declaration, host: str, site_host: str) -> bool:
    """Whether a cookie domain as stored (leading dot or not) is one the entry declares, the site's own if none is."""
    name = host.lstrip(".").lower()
    hosts = [own.lstrip(".").lower() for own in declaration.hosts]
    if hosts:
        return any(name == own or name.endswith("." + own) for own in hosts)
    site = site_host.lower()
    return name == site or site.endswith("." + name)


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A published registry: immutable, numbered from 1, the one every policy page and choice points to (REG-09).

    `asked_since`: for each optional purpose the version since which it must be asked; an older answer is unknown.
    `earlier`: each earlier version's optional purposes in order, needed to read older choices.
    """

    number: int
    published: datetime
    registry: Registry
    asked_since: dict[str, int] = {}
    earlier: dict[int, tuple[str, ...]] = {}

    def purposes_of(self, number: int) -> tuple[str, ...] | None:
        """The optional purposes of this or an earlier version, in cookie order; None for an unknown version."""
        return self.registry.optional_purposes() if number == self.number else self.earlier.get(number)
