"""Which addresses answer on the hosts of the example sites."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from bredele.web.enforcement.request import SiteRequest

TOWN, PARTNER = "town", "partner"
"""Slugs of the two example sites; `bredele demo` adds them."""
ADDRESSES = {TOWN: "bredele.web.demo.urls_town", PARTNER: "bredele.web.demo.urls_partner"}


class DemoMiddleware:
    """Gives the town and its partner their own addresses; every other site keeps the platform's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        if request.site.demo and request.known_host and request.site.slug in ADDRESSES:
            request.urlconf = ADDRESSES[request.site.slug]
        return self.get_response(request)
