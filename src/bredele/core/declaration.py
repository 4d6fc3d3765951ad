"""One declaration: what is stored on the device, by whom, why, for how long, and why it needs consent or not."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from bredele.core.lifetime import Lifetime

Kind = Literal[
    "cookie",
    "local_storage",
    "session_storage",
    "indexed_db",
    "cache_storage",
    "opfs",
    "service_worker",
    "pixel",
    "beacon",
    "fingerprint",
]
"""Any storage or access on the device, not only cookies (REG-02; ePrivacy Directive Art. 5(3), EDPB 2/2023)."""
BY_REQUEST: tuple[Kind, ...] = ("pixel", "beacon")
"""Kinds that store nothing: somebody learns something by the request alone."""
Location = Literal["front office", "back office", "api"]
Party = Literal["first", "third"]
Type = Literal["necessary", "statistical", "first-party", "third-party"]
"""The four kinds of the seed document: a label derived from purpose and party, never stored."""
SameSite = Literal["Strict", "Lax", "None"]
ExemptionKind = Literal["transmission", "strictly_necessary", "audience"]

Text = dict[str, str]
"""Language code to words; the site's first language comes first."""

NECESSARY, MEASUREMENT = "necessary", "measurement"
AUDIENCE_COOKIE = "audience_day"
"""The one cookie of the statistics' mode `visitors` (CONTRACTS 1)."""
STANDARD_PURPOSES = (NECESSARY, MEASUREMENT, "personalisation", "advertising", "social")


class Exemption(msgspec.Struct, frozen=True, kw_only=True):
    """Why no consent is asked, with its written reason (REG-03; WP194 section 2)."""

    kind: ExemptionKind
    reason: Text = {}


class Declaration(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the registry. Null (None) means not stated: an absent attribute is never compared."""

    names: tuple[str, ...]
    kind: Kind = "cookie"
    provider: str | None = None
    function: Text = {}
    location: tuple[Location, ...] = ()
    purpose: tuple[str, ...] = ()
    purpose_text: Text = {}
    stated_type: str | None = None
    lifetime: Lifetime | None = None
    refreshed: bool = False
    hosts: tuple[str, ...] = ()
    path: str | None = None
    secure: bool | None = None
    http_only: bool | None = None
    same_site: SameSite | None = None
    partitioned: bool | None = None
    exemption: Exemption | None = None
    third_party_access: tuple[str, ...] | None = None
    erase: str | None = None

    def exempt(self, allows_audience: bool) -> bool:
        """True only if every purpose is exempt (REG-04; WP194 2.3): one that needs consent decides for the entry."""
        return bool(self.purpose) and all(self.covers(purpose, allows_audience) for purpose in self.purpose)

    def covers(self, purpose: str, allows_audience: bool) -> bool:
        """Whether no consent is needed for this one purpose of the entry.

        `allows_audience`: the jurisdiction preset exempts audience measurement (ANA-23).
        """
        if purpose == NECESSARY:
            return self.exemption is None or self.exemption.kind != "audience"
        audience = self.exemption is not None and self.exemption.kind == "audience"
        return purpose == MEASUREMENT and audience and allows_audience


def words(text: Mapping[str, str], language: str) -> str:
    """The words in `language`, or an empty string: a missing translation is never filled with another language."""
    return text.get(language, "")


def label_type(declaration: Declaration, party: Party) -> Type:
    """The document's own kind: necessary if exempt as such; statistical if it measures; else whose it is (DESIGN 2)."""
    others = set(declaration.purpose) - {NECESSARY}
    if not others:
        return "necessary"
    if others == {MEASUREMENT}:
        return "statistical"
    return "third-party" if party == "third" else "first-party"
