"""The trust page's one glance: how many things a site stores, by kind, and whether any waits for consent."""

import msgspec

from bredele.core.declaration import Type
from bredele.core.policy import type_label
from bredele.core.registry import RegistrableDomain, Version

KINDS: tuple[Type, ...] = ("necessary", "statistical", "first-party", "third-party")
"""The order of the seed document."""


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """One kind: how many names are declared, and which."""

    type: Type
    label: str
    count: int
    names: tuple[str, ...]


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over the registry in force."""

    stored: int
    asked: int
    tiles: tuple[Tile, ...]
    statistics: bool


def glance(version: Version, language: str, registrable_domain: RegistrableDomain) -> Glance:
    """The sums of a version; a name counts once, and as asked if its entry is not exempt."""
    registry = version.registry
    typed = [(registry.type_of(entry, registrable_domain), entry) for entry in registry.cookies]
    tiles = []
    for kind in KINDS:
        names = tuple(name for type_, entry in typed if type_ == kind for name in entry.names)
        tiles.append(Tile(type=kind, label=type_label(kind, language), count=len(names), names=names))
    return Glance(
        stored=sum(tile.count for tile in tiles),
        asked=sum(len(entry.names) for entry in registry.cookies if not registry.exempt(entry)),
        tiles=tuple(tiles),
        statistics=registry.statistics != "off",
    )
