"""What a site says to crawlers: robots.txt and its sitemaps, fetched through our own proxy and without cookies."""

import asyncio
import gzip
import re
import zlib
from collections.abc import Callable
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from protego import Protego

SECONDS, BYTES = 5.0, 5_000_000
MAPS = 5
AGENT = "bredele"
PLACE = re.compile(rb"<loc>\s*(?:<!\[CDATA\[)?\s*(.*?)\s*(?:\]\]>)?\s*</loc>", re.DOTALL)
Fetch = Callable[[str], bytes | None]


LONGEST_PAUSE = 10.0
KEEP_OUT = "User-agent: *\nDisallow: /"


class Unavailable(Exception):
    """The server itself fails: what it would have forbidden is not known."""


class ToldToCrawlers:
    """The rules of robots.txt (RFC 9309), and the pages of the sitemaps in their order."""

    def __init__(self, rules: Protego, pages: tuple[str, ...]) -> None:
        self.rules, self.pages = rules, pages

    def allows(self, url: str) -> bool:
        """Whether a crawler may open the page."""
        return bool(self.rules.can_fetch(url, AGENT))

    @property
    def pause(self) -> float:
        """Seconds between two pages that the site asks for, by a delay or a rate; at most ten."""
        rate = self.rules.request_rate(AGENT)
        asked = (self.rules.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)
        return min(max(0.0, *map(float, asked)), LONGEST_PAUSE)


NOTHING_TOLD = ToldToCrawlers(Protego.parse(""), ())
"""A site that forbids nothing, or one's own."""


async def ask_site(origin: str, proxy: str, limit: int) -> ToldToCrawlers:
    """What an origin tells crawlers, at most `limit` pages; a site that tells nothing forbids nothing."""
    return await asyncio.to_thread(told_by, origin, fetcher(proxy), limit)


def told_by(origin: str, fetch: Fetch, limit: int) -> ToldToCrawlers:
    """The same, with whatever fetches."""
    try:
        robots = (fetch(f"{origin}/robots.txt") or b"").decode("utf-8", "replace")
    except Unavailable:
        robots = KEEP_OUT  # RFC 9309, 2.3.1.4
    rules = Protego.parse(robots)
    waiting = list(rules.sitemaps) or [f"{origin}/sitemap.xml"]
    pages: list[str] = []
    for _ in range(MAPS * 2):
        if not waiting or len(pages) >= limit:
            break
        place = waiting.pop(0)
        data = unpacked(fetched(urljoin(origin, place), fetch))
        found = [match.decode("utf-8", "replace").replace("&amp;", "&") for match in PLACE.findall(data)]
        if b"<sitemapindex" in data[:2000]:
            waiting += [one for one in found if one.startswith(origin)][:MAPS]
        else:
            pages += [one for one in found if one.startswith(origin + "/")]
    return ToldToCrawlers(rules, tuple(dict.fromkeys(pages))[:limit])


def fetched(place: str, fetch: Fetch) -> bytes:
    """The content of a sitemap; nothing of one that cannot be had."""
    try:
        return fetch(place) or b""
    except Unavailable:
        return b""


def unpacked(data: bytes) -> bytes:
    """The content of a sitemap that may be packed; nothing of a broken one."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, BYTES)
    except (zlib.error, gzip.BadGzipFile):
        return b""


def fetcher(proxy: str) -> Fetch:
    """A function that gets an address through the proxy, redirects followed; None for anything but a good answer.

    It raises Unavailable where the server answers that it fails.
    """
    opener = OpenerDirector()
    known = (
        HTTPHandler,
        HTTPSHandler,
        HTTPRedirectHandler,
        HTTPDefaultErrorHandler,
        HTTPErrorProcessor,
        UnknownHandler,
    )
    for handler in (ProxyHandler({"http": proxy, "https": proxy}), *(kind() for kind in known)):
        opener.add_handler(handler)

    def fetch(url: str) -> bytes | None:
        if not url.startswith(("http://", "https://")):
            return None
        request = Request(url, headers={"User-Agent": f"{AGENT} (cookie scanner)"})  # noqa: S310  # checked above
        try:
            with opener.open(request, timeout=SECONDS) as answer:
                return bytes(answer.read(BYTES))
        except HTTPError as error:
            error.close()
            if error.code >= 500 and "x-bredele-proxy" not in error.headers:
                raise Unavailable from None
            return None
        except (OSError, URLError, HTTPException, ValueError):
            return None

    return fetch
