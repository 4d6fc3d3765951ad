"""The theme switch: a look for every page where the visitor lets the town remember it, else for one page."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest

from bredele.web.demo.content.seasons import FIRST, SEASONS
from bredele.web.demo.cookies import THEME
from bredele.web.preferences.addresses import SAID_ONCE, same_site, without

ASKED = "theme"
"""Query name of a look for this page only."""


def season_of(request: HttpRequest) -> str:
    """The look of this page: asked for in the address, else remembered, else the first."""
    for season in (request.GET.get(ASKED, ""), request.COOKIES.get(THEME, "")):
        if season in SEASONS:
            return season
    return FIRST


def only_here(request: HttpRequest) -> bool:
    """Whether the address asks for a look that will not last."""
    season = request.GET.get(ASKED, "")
    return season in SEASONS and request.COOKIES.get(THEME) != season


def here(request: HttpRequest) -> str:
    """This page's address, fit for a form's `next`."""
    return without(request.get_full_path(), (*SAID_ONCE, ASKED))


def back(address: str, season: str = "") -> str:
    """Where the form leads: a page of this site, with the look in the address if it could not be remembered."""
    page = without(same_site(address), (*SAID_ONCE, ASKED))
    if not season:
        return page
    return f"{page}{'&' if urlsplit(page).query else '?'}{urlencode({ASKED: season})}"
