"""Open data of the site that answers on this host: tables anyone may read, and queries of known callers."""

from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router

from bredele.web.api import tables
from bredele.web.api.auth import ANYONE_KNOWN, caller
from bredele.web.api.schemas.data import ChoicesOut, CookiesOut, Question, Range, ViewsAsked, ViewsOut
from bredele.web.api.shapes import KNOWN, LANGUAGE, faults
from bredele.web.enforcement.request import SiteRequest
from bredele.web.statistics.store import statistics_store

router = Router(tags=["data"], by_alias=True)
WRONG = faults(422)


@router.get("/cookies", response=CookiesOut, operation_id="cookies", summary="Declared cookies", openapi_extra=LANGUAGE)
def cookies(request: SiteRequest, response: HttpResponse) -> dict[str, Any]:
    """Every declaration of the version in force, in a published language."""
    open_to_all(response)
    return tables.cookies(request.site, request.lang)


@router.get("/choices", response={200: ChoicesOut, **WRONG}, operation_id="choices", summary="Visitors' choices")
def choices(request: SiteRequest, response: HttpResponse, asked: Query[Range]) -> dict[str, Any]:
    """Answers to the question for consent, summed by calendar month and policy version."""
    open_to_all(response)
    return tables.choices(request.site, statistics_store(), days(asked))


@router.get("/views", response={200: ViewsOut, **WRONG}, operation_id="views", summary="Page views")
def views(request: SiteRequest, response: HttpResponse, asked: Query[ViewsAsked]) -> dict[str, Any]:
    """Page views, counted as sums without anything that identifies anyone."""
    open_to_all(response)
    return tables.views(request.site, statistics_store(), asked.by, days(asked))


@router.post(
    "/query",
    auth=ANYONE_KNOWN,
    response={200: CookiesOut | ChoicesOut | ViewsOut, **KNOWN, **faults(413, 422)},
    operation_id="query",
    summary="Ask one question",
)
def query(request: SiteRequest, question: Question) -> dict[str, Any]:
    """The same tables by POST, for a signed-in browser (with its CSRF token) or a machine."""
    caller(request, request.site.slug)
    if question.by is not None and question.dataset != "views":
        raise tables.BadQuestion("`by` is for page views only.", where="body.by", cure="Leave it out.")
    if question.dataset == "cookies":
        return tables.cookies(request.site, request.lang)
    if question.dataset == "choices":
        return tables.choices(request.site, statistics_store(), days(question))
    return tables.views(request.site, statistics_store(), question.by or "day", days(question))


def days(asked: Range) -> tuple[date, date]:
    """The range asked for, up to today (UTC)."""
    return tables.span(asked.start, asked.to, datetime.now(UTC).date())


def open_to_all(response: HttpResponse) -> None:
    """Any page may read it, without credentials (API-02)."""
    response.headers["Access-Control-Allow-Origin"] = "*"
