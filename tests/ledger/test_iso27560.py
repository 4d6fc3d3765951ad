"""A record in the structure of ISO/IEC TS 27560, and the schema we publish for it."""

from pathlib import Path

import jsonschema
import msgspec

from bredele.ledger.iso27560 import consent_record, schema
from tests.ledger.records import NOTICE, record


def plain() -> dict:
    """The record as JSON."""
    found: dict = msgspec.json.decode(msgspec.json.encode(consent_record(record(3), NOTICE)))
    return found


def test_a_record_and_its_notice_fill_every_mandatory_field() -> None:
    """Rules: LED-04, LED-17"""
    found = plain()
    jsonschema.validate(found, schema())
    assert found["conforms_to"] == "https://w3id.org/dpv/schema/iso-27560#record"
    assert found["header"] == {
        "schema_version": "bredele-consent/1",
        "record_id": record(3).id,
        "pii_principal_id": record(3).principal,
    }
    processing = found["pii_processing"]
    for field in ("privacy_notice", "language", "pii_controllers", "storage_locations", "jurisdiction", "recipients"):
        assert processing[field], field
    assert processing["withdrawal_method"] == "https://town.example/cookies/preferences/"
    states = {one["purpose"]: one["event_state"] for one in processing["purposes"]}
    assert states == {"advertising": "ConsentRefused", "social": "ConsentGiven"}
    assert all(one["pii_information"] for one in processing["purposes"])
    (party,) = found["parties"]
    assert (party["party_name"], party["party_type"]) == ("The town", "controller")
    assert (found["event"]["event_type"], found["event"]["validity_duration"]) == ("grant", "P6M")
    assert found["event"]["event_time"].endswith("Z")


def test_the_published_schema_is_the_one_in_force(root: Path) -> None:
    """Rules: LED-04"""
    published = msgspec.json.decode((root / "docs" / "schema" / "consent-record.schema.json").read_bytes())
    assert published == msgspec.json.decode(msgspec.json.encode(schema()))
    for part in ("header", "pii_processing", "parties", "event", "conforms_to"):
        spoiled = plain()
        del spoiled[part]
        assert list(jsonschema.Draft202012Validator(published).iter_errors(spoiled)), part
