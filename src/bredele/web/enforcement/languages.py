"""The language of a page: `?lang=` (sets nothing) > `django_language` > Accept-Language > the site's first."""

from collections.abc import Callable, Iterable

from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from bredele.core.consent import LANGUAGE_COOKIE
from bredele.formats.published import PublishedSite
from bredele.web.enforcement.request import SiteRequest


class LanguageMiddleware:
    """Sets `request.lang`, speaks it while the page is made, and says so in `Content-Language`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        request.lang = language_of(request)
        request.LANGUAGE_CODE = request.lang
        with translation.override(request.lang):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.lang)
        return response


def languages_of(site: PublishedSite) -> tuple[str, ...]:
    """The published languages, the default first; English before the first publication."""
    return site.version.registry.site.languages if site.version else ("en",)


def language_of(request: SiteRequest) -> str:
    """The first published language among what the visitor asks for. The back office speaks English."""
    if request.path_info.startswith("/backoffice"):
        return "en"
    published = languages_of(request.site)
    return first_published(wanted(request), published) or published[0]


def wanted(request: HttpRequest) -> Iterable[str]:
    """Language codes in order of strength."""
    yield request.GET.get("lang", "")
    yield request.COOKIES.get(LANGUAGE_COOKIE, "")
    accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    yield from (code for code, weight in parse_accept_lang_header(accepted) if weight > 0)


def own_name(code: str) -> str:
    """A language's name in that language; the code itself where Django knows none."""
    known = LANG_INFO.get(code, {})
    return str(known.get("name_local", code)).capitalize()


def first_published(codes: Iterable[str], published: tuple[str, ...]) -> str | None:
    """The first code that is published as it is or by its primary subtag (RFC 4647 section 3.4)."""
    for code in codes:
        for candidate in (code.lower(), code.lower().partition("-")[0]):
            if candidate in published:
                return candidate
    return None
