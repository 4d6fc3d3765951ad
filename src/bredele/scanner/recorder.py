"""Writes down what one browser does in one state: requests, attempts to store, and what is stored in the end."""

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import msgspec
from playwright.async_api import CDPSession, Error, Page

from bredele.core.observation import How, Rejection, Request, Setter
from bredele.scanner.errors import PageLost
from bredele.scanner.exchanges import LASTING, Exchanges
from bredele.scanner.masking import bare_address, host_of, page_address
from bredele.scanner.stored import Stored, cookie_key
from bredele.scanner.targets import Target, listen, page_target
from bredele.scanner.unrest import Unrest
from bredele.scanner.writes import (
    Circumstances,
    Key,
    Removal,
    Write,
    deletes,
    from_cookie_store,
    from_header,
    from_script,
    removal,
    to_storage,
)

Message = dict[str, Any]
PIXEL_BYTES = 120
READ_BY_SCRIPTS = ("Fetch", "XHR")
"""Types of requests whose answer a script reads, or does not: browsers read all others to their end."""
ANSWERS, HUNG_SECONDS = 8, 15.0
OWN_SETTINGS = ("UserPreferences", "ThirdPartyPhaseout", "ThirdPartyBlockedInFirstPartySet")
"""Reasons that speak of this browser's settings, not of the cookie."""
STORAGE_SCRIPTED = ("session_storage", "local_storage", "indexed_db", "cache_storage", "service_worker", "opfs")


def script(name: str) -> str:
    """One of our scripts for pages."""
    return (files("bredele.scanner") / "scripts" / name).read_text(encoding="utf-8")


def recording(binding: str, signal: bool) -> str:
    """The recording script that reports by `binding`; `signal`: with Global Privacy Control as a property."""
    fingerprint = script("fingerprint.js").partition("\n(")[2].rstrip().removesuffix(")")
    source = script("record.js").replace('"FINGERPRINT"', fingerprint)
    return source.replace("BINDING", binding).replace('"SIGNAL"', "true" if signal else "false")


class Recorder:
    """The record of one state. `in_answer`, `occasion` and `page` are set by the journey as it goes.

    `epoch` counts decisive clicks: what happens in the last epoch, or is still there in it, belongs to the state.
    """

    def __init__(
        self, state: str, foreign: Callable[[str], bool], binding: str, by_workers: Mapping[tuple[str, str], str]
    ) -> None:
        self.state, self.foreign, self.binding, self.by_workers = state, foreign, binding, by_workers
        self.exchanges = Exchanges()
        self.stored = Stored()
        self.scripted: list[Write] = []
        self.removals: list[Removal] = []
        self.leavers: dict[str, set[str]] = {}
        self.left = ""
        self.asked: dict[tuple[str, str, int, bool], int] = {}
        self.images: dict[str, tuple[str, str]] = {}
        self.carried: dict[str, set[str]] = {}
        self.resent: set[Key] = set()
        self.epoch, self.in_answer, self.occasion, self.page = 0, False, "visit", ""
        self.away, self.crashed = False, False
        self.news, self.known_scripts = False, set[str]()
        self.unrest = Unrest(time.monotonic)
        self.closed_roots = f"r{secrets.token_hex(6)}"
        self.headers = {"Sec-GPC": "1"} if state == "gpc" else {}
        self.script = recording(self.binding, signal=state == "gpc")
        self.followed: set[Page] = set()
        self.opening = False
        self.pending: set[asyncio.Task[None]] = set()
        self.main_frame = ""
        self.session: CDPSession | None = None

    async def follow(self, page: Page, main: bool = False) -> None:
        """Listen to a page and everything that comes to be in it; `main`: the one the journey goes on in."""
        if page in self.followed:
            return
        self.followed.add(page)
        session = await page.context.new_cdp_session(page)
        if main:
            self.session, self.crashed = session, False
            tree = await session.send("Page.getFrameTree")
            self.main_frame = str(tree["frameTree"]["frame"]["id"])
        await listen(page_target(session, self.hear, main), self.script, self.binding, self.headers)

    def turn_page(self, url: str) -> None:
        """Another page is opened."""
        self.left, self.page, self.news = self.page, url, False
        self.unrest.turn_page(bare_address(url))

    def decide(self) -> None:
        """The decisive click comes now."""
        self.epoch += 1
        self.resent.clear()
        self.unrest.decide()

    def at(self) -> Circumstances:
        """Now, on this page, on this occasion."""
        return Circumstances(
            epoch=self.epoch,
            in_answer=self.in_answer,
            occasion=self.occasion,
            page=self.page,
            left=self.left,
            moment=datetime.now(UTC),
        )

    def hear(self, target: Target, method: str, params: Message) -> None:
        """One event of one target."""
        match method:
            case "Target.attachedToTarget":
                self.unrest.stir(f"{method} {target.url}")
                self.attach(target.children[params["sessionId"]])
            case "Runtime.bindingCalled":
                self.hear_script(target, params)
            case "DOMStorage.domStorageItemAdded" | "DOMStorage.domStorageItemUpdated":
                self.hear_storage(params)
            case "Inspector.targetCrashed":
                self.crashed = self.crashed or target.main
            case _:
                self.hear_traffic(target, method, params)

    def hear_traffic(self, target: Target, method: str, params: Message) -> None:
        """One event of the network."""
        match method:
            case "Network.requestWillBeSent":
                self.hear_request(target, params)
            case "Network.requestWillBeSentExtraInfo":
                self.hear_cookies_sent(params)
            case "Network.responseReceivedExtraInfo":
                if not self.away:
                    self.hear_answer(params)
            case "Network.responseReceived":
                self.hear_head(params)
            case "Network.dataReceived":
                self.unrest.receive(str(params["requestId"]))
            case "Network.loadingFinished" | "Network.loadingFailed":
                self.unrest.end(str(params["requestId"]))

    def attach(self, child: Target) -> None:
        """Listen to a new frame or worker before it runs."""
        task = asyncio.create_task(listen(child, self.script, self.binding, self.headers))
        self.pending.add(task)
        task.add_done_callback(self.pending.discard)

    def hear_request(self, target: Target, params: Message) -> None:
        """A request left. The page's own navigation decides whether we are still on the site."""
        url = str(params["request"]["url"])
        if not url.startswith(("http:", "https:")):
            return
        host = host_of(url)
        self.exchanges.sent(params, target.kind)
        if params.get("type") not in LASTING:
            self.unrest.begin(str(params["requestId"]), bare_address(url))
        if params.get("type") == "Document" and params.get("frameId") == self.main_frame and target.kind == "page":
            self.away = self.foreign(host)
            return
        if self.foreign(host) and not self.away:
            key = (bare_address(url), initiator(params), self.epoch, self.in_answer)
            self.asked[key] = self.asked.get(key, 0) + 1
            self.carried.setdefault(bare_address(url), set()).update(self.stored.decorations(url))
            self.hear_pixel(params, url)

    def hear_head(self, params: Message) -> None:
        """An answer begins. That of the page's own navigation ends the document before it."""
        if params.get("type") in READ_BY_SCRIPTS:
            self.unrest.answer(str(params["requestId"]))
        elif params.get("type") == "Document" and params.get("frameId") == self.main_frame:
            self.unrest.arrive(str(params["requestId"]))

    def hear_pixel(self, params: Message, url: str) -> None:
        """A request that is there to be sent, not to bring anything: beacons tell, pixels show by their answer."""
        if params.get("type") == "Ping":
            self.beside("beacon", url, initiator(params))
        elif params.get("type") == "Image":
            self.images[str(params["requestId"])] = (url, initiator(params))

    def beside(self, kind: str, url: str, by: str) -> None:
        """Note what is no storage, by the path it is sent to."""
        write = to_storage(kind, urlsplit(url).path or "/", by, url, "script", self.at())
        self.scripted.append(msgspec.structs.replace(write, kept=True, read_back=True))

    def hear_answer(self, params: Message) -> None:
        """The real headers of an answer; a tiny picture of another site is a pixel."""
        self.exchanges.answered(params, self.at())
        image = self.images.pop(str(params["requestId"]), None)
        headers = {name.lower(): str(value) for name, value in params["headers"].items()}
        length = headers.get("content-length", "")
        status = int(params.get("statusCode", 200))
        if image and (status == 204 or (status == 200 and length.isdigit() and int(length) <= PIXEL_BYTES)):
            self.beside("pixel", *image)

    def hear_cookies_sent(self, params: Message) -> None:
        """Which cookies went along with a request after the click, the answer's own requests apart."""
        if self.in_answer:
            return
        for entry in params.get("associatedCookies", ()):
            if not entry.get("blockedReasons"):
                self.resent.add(cookie_key(entry["cookie"]))

    def hear_script(self, target: Target, params: Message) -> None:
        """Our own script reports; what a page could forge is checked."""
        try:
            told = json.loads(params.get("payload", ""))
        except json.JSONDecodeError:
            return
        if params.get("name") != self.binding or not isinstance(told, dict) or self.away:
            return
        match told.get("kind"):
            case "timer":
                self.hear_timer(told)
            case "leaver":
                self.leavers.setdefault(self.page, set()).add(bare_address(str(told.get("script") or told.get("page"))))
            case "cookie_store_delete":
                self.removals.append(Removal(name=str(told.get("name")), epoch=self.epoch))
            case kind:
                page = str(told.get("page") or target.url)
                write = self.hear_write(target, str(kind), told, page)
                if write:
                    self.tell_news(str(told.get("script")))
                    self.unrest.stir(" ".join(write.key))
                    self.scripted.append(write)

    def hear_write(self, target: Target, kind: str, told: Message, page: str) -> Write | None:
        """A write by a script of the document or worker at `page`; None for what is none."""
        how, url = self.setter_of(target, page, str(told.get("script") or page), kind)
        if kind == "cookie":
            return self.hear_cookie_line(str(told.get("line", "")), url, page, how, told.get("kept") is True)
        if kind == "cookie_store":
            return from_cookie_store(told, url, page, how, self.at())
        if kind == "fingerprint":
            write = to_storage(kind, str(told.get("name")), url, page, how, self.at())
            return msgspec.structs.replace(write, kept=True, read_back=True)
        if kind in STORAGE_SCRIPTED:
            return to_storage(kind, str(told.get("name")), url, page, how, self.at())
        return None

    def hear_cookie_line(self, line: str, url: str, page: str, how: How, kept: bool) -> Write | None:
        """A string given to `document.cookie`: a write, or a removal."""
        write = from_script(line, url, page, how, self.at())
        if write is None and (expired := removal(line, self.at())):
            self.removals.append(expired)
        return write and msgspec.structs.replace(write, kept=kept, read_back=kept)

    def tell_news(self, by: str) -> None:
        """A script that was not heard of before did something: the page is worth a second view."""
        if by not in self.known_scripts:
            self.known_scripts.add(by)
            self.news = True

    def hear_timer(self, told: Message) -> None:
        """A script means to go on later."""
        delay = told.get("delay")
        if isinstance(delay, int | float) and delay > 0:
            self.unrest.timer(str(told.get("line") or told.get("page")), delay / 1000, told.get("repeated") is True)

    def setter_of(self, target: Target, page: str, by: str, kind: str) -> tuple[How, str]:
        """How a script's write counts, and whose address is named."""
        if target.kind == "service_worker":
            return "service_worker", target.url
        if target.kind in ("worker", "shared_worker"):
            return "worker", target.url
        if self.foreign(host_of(page)):
            return "frame", page
        return ("cookie_store" if kind == "cookie_store" else "script"), by

    def hear_storage(self, params: Message) -> None:
        """A storage item appeared, whoever wrote it: also one that is gone before the page ends."""
        where = params["storageId"]
        origin = str(where.get("storageKey") or where.get("securityOrigin") or "")
        if not self.away and origin:
            kind = "local_storage" if where.get("isLocalStorage") else "session_storage"
            self.unrest.stir(f"{kind} {params['key']}")
            self.stored.add_storage(kind, str(params["key"]), host_of(origin), self.at())

    async def quiet(self, expecting: float = 0.0) -> None:
        """Wait until the page rests. PageLost if it crashed or does not answer any more.

        `expecting`: seconds to wait for a request first; a form that is sent leaves when the browser gets to it. A busy
        machine may be slower than any pause: the page must have answered, with nothing new meanwhile.
        """
        for _ in range(ANSWERS):
            await self.unrest.rest(lambda: self.crashed, expecting=expecting)
            expecting = 0.0
            stirred = self.unrest.stirred
            await self.ask_page()
            if self.unrest.stirred == stirred and not self.unrest.under_way:
                return

    async def ask_page(self) -> None:
        """Wait for the page's answer to nothing much: events sent before it have then arrived."""
        try:
            async with asyncio.timeout(HUNG_SECONDS):
                if self.session is not None and not self.crashed:
                    await self.session.send("Runtime.evaluate", {"expression": "0"})
        except TimeoutError:
            raise PageLost("The page does not answer any more.", where=page_address(self.page)) from None
        except Error as error:
            if self.crashed or "closed" in error.message:
                raise PageLost("The page was closed.", where=page_address(self.page)) from None
        if self.crashed:
            raise PageLost("The page crashed.", where=page_address(self.page))

    async def look_at_jar(self) -> None:
        """Note every cookie now in the jar, partitioned and HttpOnly ones too."""
        if self.session is None:
            return
        answer = await self.session.send("Network.getAllCookies")
        self.stored.see_jar(answer["cookies"], self.at(), self.foreign if self.away else None)

    def removed(self) -> set[str]:
        """Names of cookies that somebody expired after the decisive click."""
        from_answers = {
            expired.name
            for exchange in self.exchanges.by_id.values()
            for _, _, answer in exchange.pairs()
            for line in answer.lines
            if answer.at.epoch == self.epoch and (expired := removal(line, answer.at))
        }
        return from_answers | {one.name for one in self.removals if one.epoch == self.epoch}

    def writes(self) -> list[Write]:
        """Every accepted or undecided attempt, in the order of time."""
        from_answers = [
            write
            for exchange in self.exchanges.by_id.values()
            for url, how, answer in exchange.pairs()
            for line in answer.accepted()
            if (write := from_header(line, url, how, answer.at, answer.date))
        ]
        return [*from_answers, *self.scripted]

    def rejections(self) -> list[Rejection]:
        """What the browser refused after the decisive click, deletions and its own settings apart."""
        found = []
        for exchange in self.exchanges.by_id.values():
            for url, how, answer in exchange.pairs():
                for line, reason in answer.blocked:
                    if answer.at.epoch == self.epoch and reason not in OWN_SETTINGS and not deletes(line):
                        name = line.partition(";")[0].partition("=")[0].strip()
                        setter = Setter(url=bare_address(url), how=how)
                        found.append(
                            Rejection(name=name, host=host_of(url), state=self.state, reason=reason, set_by=setter)
                        )
        return found

    def requests(self) -> list[Request]:
        """Third-party requests after the decisive click."""
        return [
            Request(
                url=url,
                host=host_of(url),
                state=self.state,
                initiator=by,
                count=count,
                carries=tuple(sorted(self.carried.get(url, ()))),
                after_withdrawal=in_answer and self.state == "withdrawn",
            )
            for (url, by, epoch, in_answer), count in self.asked.items()
            if epoch == self.epoch
        ]


def initiator(params: Message) -> str:
    """The script or document that asked for a request."""
    told = params.get("initiator", {})
    frames = told.get("stack", {}).get("callFrames", ())
    url = next((frame["url"] for frame in frames if frame.get("url")), "") or told.get("url")
    return bare_address(str(url or params.get("documentURL") or ""))
