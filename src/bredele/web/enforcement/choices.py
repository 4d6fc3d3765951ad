"""The visitor's choice, and what a refused purpose may no longer show the application (ENF-08)."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bredele.collector import withdrawal
from bredele.collector.expiry import expiries
from bredele.core.consent import CHOICE_COOKIE, CSRF_COOKIE, LANGUAGE_COOKIE, SESSION_COOKIE, Choice, decode, in_force
from bredele.core.declaration import Declaration
from bredele.core.signal import HEADER, honoured
from bredele.core.verdict import judge
from bredele.formats.published import PublishedSite
from bredele.web.enforcement.answer import add_cookie
from bredele.web.enforcement.request import SiteRequest
from bredele.web.enforcement.sites import host_of

OWN_COOKIES = (SESSION_COOKIE, CSRF_COOKIE, LANGUAGE_COOKIE, CHOICE_COOKIE)


class ChoiceMiddleware:
    """Sets `request.choice`, `.signal` and `.erase`; hides refused cookies from the views and expires them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        now = timezone.now()
        request.choice = choice_of(request.site, request.COOKIES.get(CHOICE_COOKIE, ""), now)
        request.signal = honoured(request.headers.get(HEADER))
        request.erase = addresses_of(request, now)
        refused = refused_cookies(request)
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if name not in refused}
        response = self.get_response(request)
        for name, declaration in refused.items():
            for cookie in expiries(name, declaration, host_of(request)):
                add_cookie(response, cookie)
        return response


def choice_of(site: PublishedSite, value: str, now: datetime) -> Choice | None:
    """What the cookie says, if this site's versions can read it and its time is not over."""
    if site.version is None or not value:
        return None
    choice = decode(value, site.version.purposes_of, now.date())
    return in_force(choice, site.version.registry.preset.choice_kept, now.date())


def addresses_of(request: SiteRequest, now: datetime) -> tuple[str, ...]:
    """Declared erase addresses, while the signed token of a withdrawal is fresh."""
    token = request.GET.get("withdrawn", "")
    if not token:
        return ()
    return withdrawal.addresses(request.site, token, now, settings.SECRET_KEY.encode())


def refused_cookies(request: SiteRequest) -> dict[str, Declaration]:
    """Cookies of this request that are declared and not allowed now."""
    version = request.site.version
    if version is None or not request.known_host:
        return {}
    verdicts = {
        name: judge(version, request.choice, name, host_of(request), site_host=host_of(request))
        for name in request.COOKIES
        if name not in OWN_COOKIES
    }
    return {
        name: verdict.declaration
        for name, verdict in verdicts.items()
        if verdict.declaration is not None and not verdict.allowed
    }
