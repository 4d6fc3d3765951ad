"""Consent records and their proof, for owners and for machines whose token allows it (LED-14, LED-16)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router, Schema
from ninja.params import Query
from pydantic import ConfigDict, Field

from bredele.ledger.errors import UnknownRecord
from bredele.ledger.iso27560 import consent_record
from bredele.ledger.log import Log
from bredele.ledger.notice import Notice
from bredele.ledger.receipt import encode_receipt, receipt_of
from bredele.ledger.record import ConsentRecord
from bredele.web.api.auth import ANYONE_KNOWN, reader
from bredele.web.api.schemas.ledger import LedgerOut, ReadOut
from bredele.web.api.shapes import OF_A_SITE, faults
from bredele.web.enforcement.index import site_index
from bredele.web.ledger.handing import handed_over
from bredele.web.ledger.logs import log_of
from bredele.web.registry.drafts import find_site

router = Router(tags=["ledger"], auth=ANYONE_KNOWN)
JSON_LINES = "application/jsonl"
BROKEN = faults(503)
RECEIPT_OUT = {"responses": {200: {"description": "The receipt, byte for byte", "content": {"application/json": {}}}}}


class Asked(Schema):
    """Which records: of a period (days, UTC, both included), of one proof id, or all."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    start: date | None = Field(None, alias="from")
    to: date | None = None
    id: str = ""


def opened(request: HttpRequest, slug: str) -> tuple[Log, str]:
    """The log and the caller's name; raises NotAllowed, NoSuchSite, UnknownRecord before the first publication."""
    who = reader(request, slug).name
    find_site(slug)
    site = site_index().by_slug(slug)
    if site is None:
        raise UnknownRecord("Nothing is recorded yet.", where=slug, cure="The ledger begins with the first answer.")
    return log_of(site), who


@router.get(
    "/sites/{slug}/ledger",
    response={200: LedgerOut, **OF_A_SITE, **BROKEN},
    operation_id="ledger",
    summary="Read the ledger's state",
)
def state(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Size, signed head and keys; no record."""
    log, _ = opened(request, slug)
    keys = [msgspec.to_builtins(key) for key in log.published_keys()]
    return {"origin": log.origin, "size": log.size(), "checkpoint": log.head(), "keys": keys}


@router.get(
    "/sites/{slug}/ledger/export",
    operation_id="ledger_export",
    summary="Export records with their proof",
    response={**OF_A_SITE, **faults(422, 503)},
    openapi_extra={"responses": {200: {"description": "An export", "content": {JSON_LINES: {}}}}},
)
def export(request: HttpRequest, slug: str, asked: Query[Asked]) -> StreamingHttpResponse:
    """One file of lines that verifies by itself (`bredele ledger verify`), with the exact texts its records name."""
    log, who = opened(request, slug)
    start, end = (day.isoformat() if day else "" for day in (asked.start, asked.to))
    lines: Iterator[bytes] = handed_over(log, slug, who, start, end, asked.id)
    response = StreamingHttpResponse(lines, content_type=JSON_LINES)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-consent.jsonl"'
    return response


@router.get(
    "/sites/{slug}/ledger/records/{proof_id}",
    operation_id="ledger_records",
    summary="Read the records of a proof id",
    response={**OF_A_SITE, **BROKEN},
    openapi_extra={
        "responses": {
            200: {
                "description": "The records in the structure of ISO/IEC TS 27560, the oldest first",
                "content": {
                    "application/json": {
                        "schema": {"type": "array", "items": {"$ref": "#/components/schemas/StoredConsent"}}
                    }
                },
            }
        }
    },
)
def records(request: HttpRequest, slug: str, proof_id: str) -> HttpResponse:
    """Everything recorded under a visitor's proof id (GDPR Art. 15)."""
    log, who = opened(request, slug)
    found = [entry.record for entry in log.history(proof_id)]
    log.note_read(who, "records of one proof id", len(found))
    told = [consent_record(one, notice_of(log, one)) for one in found if isinstance(one, ConsentRecord)]
    return HttpResponse(msgspec.json.encode(told), content_type="application/json")


@router.get(
    "/sites/{slug}/ledger/receipts/{proof_id}",
    operation_id="ledger_receipt",
    summary="Read a receipt",
    response={**OF_A_SITE, **BROKEN},
    openapi_extra={
        "responses": {200: {"description": "The receipt, byte for byte", "content": {"application/json": {}}}}
    },
)
def receipt(request: HttpRequest, slug: str, proof_id: str) -> HttpResponse:
    """The receipt of the latest record under a proof id; it verifies offline."""
    log, who = opened(request, slug)
    made = encode_receipt(receipt_of(log, proof_id))
    log.note_read(who, "receipt", 1)
    return HttpResponse(made, content_type="application/json")


@router.get(
    "/sites/{slug}/ledger/reads",
    response={200: list[ReadOut], **OF_A_SITE, **BROKEN},
    operation_id="ledger_reads",
    summary="List who read records",
)
def reads(request: HttpRequest, slug: str) -> list[dict[str, Any]]:
    """The last hundred readings, the newest first."""
    log, _ = opened(request, slug)
    names = ("time", "who", "what", "records")
    return [dict(zip(names, row[1:], strict=True)) for row in log.reads()]


def notice_of(log: Log, record: ConsentRecord) -> Notice:
    """What the visitor was told."""
    return msgspec.json.decode(log.notice(record.notice), type=Notice)
