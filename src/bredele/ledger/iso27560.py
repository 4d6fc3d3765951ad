"""A consent record in the structure of ISO/IEC TS 27560:2023, as the W3C CG guide "dpv-27560" tabulates it (LED-04).

Made from a record and the notice it names; every field of the mandatory set is there.
"""

from typing import Any, Literal

import msgspec

from bredele.ledger.notice import RECORD_IRI, Notice, NoticePurpose
from bredele.ledger.record import ConsentRecord

Status = Literal[
    "ConsentGiven", "ConsentRenewed", "ConsentRefused", "ConsentWithdrawn", "ConsentExpired", "ConsentUnknown"
]
"""W3C DPV, ConsentStatus."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """Section 6.3.2."""

    schema_version: str
    record_id: str
    pii_principal_id: str


class PiiInformation(msgspec.Struct, frozen=True, kw_only=True):
    """What is stored on or read from the device. `pii_type`: kind of storage."""

    pii_type: str
    names: tuple[str, ...]
    provider: str
    description: str
    retention_period: str
    recipients: tuple[str, ...]


class ConsentPurpose(msgspec.Struct, frozen=True, kw_only=True):
    """One purpose and what became of it. `event_state` is null where no consent is asked."""

    purpose: str
    label: str
    description: str
    lawful_basis: Literal["consent", "exempt"]
    event_state: Status | None
    pii_information: tuple[PiiInformation, ...]


class Processing(msgspec.Struct, frozen=True, kw_only=True):
    """Section 6.3.3."""

    privacy_notice: str
    notice_sha256: str
    registry_version: int
    registry_sha256: str
    texts_sha256: dict[str, str]
    language: str
    purposes: tuple[ConsentPurpose, ...]
    pii_controllers: tuple[str, ...]
    collection_method: str
    storage_locations: tuple[str, ...]
    retention_period: str
    jurisdiction: str
    recipients: tuple[str, ...]
    transfers: str
    withdrawal_method: str
    privacy_rights: str
    complaint: str


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Section 6.3.4."""

    party_id: str
    party_name: str
    party_address: str
    party_contact: str
    party_type: Literal["controller"] = "controller"


class ConsentEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Section 6.3.5. `validity_duration`: ISO 8601; `control`: what was pressed, and where."""

    event_time: str
    validity_duration: str
    valid_until: str | None
    entity_id: str
    event_type: str
    control: str
    signal: str | None


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """One record."""

    conforms_to: str
    header: Header
    pii_processing: Processing
    parties: tuple[Party, ...]
    event: ConsentEvent


def consent_record(record: ConsentRecord, notice: Notice) -> Consent:
    """The record in full."""
    return Consent(
        conforms_to=RECORD_IRI,
        header=Header(schema_version="bredele-consent/1", record_id=record.id, pii_principal_id=record.principal),
        pii_processing=processing(record, notice),
        parties=(
            Party(
                party_id=notice.origin,
                party_name=notice.controller,
                party_address=notice.origin,
                party_contact=notice.contact,
            ),
        ),
        event=ConsentEvent(
            event_time=record.time,
            validity_duration=notice.validity,
            valid_until=record.until,
            entity_id=record.principal,
            event_type=record.event,
            control=f"{record.control.choice} ({record.control.place})",
            signal=record.signal,
        ),
    )


def processing(record: ConsentRecord, notice: Notice) -> Processing:
    """What it was about."""
    return Processing(
        privacy_notice=notice.privacy_notice,
        notice_sha256=record.notice,
        registry_version=record.version,
        registry_sha256=record.registry,
        texts_sha256=notice.texts,
        language=record.language,
        purposes=tuple(purpose(record, one) for one in notice.purposes),
        pii_controllers=(notice.controller,),
        collection_method=notice.collection_method,
        storage_locations=(notice.storage_location,),
        retention_period=notice.retention,
        jurisdiction=notice.jurisdiction,
        recipients=notice.recipients,
        transfers=notice.transfers,
        withdrawal_method=notice.withdrawal_method,
        privacy_rights=notice.rights,
        complaint=notice.authority,
    )


def purpose(record: ConsentRecord, told: NoticePurpose) -> ConsentPurpose:
    """One purpose with its state."""
    state = record.states.get(told.id)
    return ConsentPurpose(
        purpose=told.id,
        label=told.label,
        description=told.description,
        lawful_basis=told.basis,
        event_state=msgspec.convert(f"Consent{state.capitalize()}", Status) if state else None,
        pii_information=tuple(
            PiiInformation(
                pii_type=item.kind,
                names=item.names,
                provider=item.provider,
                description=item.text,
                retention_period=item.lifetime,
                recipients=item.third_parties,
            )
            for item in told.items
        ),
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of a record (docs/schema/consent-record.json)."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Consent)}
