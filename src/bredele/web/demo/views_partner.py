"""The partner's pages: its home, the frame and the player that the town embeds, and the erasing of its own cookie."""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from bredele.core.declaration import Declaration
from bredele.core.set_cookie import SetCookie
from bredele.web.demo import lorgnette
from bredele.web.demo.content.words_partner import CAPTIONS
from bredele.web.demo.cookies import as_declared
from bredele.web.demo.routing import TOWN
from bredele.web.enforcement.answer import add_cookie
from bredele.web.enforcement.languages import first_published, wanted
from bredele.web.enforcement.request import SiteRequest

LANGUAGES = ("en", "fr")
NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n'


@require_safe
def home(request: SiteRequest) -> HttpResponse:
    """Who the partner is and what a third party's cookie lets it see. Sets nothing."""
    return page(request, "home", {"seen": None}, framed_by="'none'")


@require_safe
def frame(request: SiteRequest) -> HttpResponse:
    """The box on the town's pages: which of them the partner has seen."""
    return embedded(request, "frame")


@require_safe
def player(request: SiteRequest) -> HttpResponse:
    """The film: a drawing that moves when it is told to."""
    return embedded(request, "player")


@require_safe
def erase(request: SiteRequest) -> HttpResponse:
    """An image of nothing that expires the partner's cookie; a withdrawal on the town loads it."""
    response = HttpResponse(NOTHING, content_type="image/svg+xml")
    response.headers["Cache-Control"] = "no-store"
    row = lorgnette.row()
    if row is not None:
        cookie = as_declared(row, lorgnette.COOKIE, "", datetime.now(UTC), secure=True)
        add_cookie(response, msgspec.structs.replace(cookie, max_age=0))
    return response


def not_found(request: SiteRequest, exception: Exception) -> HttpResponse:
    """404, in words."""
    response = page(request, "lost", {}, framed_by="'none'")
    response.status_code = 404
    return response


def embedded(request: SiteRequest, template: str) -> HttpResponse:
    """A page for inside the town's: what was seen, with the page that embeds it; 422 for what is no page."""
    seen_now = request.GET.get("page", "")
    if not lorgnette.PAGE.fullmatch(seen_now):
        return HttpResponse('"page" must be a page of the town, such as "/news/".\n', status=422, content_type=PLAIN)
    seen = lorgnette.see(lorgnette.read(request.COOKIES.get(lorgnette.COOKIE, "")), seen_now)
    context = {"seen": seen, "captions": CAPTIONS}
    response = page(request, template, context, framed_by=lorgnette.origin_of(TOWN) or "'none'")
    row = lorgnette.row()
    if row is not None and request.headers.get("Sec-Fetch-Dest") == "iframe":
        add_cookie(response, keeping(row, seen))
    return response


PLAIN = "text/plain; charset=utf-8"


def keeping(row: Declaration, seen: tuple[str, ...]) -> SetCookie:
    """The cookie that holds what was seen, so that the server need not."""
    return as_declared(row, lorgnette.COOKIE, lorgnette.write(seen), datetime.now(UTC), secure=True)


def page(request: SiteRequest, template: str, context: Mapping[str, object], *, framed_by: str) -> HttpResponse:
    """A page in the visitor's language, under a strict policy of its own: framed by one site at most."""
    language = first_published(wanted(request), LANGUAGES) or LANGUAGES[0]
    frame = {"lang": language, "languages": LANGUAGES, "town": lorgnette.origin_of(TOWN)}
    with translation.override(language):
        response = render(request, f"demo/partner/{template}.html", {**frame, **context})
    response.headers["Content-Language"] = language
    response.headers["Content-Security-Policy"] = POLICY.format(framed_by=framed_by)
    return response


POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; frame-ancestors {framed_by}"
)
