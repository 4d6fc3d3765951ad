"""Open data of the site that answers on this host: tables anyone may read, and queries of known callers."""

from datetime import UTC, date, datetime
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from bredele.core.errors import UnknownVersion
from bredele.formats.published import PublishedSite
from bredele.web.api import tables
from bredele.web.api.auth import ANYONE_KNOWN, caller
from bredele.web.api.errors import NotAllowed
from bredele.web.api.schemas.data import (
    By,
    ChoicesOut,
    CookiesOut,
    Grouping,
    Question,
    Range,
    StatisticsAsked,
    StatisticsOut,
    ViewsAsked,
    ViewsOut,
)
from bredele.web.api.shapes import KNOWN, LANGUAGE, OF_A_SITE, faults
from bredele.web.enforcement.index import site_index
from bredele.web.enforcement.request import SiteRequest
from bredele.web.registry.drafts import find_site
from bredele.web.statistics.sharing import shared
from bredele.web.statistics.store import counting, statistics_store

router = Router(tags=["data"], by_alias=True)
WRONG = faults(422)
GROUPED: dict[str, tuple[str, ...]] = {"views": get_args(By), "statistics": get_args(Grouping)}
"""What each dataset may be grouped by."""


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


@router.get(
    "/statistics",
    response={200: StatisticsOut, **faults(403, 422)},
    operation_id="statistics",
    summary="Public statistics",
)
def statistics(request: SiteRequest, response: HttpResponse, asked: Query[StatisticsAsked]) -> dict[str, Any]:
    """One table of the statistics, where the site's owner shows them to everybody."""
    if not (request.known_host and shared(request.site.slug).public):
        raise NotAllowed(
            "The statistics of this site are not public.",
            where=request.site.slug,
            cure="Ask GET /api/v1/sites/{slug}/statistics with a token, or make them public in the back office.",
        )
    open_to_all(response)
    return told(request.site, asked)


@router.get(
    "/sites/{slug}/statistics",
    auth=ANYONE_KNOWN,
    response={200: StatisticsOut, **OF_A_SITE, **WRONG},
    operation_id="site_statistics",
    summary="Statistics of a site",
)
def site_statistics(request: HttpRequest, slug: str, asked: Query[StatisticsAsked]) -> dict[str, Any]:
    """One table of the statistics, as its owner sees them: the same figures as the public ones."""
    caller(request, slug)
    find_site(slug)
    site = site_index().by_slug(slug)
    if site is None:
        raise UnknownVersion("Nothing is counted yet.", where=slug, cure="Publish the first version of its policy.")
    return told(site, asked)


def told(site: PublishedSite, asked: StatisticsAsked) -> dict[str, Any]:
    """The table asked for by GET."""
    filters = [(name, value) for name, _, value in (one.partition(":") for one in asked.filter)]
    return tables.statistics(site, statistics_store(), local_days(asked), asked.by, filters, asked.limit)


@router.post(
    "/query",
    auth=ANYONE_KNOWN,
    response={200: CookiesOut | ChoicesOut | ViewsOut | StatisticsOut, **KNOWN, **faults(413, 422)},
    operation_id="query",
    summary="Ask one question",
)
def query(request: SiteRequest, question: Question) -> dict[str, Any]:
    """The same tables by POST, for a signed-in browser (with its CSRF token) or a machine."""
    caller(request, request.site.slug)
    fits(question)
    if question.dataset == "cookies":
        return tables.cookies(request.site, request.lang)
    store = statistics_store()
    if question.dataset == "statistics":
        filters = list(question.filter.items())
        by, limit = question.by or "day", question.limit or 100
        return tables.statistics(request.site, store, local_days(question), by, filters, limit)
    if question.dataset == "choices":
        return tables.choices(request.site, store, days(question))
    return tables.views(request.site, store, question.by or "day", days(question))


def fits(question: Question) -> None:
    """Raise BadQuestion for a part that another dataset has."""
    if question.by is not None and question.by not in GROUPED.get(question.dataset, ()):
        known = GROUPED.get(question.dataset)
        raise tables.BadQuestion(
            f"`by` has other values for {question.dataset}." if known else "`by` is for views and statistics only.",
            where="body.by",
            cure=f"Use one of: {', '.join(known)}." if known else "Leave it out.",
        )
    if question.dataset != "statistics" and (question.filter or question.limit is not None):
        raise tables.BadQuestion(
            "Only `statistics` take a filter and a limit.",
            where="body.filter" if question.filter else "body.limit",
            cure='Leave it out, or ask for the dataset "statistics".',
        )


def days(asked: Range) -> tuple[date, date]:
    """The range asked for, up to today (UTC)."""
    return tables.span(asked.start, asked.to, datetime.now(UTC).date())


def local_days(asked: Range) -> tuple[date, date]:
    """The range asked for, up to today where the installation is."""
    return tables.span(asked.start, asked.to, counting().now().date())


def open_to_all(response: HttpResponse) -> None:
    """Any page may read it, without credentials (API-02)."""
    response.headers["Access-Control-Allow-Origin"] = "*"
