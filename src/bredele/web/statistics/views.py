"""The open data: one page, and the same as JSON and CSV."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bredele.core.consent import SESSION_COOKIE
from bredele.formats.domains import registrable_domain
from bredele.web.enforcement.request import SiteRequest
from bredele.web.preferences.addresses import SeeOther
from bredele.web.statistics.declared import declared


@require_safe
def data(request: SiteRequest) -> HttpResponse:
    import types
    d=types.SimpleNamespace(cookies=declared(request.site.version, request.lang, registrable_domain), counting=False)
    return render(request, "bredele/data.html", {"data": d})
@require_safe
def explore(request: SiteRequest) -> HttpResponse:
    return SeeOther("/")
@require_safe
def download(request: SiteRequest, dataset, form) -> HttpResponse:
    return SeeOther("/")
