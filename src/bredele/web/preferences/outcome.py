"""What became of everything a visitor withdrew: deleted here, deleted by the page, or out of this site's reach."""

from typing import Literal
from urllib.parse import urlsplit

import msgspec

from bredele.collector.withdrawal import Withdrawal
from bredele.core.declaration import Declaration
from bredele.core.policy import storage_label
from bredele.core.registry import Version
from bredele.formats.domains import registrable_domain

Fate = Literal["deleted", "page", "asked", "out-of-reach"]
FLEETING = ("pixel", "beacon", "fingerprint")
"""Kinds of access that leave nothing on the device."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One declared entry and its fate; `place` is the host that keeps it, where that is another site's."""

    names: tuple[str, ...]
    kind: str
    label: str
    provider: str
    fate: Fate
    place: str


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The lines by fate; each group may be empty."""

    deleted: tuple[Line, ...]
    page: tuple[Line, ...]
    foreign: tuple[Line, ...]


def outcome(version: Version, taken: Withdrawal, language: str) -> Outcome:
    """The outcome of a withdrawal, in the visitor's language."""
    lines = [line(version, entry, language) for entry in taken.lost if entry.kind not in FLEETING]
    return Outcome(
        deleted=tuple(one for one in lines if one.fate == "deleted"),
        page=tuple(one for one in lines if one.fate == "page"),
        foreign=tuple(one for one in lines if one.fate in ("asked", "out-of-reach")),
    )


def line(version: Version, entry: Declaration, language: str) -> Line:
    """One entry: own cookies are expired by the server, own storage by the page, the rest is kept by another site.

    A browser keeps a third party's cookies in a partition of their own: no header of this site reaches it (CHIPS).
    """
    foreign = version.registry.party(entry, registrable_domain) == "third"
    own: Fate = "deleted" if entry.kind == "cookie" else "page"
    host = (urlsplit(entry.erase).hostname or "") if entry.erase else ", ".join(entry.hosts)
    return Line(
        names=entry.names,
        kind=entry.kind,
        label=storage_label(entry.kind, language),
        provider=entry.provider or "",
        fate=("asked" if entry.erase else "out-of-reach") if foreign else own,
        place=host if foreign else "",
    )
