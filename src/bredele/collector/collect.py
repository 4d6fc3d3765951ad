"""The ASGI app behind `POST /collect`: read, trim, make durable, answer 202. No address, software or URL is written.

GPC, Do Not Track, a refusal and an objection win before anything else: then nothing at all is counted.
"""

import base64
import time
from collections import Counter
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from bredele.collector import audience, facts
from bredele.collector.committer import Full
from bredele.collector.counting import Counting
from bredele.collector.errors import RefusedPost
from bredele.collector.flood import Flood
from bredele.collector.forwarded import address_of
from bredele.collector.public_post import refuse_cross_site
from bredele.collector.refusal import problem
from bredele.collector.request import Receive, Scope, Send, body_of, cookies_of, headers_of, host_of, origin_of
from bredele.collector.robots import prefetched, robot
from bredele.collector.seen import BODY_LIMIT, Seen, from_query, read
from bredele.collector.trimming import allowed, trim, url_host
from bredele.formats.published import PublishedSite, SiteIndex
from bredele.stats.event import BOT, Event

BODY_SECONDS = 10
HOUR_LENGTH = len("2026-11-24T13")
INDEX_SECONDS = 0.25
"""For how long published sites are taken as read; one that is not found is looked for at once."""
LOOPBACK = ("127.0.0.1", "[::1]")
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
PROBLEM = (b"content-type", b"application/problem+json")
Headers = list[tuple[bytes, bytes]]


class Collect:
    """Counts what pages tell. `ticks` are seconds of a clock that only goes forward."""

    def __init__(self, counting: Counting, ticks: Callable[[], float] = time.monotonic) -> None:
        self.counting, self.settings, self.ticks = counting, counting.settings, ticks
        self.index = SiteIndex(self.settings.data)
        self.flood = Flood()
        self._found: dict[tuple[str, str], PublishedSite] = {}
        self._read_again = 0.0
        self.answers: Counter[int] = Counter()
        """How many answers of each status were given since the start."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            status, headers, body = await self.respond(scope, receive)
        except RefusedPost as refusal:
            status, headers, body = refusal.status, [PROBLEM], problem(refusal)
        except Full:
            status, headers, body = 503, [(b"retry-after", b"5")], b""
        self.answers[status] += 1
        fixed = [(b"cache-control", b"no-store"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": fixed + headers})
        await send({"type": "http.response.body", "body": body})

    async def respond(self, scope: Scope, receive: Receive) -> tuple[int, Headers, bytes]:
        """Status, headers and body of the answer; raises RefusedPost, and Full where too much waits."""
        headers = headers_of(scope)
        posted = scope["method"] == "POST"
        if posted:
            seen = read(await body_of(receive, BODY_LIMIT, BODY_SECONDS))
        elif scope["method"] == "GET":
            seen = from_query(dict(parse_qsl(scope["query_string"].decode("latin-1"))), headers.get("referer", ""))
        else:
            raise RefusedPost(405, "Views are posted.", cure="Use POST, or GET for the image.")
        site = self.site_of(scope, headers, seen)
        event, cookie = self.event_of(site, scope, headers, seen)
        if event is not None:
            await self.counting.committer.add(event)
        extra = [(b"set-cookie", cookie.encode())] if cookie else []
        return (202, extra, b"") if posted else (200, [(b"content-type", b"image/gif"), *extra], PIXEL)

    def site_of(self, scope: Scope, headers: Mapping[str, str], seen: Seen) -> PublishedSite:
        """The site of the Host, or the named one where it lists the Origin (CONTRACTS 2).

        RefusedPost 404 for an unknown site, 403 for a page of another one, 422 for a URL that is not the site's.
        """
        host, told = host_of(headers), url_host(seen.url)
        site = self.find(seen.site, told if host in LOOPBACK and told else host)
        if site is None:
            raise RefusedPost(404, "There is no such site here.", where="site", cure="Name a published site.")
        listed = seen.site and url_host(headers.get("origin", "")) in site.hosts
        if not listed:
            reason = refuse_cross_site(headers, origin_of(scope, headers), site.origin)
            if reason or not (host in site.hosts or host in LOOPBACK):
                raise RefusedPost(403, reason or "This site does not list that origin.", cure="Send it from the site.")
        if told and told not in site.hosts:
            raise RefusedPost(422, "The URL is not the site's.", where="url", cure="Send the address of the page.")
        return site

    def find(self, slug: str, host: str) -> PublishedSite | None:
        """The site of this name, or where none is given of this host."""
        moment = self.ticks()
        if moment >= self._read_again:
            self._found.clear()
            self._read_again = moment + INDEX_SECONDS
        site = self._found.get((slug, host))
        if site is None:
            site = self.index.by_slug(slug) if slug else self.index.by_host(host)
            if site is not None:
                self._found[slug, host] = site
        return site

    def event_of(
        self, site: PublishedSite, scope: Scope, headers: Mapping[str, str], seen: Seen
    ) -> tuple[Event | None, str]:
        """What to count, None for nothing at all, and the cookie to set; RefusedPost 429 for a flood."""
        cookies = cookies_of(headers) if "cookie" in headers else {}
        now = self.counting.now()
        if not allowed(site, headers, cookies, now):
            return None, ""
        hour = now.isoformat()[:HOUR_LENGTH]
        if robot(headers.get("user-agent", "")) or prefetched(headers):
            return Event(site.slug, hour, "view", "", BOT), ""
        peer = (scope.get("client") or ("",))[0]
        address = address_of(peer, headers.get("x-forwarded-for", ""), self.counting.proxies)
        sender = facts.counted_as(address)
        if sender and self.flood.exceeds(sender, self.ticks()):
            raise RefusedPost(429, "This address sends too much.", cure="Send it again later.")
        flags, cookie = 0, ""
        if seen.name == "view" and self.counts_visitors(site):
            first = audience.first_view(cookies, seen.first, now.date())
            flags = audience.flags_of(first)
            cookie = audience.audience_cookie(now, secure=site.origin.startswith("https:")) if first.day else ""
        return trim(site, hour, headers, seen, address, self.settings.content_parameters, flags), cookie

    def counts_visitors(self, site: PublishedSite) -> bool:
        """Whether the site counts visitors; the platform's own never does (its four cookies stay four)."""
        visitors = site.version is not None and site.version.registry.statistics == "visitors"
        return visitors and site.origin != self.settings.origin
