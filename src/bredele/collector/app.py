"""The ASGI app behind `POST /consent`: read, answer, count. It writes no address, value or key anywhere."""

import asyncio
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial

import msgspec

from bredele.collector import facts, secret
from bredele.collector.consent import Answer, answer
from bredele.collector.counting import Counting
from bredele.collector.errors import RefusedPost
from bredele.collector.flood import Flood
from bredele.collector.form import BODY_LIMIT, JSON, ChoiceForm, read
from bredele.collector.forwarded import address_of, networks
from bredele.collector.language import language_of
from bredele.collector.public_post import refuse_cross_site
from bredele.collector.recording import Recorder, asked
from bredele.collector.refusal import page, problem
from bredele.collector.request import Receive, Scope, Send, body_of, cookies_of, headers_of, host_of, origin_of
from bredele.core.settings import Settings
from bredele.formats.published import PublishedSite, SiteIndex
from bredele.ledger.book import Book

BODY_SECONDS = 10
AT_ONCE = 32
"""Answers that are stored at once: they share commits of the ledger."""
Headers = list[tuple[str, str]]


def now() -> datetime:
    """The server's clock in UTC: the time of a choice is never the visitor's (LED-15)."""
    return datetime.now(UTC)


class Collector:
    """One installation's collector. `counting` counts its answers; `clock` comes in so that tests can hold it."""

    def __init__(self, settings: Settings, counting: Counting, clock: Callable[[], datetime] = now) -> None:
        self.index = SiteIndex(settings.data)
        self.secret = secret.key(settings)
        self.clock = clock
        self.counting = counting
        self.recorder = Recorder(Book(settings, clock, secrets.token_bytes), settings.data)
        self.flood = Flood()
        self.ticks = time.monotonic
        self.trusted = networks(settings.trusted_proxies)
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="consent")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await live(receive, send)
            return
        headers = headers_of(scope)
        try:
            status, extra, body = await self.respond(scope, headers, receive)
        except RefusedPost as refusal:
            status, extra, body = refuse(refusal, headers)
        await reply(send, status, extra, body)

    async def respond(self, scope: Scope, headers: dict[str, str], receive: Receive) -> tuple[int, Headers, bytes]:
        """Status, headers and body of the answer; raises RefusedPost."""
        if scope["method"] != "POST":
            raise RefusedPost(405, "Choices are posted.", cure="Use POST.")
        site = self.index.by_host(host_of(headers)) or self.index.default()
        if site is None:
            raise RefusedPost(404, "No site is published here.", cure="Publish one first.")
        reason = refuse_cross_site(headers, origin_of(scope.get("scheme", "http"), headers), site.origin)
        if reason:
            raise RefusedPost(403, reason, cure="Answer on the site itself.")
        peer = (scope.get("client") or ("",))[0]
        sender = facts.counted_as(address_of(peer, headers.get("x-forwarded-for", ""), self.trusted))
        if sender and self.flood.exceeds(sender, self.ticks()):
            raise RefusedPost(429, "This address sends too much.", cure="Answer again in a minute.")
        form = read(await body_of(receive, BODY_LIMIT, BODY_SECONDS), headers.get("content-type", ""))
        loop = asyncio.get_running_loop()
        made = await loop.run_in_executor(self._threads, self.answered, site, form, headers)
        return sent(made, json=is_json(headers))

    def answered(self, site: PublishedSite, form: ChoiceForm, headers: dict[str, str]) -> Answer:
        """Record the answer, count it once, and say what to send; raises RefusedPost."""
        language = spoken(site, form, headers)
        record = partial(self.recorder.record, how=asked("consent", language, headers))
        made = answer(site, form, cookies_of(headers), self.clock(), self.secret, host_of(headers), record)
        if not made.again:
            self.counting.note(site.slug, made.outcome, made.choice.version, language)
        return made


def spoken(site: PublishedSite, form: ChoiceForm, headers: dict[str, str]) -> str:
    """The language of the page that asked."""
    published = site.version.registry.site.languages if site.version else ()
    return language_of(published, form.language, cookies_of(headers), headers.get("accept-language", ""))


def sent(made: Answer, *, json: bool) -> tuple[int, Headers, bytes]:
    """200 with the choice to a program, 303 to a form; both with the cookies."""
    cookies = [("set-cookie", header) for header in made.set_cookies]
    if json:
        return 200, [*cookies, ("content-type", JSON)], msgspec.json.encode(made.body)
    return 303, [*cookies, ("location", made.location)], b""


def refuse(refusal: RefusedPost, headers: dict[str, str]) -> tuple[int, Headers, bytes]:
    """The refusal, as the sender can read it."""
    allow = [("allow", "POST")] if refusal.status == 405 else []
    if is_json(headers):
        return refusal.status, [*allow, ("content-type", "application/problem+json")], problem(refusal)
    html = page(refusal, headers.get("accept-language", ""))
    return refusal.status, [*allow, ("content-type", "text/html; charset=utf-8")], html


def is_json(headers: dict[str, str]) -> bool:
    """Whether a program posted."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() == JSON


async def reply(send: Send, status: int, extra: Headers, body: bytes) -> None:
    """Send it; nobody keeps a copy."""
    fixed = [
        ("cache-control", "no-store"),
        ("content-length", str(len(body))),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ("referrer-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
    ]
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in (*fixed, *extra)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def live(receive: Receive, send: Send) -> None:
    """Start and stop when the server says so."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
