"""The consent ledger of a site: what it holds, proof handed over, a visitor's wish to be erased, who read what.

A proof id goes in the body of a POST only: an address ends in logs and histories (LED-08).
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, cast

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bredele.core.errors import BredeleError
from bredele.ledger.errors import LedgerUnavailable, NoLedgerYet, UnknownRecord
from bredele.ledger.log import Log
from bredele.ledger.overview import Overview, overview, records_of
from bredele.ledger.receipt import encode_receipt, receipt_of
from bredele.ledger.record import ConsentRecord
from bredele.ledger.retention import kept_for
from bredele.ledger.rows import Entry
from bredele.web.backoffice.office import P, author, done, office, page
from bredele.web.ledger.handing import WrongPeriod, handed_over
from bredele.web.ledger.logs import log_of
from bredele.web.registry.desk import Desk
from bredele.web.registry.index import site_index

DAYS, A_PAGE, READS = 31, 50, 20
KINDS = ("grant", "change", "renewal", "refusal", "withdrawal", "expiry", "log")
View = Callable[Concatenate[HttpRequest, Desk, Log, P], HttpResponse]


def may_read(request: HttpRequest) -> bool:
    """Owners read records; everyone else who keeps the registry sees sums, keys and heads (LED-16)."""
    return bool(getattr(request.user, "is_superuser", False))


def of_a_log(view: View[P]) -> Callable[..., HttpResponse]:
    """A page about the log: one that is not there yet, or out of order, says so with its cure."""

    @office
    @wraps(view)
    def opened(request: HttpRequest, desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        site = site_index().by_slug(desk.slug)
        try:
            if site is None:
                raise NoLedgerYet("There is no ledger yet.", cure="It begins with the first answer.")
            return view(request, desk, log_of(site), *args, **kwargs)
        except (NoLedgerYet, UnknownRecord):
            return page(request, desk, "ledger", "ledger.html", {"empty": True})
        except LedgerUnavailable as error:
            return page(request, desk, "ledger", "ledger.html", {"fault": error}, status=503)

    return opened


def of_an_owner(view: View[P]) -> Callable[..., HttpResponse]:
    """A page that reads records: for owners only."""

    @of_a_log
    def opened(request: HttpRequest, desk: Desk, log: Log, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may_read(request):
            return render(request, "403.html", status=403)
        return view(request, desk, log, *args, **kwargs)

    return opened


@require_safe
@of_a_log
def ledger(request: HttpRequest, desk: Desk, log: Log) -> HttpResponse:
    """The page: sums by day and kind, head and keys, how long records are kept, who read."""
    return page(request, desk, "ledger", "ledger.html", state(request, desk, log))


def state(request: HttpRequest, desk: Desk, log: Log) -> dict[str, Any]:
    """What the page shows; what was asked for and not found goes beside it."""
    held = overview(log)
    return {
        "held": held,
        "kinds": KINDS,
        "days": table(held),
        "shown_days": DAYS,
        "head": log.head(),
        "keys": log.published_keys(),
        "kept": kept_for(settings.BREDELE.proof_kept, desk.slug),
        "owner": may_read(request),
        "reads": log.reads(READS) if may_read(request) else [],
    }


def table(held: Overview) -> list[tuple[str, list[int]]]:
    """The newest days, each with a figure a kind."""
    return [(line.day, [line.kinds.get(kind, 0) for kind in KINDS]) for line in held.lines[:DAYS]]


@require_safe
@of_an_owner
def day(request: HttpRequest, desk: Desk, log: Log, when: str) -> HttpResponse:
    """The records of one day, a page at a time."""
    try:
        asked = date.fromisoformat(when)
    except ValueError:
        return not_found(request, desk, log, f"{when} is no day: write it as 2026-11-25.")
    word = request.GET.get("page", "1")
    number = int(word) if word.isdecimal() and 0 < len(word) < 6 else 1
    found, total = records_of(log, asked, (max(1, number) - 1) * A_PAGE, A_PAGE)
    log.note_read(author(request), f"list of {asked}", len(found))
    last = max(1, -(-total // A_PAGE))
    context = {"when": asked, "rows": [told(entry) for entry in found], "total": total, "number": number, "last": last}
    return page(request, desk, "ledger", "ledger_day.html", context)


@require_POST
@of_an_owner
def look_up(request: HttpRequest, desk: Desk, log: Log) -> HttpResponse:
    """Everything recorded under a proof id."""
    return shown(request, desk, log, "ledger_records.html")


def shown(request: HttpRequest, desk: Desk, log: Log, template: str) -> HttpResponse:
    """A page about one proof id."""
    proof_id = request.POST.get("id", "").strip()
    try:
        found = log.history(proof_id)
    except UnknownRecord as error:
        return not_found(request, desk, log, f"{error.message} {error.cure}", proof_id)
    log.note_read(author(request), "records of one proof id", len(found))
    context = {"proof_id": proof_id, "rows": [told(entry) for entry in found]}
    return page(request, desk, "ledger", template, context)


def not_found(request: HttpRequest, desk: Desk, log: Log, why: str, typed: str = "") -> HttpResponse:
    """422: the page again, with why and what was typed."""
    context = {**state(request, desk, log), "why": why, "typed": typed}
    return page(request, desk, "ledger", "ledger.html", context, status=422)


@require_POST
@of_an_owner
def proof(request: HttpRequest, desk: Desk, log: Log) -> HttpResponse:
    """One file that proves records by itself: of a proof id, of a period, or all."""
    start, end, proof_id = (request.POST.get(name, "").strip() for name in ("from", "to", "id"))
    try:
        for word in filter(None, (start, end)):
            date.fromisoformat(word)
        lines = handed_over(log, desk.slug, author(request), start, end, proof_id)
    except (ValueError, WrongPeriod, UnknownRecord) as error:
        said = error.message if isinstance(error, BredeleError) else "A day is written as 2026-11-25."
        return not_found(request, desk, log, said, proof_id)
    response = StreamingHttpResponse(lines, content_type="application/jsonl")
    return attached(cast("HttpResponse", response), f"{desk.slug}-consent.jsonl")


@require_POST
@of_an_owner
def receipt(request: HttpRequest, desk: Desk, log: Log) -> HttpResponse:
    """The receipt a visitor would download."""
    try:
        made = encode_receipt(receipt_of(log, request.POST.get("id", "").strip()))
    except UnknownRecord as error:
        return not_found(request, desk, log, error.message)
    log.note_read(author(request), "receipt", 1)
    return attached(HttpResponse(made, content_type="application/json"), f"{desk.slug}-receipt.json")


@require_POST
@of_a_log
def checkpoint(request: HttpRequest, desk: Desk, log: Log) -> HttpResponse:
    """The signed head, kept for ever from now on, as a file to hold elsewhere."""
    note = HttpResponse(log.checkpoint(), content_type="text/plain; charset=utf-8")
    return attached(note, f"{desk.slug}-checkpoint.txt")


@require_POST
@of_an_owner
def erase(request: HttpRequest, desk: Desk, log: Log) -> HttpResponse:
    """Ask, then erase the content recorded under a proof id (GDPR Art. 17)."""
    if request.POST.get("sure") != "yes":
        return shown(request, desk, log, "ledger_erase.html")
    try:
        found = log.history(request.POST.get("id", "").strip())
    except UnknownRecord as error:
        return not_found(request, desk, log, error.message)
    log.erase([entry.seq for entry in found], "request")
    return done("erased", "ledger", desk.slug)


def told(entry: Entry) -> dict[str, Any]:
    """A row: nothing in it is anybody's but the proof id."""
    record = None if entry.erased else entry.record
    facts: dict[str, Any] = {"number": entry.seq, "record": record, "kind": "log" if record else "erased"}
    if isinstance(record, ConsentRecord):
        id_known = record.principal != "anonymous"
        facts |= {"kind": record.event, "consent": record, "proof_id": record.principal if id_known else ""}
    elif record is not None:
        facts["said"] = msgspec.to_builtins(record)["schema"]
    return facts


def attached(response: HttpResponse, name: str) -> HttpResponse:
    """As a file, never kept by a cache."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
