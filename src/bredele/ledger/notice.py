"""What a visitor was told when they answered: kept once a version and language, named by its SHA-256 in each record.

Together with a record it holds what ISO/IEC TS 27560:2023 and ISO/IEC 29184:2020 (cl. 5) ask for (LED-04, LED-17).
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Literal

import msgspec

from bredele.core.declaration import Declaration, words
from bredele.core.policy import purpose_description, purpose_label
from bredele.core.registry import Version
from bredele.ledger.record import spoken

SCHEMA = "bredele-notice/1"
RECORD_IRI = "https://w3id.org/dpv/schema/iso-27560#record"


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One declared entry: what is stored, by whom, how long, and who else reads it."""

    names: tuple[str, ...]
    kind: str
    provider: str
    text: str
    lifetime: str
    third_parties: tuple[str, ...]


class NoticePurpose(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One purpose as it was put; `basis`: what makes its use lawful."""

    id: str
    label: str
    description: str
    basis: Literal["consent", "exempt"]
    items: tuple[Item, ...]


class Notice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`registry`: SHA-256 of the published version's bytes. `texts`: name to SHA-256 of the exact archived texts."""

    schema: Literal["bredele-notice/1"] = "bredele-notice/1"
    conforms_to: Literal["https://w3id.org/dpv/schema/iso-27560#record"] = RECORD_IRI  # type: ignore[assignment]  # its own text
    site: str
    origin: str
    name: str
    version: int
    published: str
    registry: str
    language: str
    privacy_notice: str
    controller: str
    contact: str
    authority: str
    rights: str
    jurisdiction: str
    storage_location: str
    retention: str
    validity: str
    transfers: str
    recipients: tuple[str, ...]
    collection_method: str
    withdrawal_method: str
    purposes: tuple[NoticePurpose, ...]
    texts: dict[str, str]


def build_notice(
    version: Version, *, slug: str, origin: str, language: str, registry: str, texts: Mapping[str, str]
) -> Notice:
    """The notice of a version in one of its languages. `registry` and `texts` are SHA-256, hex."""
    facts, preset = version.registry.site, version.registry.preset
    recipients = [name for entry in version.registry.cookies for name in entry.third_party_access or ()]
    return Notice(
        site=slug,
        origin=origin,
        name=words(facts.name, language),
        version=version.number,
        published=spoken(version.published),
        registry=registry,
        language=language,
        privacy_notice=f"{origin}/terms/cookies-policy/versions/{version.number}/",
        controller=words(facts.controller, language) or words(facts.name, language),
        contact=words(facts.contact, language),
        authority=words(facts.authority, language) or words(preset.authority, language),
        rights=words(facts.rights, language) or words(preset.rights, language),
        jurisdiction=preset.id,
        storage_location=origin,
        retention=words(facts.retention, language),
        validity=str(preset.choice_kept),
        transfers=words(facts.transfers, language),
        recipients=tuple(dict.fromkeys(recipients)),
        collection_method="visitor's device",
        withdrawal_method=f"{origin}/cookies/preferences/",
        purposes=tuple(purpose(version, slug_, language) for slug_ in version.registry.used_purposes()),
        texts=dict(sorted(texts.items())),
    )


def purpose(version: Version, identifier: str, language: str) -> NoticePurpose:
    """One purpose with its entries."""
    registry = version.registry
    entries = [entry for entry in registry.cookies if identifier in entry.purpose]
    return NoticePurpose(
        id=identifier,
        label=purpose_label(registry, identifier, language),
        description=purpose_description(identifier, language),
        basis="consent" if identifier in registry.consent_purposes() else "exempt",
        items=tuple(item(entry, language) for entry in entries),
    )


def item(entry: Declaration, language: str) -> Item:
    """One entry in the notice's language."""
    return Item(
        names=entry.names,
        kind=entry.kind,
        provider=entry.provider or "",
        text=words(entry.purpose_text, language),
        lifetime=str(entry.lifetime) if entry.lifetime else "",
        third_parties=tuple(entry.third_party_access or ()),
    )


def encode_notice(notice: Notice) -> bytes:
    """Canonical bytes."""
    return msgspec.json.encode(notice)


def fingerprint(body: bytes) -> str:
    """Lower-case hex SHA-256."""
    return sha256(body).hexdigest()
