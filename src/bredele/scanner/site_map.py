"""What a site says to crawlers: robots.txt and its sitemaps, fetched through our own proxy and without cookies."""

import asyncio
import gzip
import re
import zlib
from collections.abc import Callable
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request
from urllib.robotparser import RobotFileParser

SECONDS, BYTES = 5.0, 5_000_000
MAPS = 5
AGENT = "bredele"
PLACE = re.compile(rb"<loc>\s*(?:<!\[CDATA\[)?\s*(.*?)\s*(?:\]\]>)?\s*</loc>", re.DOTALL)
Fetch = Callable[[str], bytes | None]


class ToldToCrawlers:
    """The rules of robots.txt, and the pages of the sitemaps in their order."""

    def __init__(self, rules: RobotFileParser, pages: tuple[str, ...]) -> None:
        self.rules, self.pages = rules, pages

    def allows(self, url: str) -> bool:
        """Whether a crawler may open the page."""
        return self.rules.can_fetch(AGENT, url)

    @property
    def pause(self) -> float:
        """Seconds between two pages that the site asks for; at most ten."""
        delay = self.rules.crawl_delay(AGENT)
        return min(float(delay), 10.0) if delay else 0.0


async def ask_site(origin: str, proxy: str, limit: int) -> ToldToCrawlers:
    """What an origin tells crawlers, at most `limit` pages; a site that tells nothing forbids nothing."""
    return await asyncio.to_thread(told_by, origin, fetcher(proxy), limit)


def told_by(origin: str, fetch: Fetch, limit: int) -> ToldToCrawlers:
    """The same, with whatever fetches."""
    rules = RobotFileParser()
    rules.parse((fetch(f"{origin}/robots.txt") or b"").decode("utf-8", "replace").splitlines())
    waiting = list(rules.site_maps() or [f"{origin}/sitemap.xml"])
    pages: list[str] = []
    for _ in range(MAPS * 2):
        if not waiting or len(pages) >= limit:
            break
        place = waiting.pop(0)
        data = unpacked(fetch(urljoin(origin, place)) or b"")
        found = [match.decode("utf-8", "replace").replace("&amp;", "&") for match in PLACE.findall(data)]
        if b"<sitemapindex" in data[:2000]:
            waiting += [one for one in found if one.startswith(origin)][:MAPS]
        else:
            pages += [one for one in found if one.startswith(origin + "/")]
    return ToldToCrawlers(rules, tuple(dict.fromkeys(pages))[:limit])


def unpacked(data: bytes) -> bytes:
    """The content of a sitemap that may be packed; nothing of a broken one."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, BYTES)
    except (zlib.error, gzip.BadGzipFile):
        return b""


def fetcher(proxy: str) -> Fetch:
    """A function that gets an address through the proxy; None for anything but a good answer."""
    opener = OpenerDirector()
    for handler in (ProxyHandler({"http": proxy, "https": proxy}), HTTPHandler(), HTTPSHandler()):
        opener.add_handler(handler)

    def fetch(url: str) -> bytes | None:
        if not url.startswith(("http://", "https://")):
            return None
        request = Request(url, headers={"User-Agent": f"{AGENT} (cookie scanner)"})  # noqa: S310  # checked above
        try:
            with opener.open(request, timeout=SECONDS) as answer:
                return bytes(answer.read(BYTES)) if answer.status == 200 else None
        except (OSError, URLError, HTTPException, ValueError):
            return None

    return fetch
