"""Between the town and its partner: where each answers, and the cookie in which the partner keeps what it saw."""

import re
from urllib.parse import urlencode, urlsplit

from bredele.core.declaration import Declaration
from bredele.formats.published import PublishedSite
from bredele.web.demo.routing import PARTNER, TOWN
from bredele.web.enforcement.index import site_index

COOKIE = "partner_pages"
PAGE = re.compile(r"/(?:[a-z0-9-]{1,40}/){0,4}", re.ASCII)
"""A page of the town, as the partner is told it."""
MOST = 8
"""Pages the partner remembers."""
BETWEEN = "|"


def origin_of(slug: str) -> str:
    """Where an example site answers; empty if it is not there."""
    site = site_index().by_slug(slug)
    return site.origin if site is not None and site.demo else ""


def partner_host() -> str:
    """The partner's host; empty if it is not there."""
    return urlsplit(origin_of(PARTNER)).hostname or ""


def address(path: str, page: str, language: str) -> str:
    """What the town embeds: an address of the partner that tells it the page."""
    return f"{origin_of(PARTNER)}{path}?{urlencode({'page': page, 'lang': language})}"


def row() -> Declaration | None:
    """How the town's published policy declares the partner's cookie; None if it does not."""
    town: PublishedSite | None = site_index().by_slug(TOWN)
    if town is None or town.version is None:
        return None
    return town.version.registry.match(COOKIE, partner_host())


def read(value: str) -> tuple[str, ...]:
    """The pages in a cookie value, the newest first; what is no page is left out."""
    return tuple(dict.fromkeys(page for page in value.split(BETWEEN) if PAGE.fullmatch(page)))[:MOST]


def see(pages: tuple[str, ...], page: str) -> tuple[str, ...]:
    """The pages after one more was opened: each once, the newest first."""
    return (page, *(other for other in pages if other != page))[:MOST]


def write(pages: tuple[str, ...]) -> str:
    """The cookie value."""
    return BETWEEN.join(pages)
