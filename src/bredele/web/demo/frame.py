"""What every page of the town shows around its own words."""

from urllib.parse import urlsplit

import msgspec

from bredele.core.declaration import Text
from bredele.web.demo import cart, lorgnette, season
from bredele.web.demo.content.seasons import SEASONS
from bredele.web.demo.cookies import CART, THEME, verdict_of
from bredele.web.demo.routing import PARTNER
from bredele.web.enforcement.request import SiteRequest


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """Facts for the town's base template (template name `town`)."""

    season: str
    seasons: dict[str, Text]
    only_here: bool
    """The look is in the address and not remembered: the page says how it could be."""
    remembers: bool
    """The visitor lets the town remember the look."""
    here: str
    books: int
    """Copies in the cart."""
    partner: str
    """The partner's origin; empty if there is none."""
    host: str
    """The partner's host and port, as the visitor may read it."""
    watched: bool
    """The partner's box and player may be on the page."""
    box: str
    """Address of the partner's box for this page."""
    player: str


def frame(request: SiteRequest) -> Frame:
    """The frame of this page for this visitor."""
    host = lorgnette.partner_host()
    return Frame(
        season=season.season_of(request),
        seasons=SEASONS,
        only_here=season.only_here(request),
        remembers=verdict_of(request, THEME).allowed,
        here=season.here(request),
        books=sum(cart.read(request.COOKIES.get(CART, "")).values()),
        partner=lorgnette.origin_of(PARTNER),
        host=urlsplit(lorgnette.origin_of(PARTNER)).netloc,
        watched=bool(host and lorgnette.PAGE.fullmatch(request.path)) and watches(request, host),
        box=lorgnette.address("/frame/", request.path, request.lang),
        player=lorgnette.address("/player/", request.path, request.lang),
    )


def watches(request: SiteRequest, host: str) -> bool:
    """Whether the visitor lets the partner keep its cookie."""
    return verdict_of(request, lorgnette.COOKIE, host).allowed
