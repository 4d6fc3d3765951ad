"""The town's statistical cookie: how many pages were opened, up to ten, and nothing that says who."""

from django.http import HttpRequest, HttpResponse

from bredele.web.demo.cookies import PAGES_READ, set_if_allowed
from bredele.web.enforcement.request import SiteRequest

MOST = 10
"""From here on the cookie says the same for everybody."""


def pages_read(request: HttpRequest) -> int:
    """The number in the cookie; 0 where there is none or it is no such number."""
    value = request.COOKIES.get(PAGES_READ, "")
    return int(value) if value in NUMBERS else 0


NUMBERS = tuple(str(number) for number in range(1, MOST + 1))


def count(request: SiteRequest, response: HttpResponse) -> None:
    """One page more, if a page was shown and the visitor lets the town measure."""
    if request.method == "GET" and response.status_code == 200:
        set_if_allowed(request, response, PAGES_READ, str(min(pages_read(request) + 1, MOST)))
