"""Headers of every answer: what the browser may load, and who may keep a copy."""

from collections.abc import Callable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from bredele.web.enforcement import csp
from bredele.web.enforcement.request import SiteRequest
from bredele.web.enforcement.sites import is_own

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("browsing-topics", "camera", "geolocation", "interest-cohort", "microphone", "payment", "usb")
)


class HeadersMiddleware:
    """Adds the policy, then the rules for caches; answers 304 where the visitor's copy is still true."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if hasattr(request, "erase"):
            response.headers.setdefault("Content-Security-Policy", csp.policy(request))
        return cached(request, response)


def cached(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Private pages, answers with a cookie and the page that tells of a withdrawal are kept by nobody.

    All others carry an ETag over body and policy.
    """
    if response.cookies or is_own(request.path_info) or getattr(request, "withdrawal", None):
        response.headers["Cache-Control"] = "private, no-store"
        return response
    stated = response.headers.get("Cache-Control", "")
    public = stated.startswith("public")  # its view says that it is the same for every visitor
    patch_vary_headers(response, ("Accept-Language",) if public else ("Accept-Language", "Cookie", "Sec-GPC"))
    if stated and not public:
        return response
    response.headers.setdefault("Cache-Control", "no-cache")
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or response.streaming:
        return response
    response.headers.setdefault("ETag", etag(response))
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def etag(response: HttpResponse) -> str:
    """A strong validator over the bytes and the policy they were sent with."""
    policy = response.headers.get("Content-Security-Policy", "")
    return f'"{sha256(response.content + policy.encode()).hexdigest()[:32]}"'
