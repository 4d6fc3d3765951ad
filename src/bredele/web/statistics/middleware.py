"""Counting page views without JavaScript: what is kept is coarse, never who."""

from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse

from bredele.collector.committer import Full
from bredele.collector.forwarded import address_of
from bredele.collector.robots import navigation, objects, prefetched, robot
from bredele.collector.seen import URL_LIMIT, Seen
from bredele.collector.trimming import client_of, trim
from bredele.core.signal import HEADER, honoured
from bredele.core.verdict import may_count
from bredele.stats.event import HOUR_FORM, SHOWN, Happening
from bredele.web.enforcement.request import SiteRequest
from bredele.web.enforcement.sites import is_own
from bredele.web.statistics.store import counting

BANNER = b"data-bredele-banner"
TOLD = b'data-visitors="1"'
"""The tag of a script that tells of the view itself (or an image beside it does): never both are counted."""
RELOADED = ("max-age=0", "no-cache")
"""What browsers ask of caches when a page is loaded again."""


class StatisticsMiddleware:
    """Counts a view after the page was made, and a banner where the page carries one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_page(request, response) and is_visit(request):
            if allowed(request) and TOLD not in response.content:
                count(request, response)
            count_banner(request, response)
        return response


def is_page(request: SiteRequest, response: HttpResponse) -> bool:
    """Whether a public HTML page was answered."""
    html = response.headers.get("Content-Type", "").startswith("text/html")
    public = not is_own(request.path_info) and not request.path_info.startswith("/api/")
    return request.method == "GET" and response.status_code == 200 and html and public and not response.streaming


def is_visit(request: SiteRequest) -> bool:
    """Whether a person went there (judged in memory)."""
    headers = request.headers
    return navigation(headers) and not prefetched(headers) and not robot(headers.get("User-Agent", ""))


def allowed(request: SiteRequest) -> bool:
    """Whether the site counts at all, and this visitor did not object (ANA-08, BAN-21)."""
    version = request.site.version
    return (
        request.known_host
        and version is not None
        and may_count(version, request.choice)
        and not objects(request.headers)
    )


def count(request: SiteRequest, response: HttpResponse) -> None:
    """Queue the view as coarse facts; the page does not wait for the disk. Where too much waits, it is not counted."""
    here = counting()
    now, headers, referrer = here.now(), request.headers, request.headers.get("Referer", "")
    address = address_of(request.META.get("REMOTE_ADDR", ""), headers.get("X-Forwarded-For", ""), here.proxies)
    again = headers.get("Cache-Control", "") in RELOADED
    seen = Seen(name="view", url=request.get_full_path()[:URL_LIMIT], referrer=referrer[:URL_LIMIT], again=again)
    flags = SHOWN if BANNER in response.content else 0
    parameters = here.settings.content_parameters
    with suppress(Full):
        here.put(trim(request.site, now.strftime(HOUR_FORM), client_of(headers), seen, address, parameters, flags))


def count_banner(request: SiteRequest, response: HttpResponse) -> None:
    """Add a banner to the sums of its version and language: this counts notices, not visits (CONTRACTS 1, GPC)."""
    version = request.site.version
    if version is None or not request.known_host or BANNER not in response.content:
        return
    happening: Happening = "gpc" if honoured(request.headers.get(HEADER)) else "shown"
    counting().note(request.site.slug, happening, version.number, request.lang)
