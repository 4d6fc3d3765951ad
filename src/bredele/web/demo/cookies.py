"""The town's own cookies: set only if the verdict allows it, exactly as the published registry declares them."""

from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

from bredele.core.declaration import Declaration
from bredele.core.lifetime import SESSION
from bredele.core.set_cookie import SetCookie
from bredele.core.verdict import Verdict, judge
from bredele.web.enforcement.answer import add_cookie
from bredele.web.enforcement.request import SiteRequest
from bredele.web.enforcement.sites import host_of

CART, PAGES_READ, THEME = "cart", "pages_read", "theme"


def verdict_of(request: SiteRequest, name: str, host: str = "") -> Verdict:
    """May this cookie be set now, by this host (the request's own if none is given), and why?"""
    version = request.site.version
    if version is None:
        return Verdict(allowed=False, reason="undeclared")
    return judge(version, request.choice, name, host or host_of(request))


def set_if_allowed(request: SiteRequest, response: HttpResponse, name: str, value: str) -> bool:
    """Send the cookie with the answer if the visitor's choice allows it; say whether it was sent."""
    verdict = verdict_of(request, name)
    if not verdict.allowed or verdict.declaration is None:
        return False
    secure = request.site.origin.startswith("https:")
    add_cookie(response, as_declared(verdict.declaration, name, value, timezone.now(), secure=secure))
    return True


def forget(request: SiteRequest, response: HttpResponse, name: str) -> None:
    """Let the browser drop a cookie of the town's own."""
    path = declared_path(verdict_of(request, name).declaration)
    add_cookie(response, SetCookie(name=name, path=path, max_age=0))


def as_declared(row: Declaration, name: str, value: str, now: datetime, *, secure: bool) -> SetCookie:
    """The cookie with the row's attributes; the calendar lifetime counts from `now` (UTC)."""
    return SetCookie(
        name=name,
        value=value,
        path=declared_path(row),
        max_age=(row.lifetime or SESSION).max_age(now),
        secure=bool(row.secure) or secure,
        http_only=bool(row.http_only),
        same_site=row.same_site or "Lax",
        partitioned=bool(row.partitioned),
    )


def declared_path(row: Declaration | None) -> str:
    """The row's path, `/` where none is stated."""
    return (row.path if row else None) or "/"
