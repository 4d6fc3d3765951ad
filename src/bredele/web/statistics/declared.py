"""The declared cookies as rows of open data."""

import msgspec

from bredele.core.policy import lifetime_text, purpose_label, type_label
from bredele.core.registry import RegistrableDomain, Version


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """One declaration; `lifetime` is ISO 8601, `session`, `persistent` or empty, `lifetime_text` the same in words."""

    names: tuple[str, ...]
    kind: str
    provider: str
    type: str
    purposes: tuple[str, ...]
    purpose: str
    lifetime: str
    lifetime_text: str
    asked: bool
    hosts: tuple[str, ...]
    third_party_access: tuple[str, ...]


def declared(version: Version, language: str, registrable_domain: RegistrableDomain) -> tuple[Declared, ...]:
    """Every declaration of a version, in its order."""
    registry = version.registry
    return tuple(
        Declared(
            names=entry.names,
            kind=entry.kind,
            provider=entry.provider or "",
            type=type_label(registry.type_of(entry, registrable_domain), language),
            purposes=tuple(purpose_label(registry, slug, language) for slug in entry.purpose),
            purpose=entry.purpose_text.get(language, ""),
            lifetime=str(entry.lifetime) if entry.lifetime else "",
            lifetime_text=lifetime_text(entry.lifetime, language) if entry.lifetime else "",
            asked=not registry.exempt(entry),
            hosts=entry.hosts,
            third_party_access=entry.third_party_access or (),
        )
        for entry in registry.cookies
    )
