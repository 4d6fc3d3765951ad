"""What anyone may read of a ledger: its keys, its signed head, and the proof that it only grew. No record is in it."""

import msgspec
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bredele.ledger.checkpoint import read_checkpoint
from bredele.ledger.errors import InvalidProof, LedgerUnavailable, NoLedgerYet, UnknownRecord
from bredele.ledger.note import encode64
from bredele.web.enforcement.request import SiteRequest
from bredele.web.ledger.logs import log_of

TEXT = "text/plain; charset=utf-8"


@require_safe
def keys(request: SiteRequest) -> HttpResponse:
    """`/.well-known/cookie-ledger.json`: the public keys, the oldest first; none before the first answer."""
    log = log_of(request.site)
    try:
        published = log.published_keys()
    except NoLedgerYet:
        published = ()
    except LedgerUnavailable:
        return unavailable()
    body = {
        "site": request.site.origin,
        "origin": published[-1].key.partition("+")[0] if published else log.origin,
        "keys": published,
        "checkpoint": f"{request.site.origin}/ledger/checkpoint",
        "consistency": f"{request.site.origin}/ledger/consistency/{{first}}/{{second}}",
    }
    return open_to_all(msgspec.json.format(msgspec.json.encode(body), indent=1) + b"\n", "application/json")


@require_safe
def checkpoint(request: SiteRequest) -> HttpResponse:
    """`/ledger/checkpoint`: the signed head, a note as C2SP writes it."""
    try:
        return open_to_all(log_of(request.site).head().encode(), TEXT)
    except (NoLedgerYet, UnknownRecord):
        raise Http404 from None
    except LedgerUnavailable:
        return unavailable()


@require_safe
def consistency(request: SiteRequest, first: int, second: int) -> HttpResponse:
    """`/ledger/consistency/<first>/<second>`: base64 hashes, a line each (RFC 9162 section 2.1.4)."""
    log = log_of(request.site)
    try:
        if second > read_checkpoint(log.head()).size:
            raise Http404
        proof = log.consistency(first, second)
    except (NoLedgerYet, UnknownRecord, InvalidProof):
        raise Http404 from None
    except LedgerUnavailable:
        return unavailable()
    return open_to_all("".join(f"{encode64(step)}\n" for step in proof).encode(), TEXT)


def open_to_all(body: bytes, kind: str) -> HttpResponse:
    """Public, never cached: a head is worth what its age is."""
    response = HttpResponse(body, content_type=kind)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def unavailable() -> HttpResponse:
    """503; the operator is told why by `/readyz`, the log and `bredele doctor`."""
    return HttpResponse("The ledger cannot be read now.\n", status=503, content_type=TEXT)
