"""The open data: one page, and the same as JSON and CSV."""

from collections.abc import Container
from datetime import UTC, datetime
from typing import cast
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bredele.core.consent import SESSION_COOKIE
from bredele.web.enforcement.request import SiteRequest
from bredele.web.enforcement.see_other import SeeOther
from bredele.web.statistics.files import as_csv, as_json
from bredele.web.statistics.page import data_page
from bredele.web.statistics.panels import TITLES
from bredele.web.statistics.sharing import shared
from bredele.web.statistics.tables import Dataset, Grouping, table

DATASETS = ("cookies", "choices", "views", "statistics")
PARTS: dict[str, object] = {
    "total": gettext_lazy("Total"),
    "day": gettext_lazy("By day"),
    "month": gettext_lazy("By month"),
}
TABLES: dict[str, object] = {**PARTS, **{str(name): title for name, title in TITLES.items()}}
"""What the explorer offers of the statistics, in words."""
GROUPINGS: dict[str, Container[str]] = {"views": ("day", "page"), "statistics": TABLES}


@require_safe
def data(request: SiteRequest) -> HttpResponse:
    """Tables with their charts, downloads, and the explorer of the API."""
    site = request.site
    if site.version is None:
        return render(request, "bredele/unpublished.html")
    page = data_page(site, site.version, request.lang, datetime.now(UTC).date())
    public, known = is_public(request), signed_in(request)
    tables = TABLES if page.counting and (public or known) else {}
    return render(request, "bredele/data.html", {"data": page, "signed_in": known, "public": public, "tables": tables})


def is_public(request: SiteRequest) -> bool:
    """Whether the site's owner shows the statistics to everybody."""
    return request.known_host and shared(request.site.slug).public


def signed_in(request: SiteRequest) -> bool:
    """Whether the explorer may post; without a session cookie nothing is looked up."""
    return SESSION_COOKIE in request.COOKIES and request.user.is_authenticated


@require_safe
def explore(request: SiteRequest) -> HttpResponse:
    """The explorer's form without JavaScript: on to the API's own address."""
    dataset, by = request.GET.get("dataset", ""), request.GET.get("by", "")
    if dataset not in DATASETS:
        return HttpResponse(
            f'"dataset" must be one of: {", ".join(DATASETS)}.\n', status=422, content_type="text/plain"
        )
    grouped = {"by": by} if by in GROUPINGS.get(dataset, ()) else {}
    own = dataset == "statistics" and signed_in(request) and not is_public(request)
    place = f"sites/{request.site.slug}/statistics" if own else dataset
    return SeeOther(f"/api/v1/{place}" + (f"?{urlencode(grouped)}" if grouped else ""))


@require_safe
def download(request: SiteRequest, dataset: str, form: str) -> HttpResponse:
    """One dataset as a file; any page may read it. `?by=page` for the views of each page."""
    by: Grouping = "page" if request.GET.get("by") == "page" else "day"
    rows = table(request.site, cast(Dataset, dataset), by, request.lang, datetime.now(UTC).date())
    if form == "json":
        response = HttpResponse(as_json(rows), content_type="application/json")
    else:
        response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{request.site.slug or "site"}-{dataset}.{form}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
