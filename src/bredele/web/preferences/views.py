"""The preference page, which works without JavaScript, and the choice of a language."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.http import HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bredele.collector.public_post import refuse_cross_site
from bredele.core.consent import CHOICE_COOKIE, LANGUAGE_COOKIE
from bredele.web.enforcement.request import SiteRequest
from bredele.web.enforcement.see_other import SeeOther
from bredele.web.preferences import languages
from bredele.web.preferences.addresses import SAID_ONCE, same_site, without
from bredele.web.preferences.answering import answer
from bredele.web.preferences.page import preference_page

GPC_SINCE = date(2026, 11, 24)
"""The day this software first honoured the signal: what a site says before its first version."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: SiteRequest) -> HttpResponse:
    """GET the stored state; POST an answer (fields of CONTRACTS 2), then 303 back to the page."""
    if request.method == "POST":
        return refused(request) or answer(request, datetime.now(UTC))
    page = preference_page(request.site, request.choice, get_language() or "en", signal=request.signal)
    saved = "saved" in request.GET
    unreadable = request.choice is None and CHOICE_COOKIE in request.COOKIES
    return render(request, "bredele/preferences.html", {"page": page, "saved": saved, "unreadable": unreadable})


@require_safe
def gpc(request: SiteRequest) -> HttpResponse:
    """The support resource of Global Privacy Control: honoured, and since which day this is so (API-04)."""
    published = request.site.version.published.date() if request.site.version else GPC_SINCE
    return JsonResponse({"gpc": True, "lastUpdate": published.isoformat()})


@csrf_exempt
@require_POST
def choose_language(request: SiteRequest) -> HttpResponse:
    """Keep the chosen language in `django_language` (PLT-05), then 303 to `next`; 422 for one that is not published."""
    refusal = refused(request)
    if refusal is not None:
        return refusal
    code, published = request.POST.get("language", ""), languages.published(request.site)
    if code not in published:
        known = ", ".join(published) or "-"
        return HttpResponse(f'"language" must be one of: {known}.\n', status=422, content_type="text/plain")
    response = SeeOther(without(same_site(request.POST.get("next", "")), SAID_ONCE))
    if len(published) > 1:
        keep_language(response, code, secure=request.site.origin.startswith("https:"))
    return response


def keep_language(response: HttpResponse, code: str, *, secure: bool) -> None:
    """Set the cookie with the calendar lifetime of the settings and the attributes of DESIGN 4."""
    response.set_cookie(
        LANGUAGE_COOKIE,
        code,
        max_age=languages.kept().max_age(datetime.now(UTC)),
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=secure,
        samesite="Lax",
    )


def refused(request: SiteRequest) -> HttpResponse | None:
    """403 for a form sent from another site; public pages carry no token, so this is the guard (CONTRACTS 2)."""
    reason = refuse_cross_site(request.headers, f"{request.scheme}://{request.get_host()}", request.site.origin)
    return HttpResponseForbidden(f"{reason}\n", content_type="text/plain") if reason else None
