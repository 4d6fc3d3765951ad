"""The visitor's choice, and what a refused purpose may no longer show the application (ENF-08)."""

from collections import OrderedDict
from collections.abc import Callable, Container
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bredele.collector import secret, withdrawal
from bredele.collector.expiry import expiries
from bredele.collector.withdrawal import Withdrawal
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
    """Sets the choice and what hangs on it (`SiteRequest`); hides refused cookies from the views and expires them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        now = timezone.now()
        request.choice = choice_of(request.site, request.COOKIES.get(CHOICE_COOKIE, ""), now)
        request.signal = honoured(request.headers.get(HEADER))
        request.withdrawal = withdrawal_of(request, now)
        request.erase = erase_once(request)
        refused = refused_cookies(request)
        if refused:
            hide(request, refused)
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


def withdrawal_of(request: SiteRequest, now: datetime) -> Withdrawal | None:
    """What was just withdrawn, while the signed token of it is fresh."""
    token = request.GET.get(withdrawal.PARAMETER, "")
    return withdrawal.read(request.site, token, now, secret.key(settings.BREDELE)) if token else None


def erase_once(request: SiteRequest) -> tuple[str, ...]:
    """Declared erase addresses, the first time a page is made for this token: a reload asks no third party again."""
    if request.withdrawal is None or request.method != "GET":
        return ()
    return request.withdrawal.addresses if told.first(request.GET[withdrawal.PARAMETER]) else ()


class Told:
    """The last tokens this process has seen; in memory only."""

    def __init__(self, most: int = 4096) -> None:
        self.most = most
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def first(self, token: str) -> bool:
        """Whether this token was not seen before."""
        with self._lock:
            new = token not in self._seen
            self._seen[token] = None
            while len(self._seen) > self.most:
                self._seen.popitem(last=False)
        return new


told = Told()


def hide(request: SiteRequest, refused: Container[str]) -> None:
    """Take the refused cookies out of what the views can read: the parsed ones and the header itself (ENF-08)."""
    request.COOKIES = {name: value for name, value in request.COOKIES.items() if name not in refused}
    pairs = (pair.strip() for pair in request.META.get("HTTP_COOKIE", "").split(";"))
    request.META["HTTP_COOKIE"] = "; ".join(pair for pair in pairs if pair.partition("=")[0].strip() not in refused)


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
