"""The ASGI app behind `POST /collect`: read, trim, make durable, answer 202. No address, software or URL is written.

GPC, Do Not Track, a refusal and an objection win before anything else: then nothing at all is counted.
"""

import base64
import time
from collections import Counter
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

import msgspec

from bredele.collector import audience, facts
from bredele.collector.committer import Full
from bredele.collector.counting import Counting
from bredele.collector.errors import RefusedPost
from bredele.collector.flood import Flood
from bredele.collector.forwarded import address_of
from bredele.collector.public_post import refuse_cross_site
from bredele.collector.refusal import problem
from bredele.collector.request import Receive, Scope, Send, body_of, cookies_of, host_of, origin_of
from bredele.collector.robots import AHEAD
from bredele.collector.seen import BODY_LIMIT, Seen, from_query, read
from bredele.collector.trimming import Client, agrees, client_of, counts, trim, url_host
from bredele.formats.published import PublishedSite, SiteIndex
from bredele.stats.event import BOT, Event

BODY_SECONDS = 10
INDEX_SECONDS = 0.25
"""For how long a sender once judged is let in again unread; one that is refused is looked at each time."""
LOOPBACK = ("127.0.0.1", "[::1]")
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
NO_STORE = (b"cache-control", b"no-store")
COUNTED_BY = tuple(
    name.encode()
    for name in (
        *("host", "origin", "sec-fetch-site", "user-agent", "accept-language"),
        *("sec-gpc", "dnt", *AHEAD),
    )
)
"""The headers that say for which site and as what browser somebody is counted: thousands of visitors send the same."""
PROBLEM = (b"content-type", b"application/problem+json")
Headers = list[tuple[bytes, bytes]]
Reply = tuple[int, Headers, bytes]
"""Status, headers and body of an answer."""


ACCEPTED: Reply = (202, [], b"")


def accepted(cookie: str) -> Reply:
    """202, with the cookie if one is to be set."""
    return (202, set_by(cookie), b"") if cookie else ACCEPTED


def set_by(cookie: str) -> Headers:
    """The header that sets a cookie; none for none."""
    return [(b"set-cookie", cookie.encode())] if cookie else []


def refused(error: RefusedPost | Full) -> Reply:
    """Why not; 503 where too much waits."""
    if isinstance(error, Full):
        return 503, [(b"retry-after", b"5")], b""
    return error.status, [PROBLEM], problem(error)


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """Of a repeated header the first counts."""
    return dict(reversed(scope["headers"]))


class Sender(msgspec.Struct, frozen=True):
    """For which site and as what somebody is counted; `counts`: only a stored choice may still say no."""

    site: PublishedSite
    client: Client
    counts: bool
    visitors: bool


class Collect:
    """Counts what pages tell. `ticks` are seconds of a clock that only goes forward."""

    def __init__(self, counting: Counting, ticks: Callable[[], float] = time.monotonic) -> None:
        self.counting, self.settings, self.ticks = counting, counting.settings, ticks
        self.index = SiteIndex(self.settings.data)
        self.flood = Flood()
        self._senders: dict[tuple[str | bytes | None, ...], Sender] = {}
        self._read_again = 0.0
        self.answers: Counter[int] = Counter()
        """How many answers of each status were given since the start."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            status, headers, body = await self.respond(scope, receive)
        except (RefusedPost, Full) as error:
            status, headers, body = refused(error)
        self.answers[status] += 1
        length = str(len(body)).encode() if body else b"0"
        await send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": [NO_STORE, (b"content-length", length), *headers],
            }
        )
        await send({"type": "http.response.body", "body": body})

    async def respond(self, scope: Scope, receive: Receive) -> Reply:
        """The answer; raises RefusedPost, and Full where too much waits."""
        posted = scope["method"] == "POST"
        if posted:
            seen, headers = read(await body_of(receive, BODY_LIMIT, BODY_SECONDS)), headers_of(scope)
        elif scope["method"] == "GET":
            headers = headers_of(scope)
            fields = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
            seen = from_query(fields, headers.get(b"referer", b"").decode("latin-1"))
        else:
            raise RefusedPost(405, "Views are posted.", cure="Use POST, or GET for the image.")
        chain = headers.get(b"x-forwarded-for", b"").decode("latin-1")
        address = address_of((scope.get("client") or ("",))[0], chain, self.counting.proxies)
        sender = self.sender_of(scope.get("scheme", "http"), headers, seen)
        event, cookie = self.event_of(sender, headers, seen, address)
        if event is not None:
            await self.counting.committer.add(event)
        return accepted(cookie) if posted else (200, [(b"content-type", b"image/gif"), *set_by(cookie)], PIXEL)

    def begin(
        self, headers: Mapping[bytes, bytes], scheme: str, address: str, body: bytes
    ) -> tuple[Event | None, Reply]:
        """The same of a whole posted event for a server that awaits nothing itself: the event that has to be durable
        before the answer is given, None where there is nothing to wait for."""
        try:
            seen = read(body)
            event, cookie = self.event_of(self.sender_of(scheme, headers, seen), headers, seen, address)
        except RefusedPost as error:
            return None, refused(error)
        return event, accepted(cookie)

    def sender_of(self, scheme: str, headers: Mapping[bytes, bytes], seen: Seen) -> Sender:
        """Who sends: worked out once for all that send the same headers, and again every quarter of a second."""
        key = (seen.site, url_host(seen.url), scheme, *map(headers.get, COUNTED_BY))
        moment = self.ticks()
        if moment >= self._read_again:
            self._senders.clear()
            self._read_again = moment + INDEX_SECONDS
        sender = self._senders.get(key)
        if sender is None:
            said = {name.decode("latin-1"): headers[name].decode("latin-1") for name in COUNTED_BY if name in headers}
            site = self.judged(scheme, said, seen)
            sender = Sender(
                site, client_of(said), counts(site, said), audience.tells_visitors(site, self.settings.origin)
            )
            self._senders[key] = sender
        return sender

    def judged(self, scheme: str, headers: Mapping[str, str], seen: Seen) -> PublishedSite:
        """The site of the Host, or the named one where it lists the Origin (CONTRACTS 2).

        RefusedPost 404 for an unknown site, 403 for a page of another one, 422 for a URL that is not the site's.
        """
        host, told = host_of(headers), url_host(seen.url)
        site = self.find(seen.site, told if host in LOOPBACK and told else host)
        if site is None:
            raise RefusedPost(404, "There is no such site here.", where="site", cure="Name a published site.")
        listed = seen.site and url_host(headers.get("origin", "")) in site.hosts
        if not listed:
            reason = refuse_cross_site(headers, origin_of(scheme, headers), site.origin)
            if reason or not (host in site.hosts or host in LOOPBACK):
                raise RefusedPost(403, reason or "This site does not list that origin.", cure="Send it from the site.")
        if told and told not in site.hosts:
            raise RefusedPost(422, "The URL is not the site's.", where="url", cure="Send the address of the page.")
        return site

    def find(self, slug: str, host: str) -> PublishedSite | None:
        """The site of this name, or where none is given of this host."""
        return self.index.by_slug(slug) if slug else self.index.by_host(host)

    def event_of(
        self, sender: Sender, headers: Mapping[bytes, bytes], seen: Seen, address: str
    ) -> tuple[Event | None, str]:
        """What to count, None for nothing at all, and the cookie to set; RefusedPost 429 for a flood."""
        site = sender.site
        sent = headers.get(b"cookie")
        cookies = cookies_of({"cookie": sent.decode("latin-1")}) if sent else {}
        hour, today = self.counting.hour()
        if not sender.counts or not agrees(site, cookies, today):
            return None, ""
        if sender.client.robot:
            return Event(site.slug, hour, "view", "", BOT), ""
        name = facts.counted_as(address)
        if name and self.flood.exceeds(name, self.ticks()):
            raise RefusedPost(429, "This address sends too much.", cure="Send it again later.")
        flags, cookie = 0, ""
        if sender.visitors and seen.name == "view":
            first = audience.first_view(cookies, seen.first, today)
            flags = audience.flags_of(first)
            now = self.counting.now()
            cookie = audience.audience_cookie(now, secure=site.origin.startswith("https:")) if first.day else ""
        return trim(site, hour, sender.client, seen, address, self.settings.content_parameters, flags), cookie
