"""One page at a time in one state's browser: open it, let it come to rest, and look at everything it left."""

import asyncio
import re
from collections.abc import Awaitable
from typing import Any
from urllib.parse import urlsplit

import msgspec
from playwright.async_api import BrowserContext, Error, Frame, Page, Response

from bredele.scanner.courtesy import Courtesy
from bredele.scanner.errors import BrowserLost, CouldNotScan, PageLost
from bredele.scanner.masking import host_of, page_address
from bredele.scanner.plan import Plan
from bredele.scanner.recorder import Recorder, script

LOAD_MILLISECONDS = 20_000
LISTING_SECONDS = 2.0
FIRST_LOOK_SECONDS = 0.8
"""A long look once, at the first page: what answers to no timer of its own stores late."""
EVALUATE_SECONDS, RENEWAL_SECONDS = 10.0, 20.0
LOST_PAGES = 5
WEB_PAGES = ("text/html", "application/xhtml+xml")
"""What can carry a control; a picture or a JSON file that is linked to cannot."""
MOVES = (200, 320)
DRAWN_SECONDS = 0.08
"""Observers of what is visible tell with the next picture. No promise of the page is awaited: a sandboxed document
keeps none."""
BLANK, TRIES = "about:blank", 3
UNTOLD_SECONDS = 2.0
"""What a site is given that asks for time without saying how much."""
FAILURE = re.compile(r"net::(ERR_\w+)")
OVERTAKEN = ("interrupted by another navigation", "ERR_ABORTED")
GONE = ("has been closed", "crashed", "Connection closed", "Browser closed")


class Link(msgspec.Struct, frozen=True):
    """A link of a page, as rendered."""

    url: str
    text: str
    download: bool
    rel: str


class PageFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a page holds: links in document order, whether it carries a form token, its language."""

    links: tuple[Link, ...] = ()
    tokens: bool = False
    language: str = ""
    title: str = ""


class Visit:
    """One state's browser: its page, its record, and what was seen on the way."""

    def __init__(
        self,
        context: BrowserContext,
        page: Page,
        recorder: Recorder,
        plan: Plan,
        scripted: bool,
        courtesy: Courtesy | None = None,
    ) -> None:
        self.context, self.page, self.recorder, self.plan, self.scripted = context, page, recorder, plan, scripted
        self.courtesy = courtesy or Courtesy()
        self.told_to_wait: float | None = None
        self.facts = PageFacts()
        self.pages: list[str] = []
        self.token_pages: set[str] = set()
        self.status = 0
        self.looked_long = False
        self.banner = False
        self.fresh = False
        self.failure = ""
        """Why the last page could not be loaded, in the browser's own word."""
        self.lost: list[str] = []
        self.in_a_row = 0
        self.moves = 0
        self.presses = 0
        """How many presses the last answer to a banner or preference page took."""

    @property
    def state(self) -> str:
        """The state being driven."""
        return self.recorder.state

    async def open(self, url: str) -> PageFacts:
        """Go to a page, wait until it rests, and note what it left. A page that cannot be loaded is passed by."""
        self.recorder.turn_page(url)
        if (seconds := await self.arrive_at(url)) is not None:
            self.courtesy.hold(seconds)
            if await self.arrive_at(url) is not None:
                self.lost.append(f"{page_address(url)}: The site answers {self.status}, it is asked too often.")
        self.pages.append(url)
        self.fresh = True
        try:
            facts = await self.look()
        except PageLost as error:
            await self.renew(error)
            return self.facts
        self.in_a_row = 0
        return facts

    async def arrive_at(self, url: str) -> float | None:
        """Load an address when it is its turn; a page on its way elsewhere is stopped first. Seconds if the site is
        asked too often."""
        await self.courtesy.turn()
        self.status, self.told_to_wait, self.failure = 0, None, ""
        for _ in range(TRIES):
            if await self.go(url):
                if self.failure:
                    self.lost.append(f"{page_address(url)}: It could not be loaded ({self.failure}).")
                return self.told_to_wait
            await self.go(BLANK)
        self.lost.append(f"{page_address(url)}: It could not be loaded.")
        return None

    async def go(self, url: str) -> bool:
        """Load an address. False if the page that is there was on its way elsewhere and won; a blank one stops it."""
        try:
            response = await self.page.goto(url, wait_until="load", timeout=LOAD_MILLISECONDS)
            self.status = await status_of(response)
            self.told_to_wait = asked_too_often(response) if response else None
        except Error as error:
            if not self.recorder.crashed:
                raise_if_gone(error)
            found = FAILURE.search(error.message)
            self.failure = found[1] if found else ""
            return not any(word in error.message for word in OVERTAKEN)
        return True

    async def renew(self, reason: PageLost) -> None:
        """Go on in a new tab of the same profile; the page that was lost is told. BrowserLost if nothing goes on."""
        self.lost.append(f"{page_address(self.recorder.page)}: {reason.message}")
        self.facts, self.status, old = PageFacts(), 0, self.page
        self.in_a_row += 1
        if self.in_a_row > LOST_PAGES:
            raise BrowserLost(f"Too many pages were lost, the last one {self.lost[-1]}", cure="Run the scan again.")
        try:
            async with asyncio.timeout(RENEWAL_SECONDS):
                self.recorder.opening = True
                self.page = await self.context.new_page()
                await self.recorder.follow(self.page, main=True)
                await old.close(run_before_unload=False)
        except (Error, TimeoutError) as error:
            raise BrowserLost("The browser went away.", cure="Run the scan again.") from error
        finally:
            self.recorder.opening = False
        await self.recorder.look_at_jar()

    async def look(self) -> PageFacts:
        """Wait for rest and note what the current page left."""
        await self.scroll()
        await self.recorder.quiet()
        if not self.looked_long and self.scripted:
            self.looked_long = True
            await asyncio.sleep(FIRST_LOOK_SECONDS)
            await self.recorder.quiet()
        await self.note()
        return self.facts

    async def note(self) -> None:
        """The jar, every frame's storage, and the page's own facts."""
        try:
            listed = [self.list_storage(frame) for frame in self.page.frames] if self.scripted else []
            told, *_ = await asyncio.gather(self.evaluate(script("read_page.js")), self.recorder.look_at_jar(), *listed)
            self.facts = msgspec.convert(told or {}, PageFacts)
        except Error as error:
            raise_if_gone(error)
            self.facts = PageFacts()
        if self.facts.tokens:
            self.token_pages.add(self.recorder.page)

    async def scroll(self) -> None:
        """Move, down to the end and up again: some scripts wait for it. One picture is drawn meanwhile."""
        if self.scripted:
            await asyncio.gather(self.move(), self.attempt("() => scrollTo(0, document.documentElement.scrollHeight)"))
            await asyncio.sleep(DRAWN_SECONDS)
            await self.attempt("() => scrollTo(0, 0)")

    async def move(self) -> None:
        """Move the pointer."""
        place, self.moves = MOVES[self.moves % 2], self.moves + 1
        try:
            await self.answered(self.page.mouse.move(place, place))
        except Error as error:
            raise_if_gone(error)

    async def attempt(self, expression: str) -> object:
        """Evaluate in the page; None if the page is not able to."""
        try:
            return await self.evaluate(expression)
        except Error as error:
            raise_if_gone(error)
            return None

    async def evaluate(self, expression: str) -> object:
        """Evaluate in the page. PageLost if it does not answer."""
        return await self.answered(self.page.evaluate(expression))

    async def answered(self, asked: Awaitable[object]) -> object:
        """What the page answers. PageLost if it does not: a script that never ends stops input and evaluation alike."""
        try:
            async with asyncio.timeout(EVALUATE_SECONDS):
                return await asked
        except TimeoutError:
            raise PageLost("The page does not answer any more.", where=page_address(self.recorder.page)) from None

    async def list_storage(self, frame: Frame) -> None:
        """Note what one frame's origin keeps besides cookies."""
        try:
            async with asyncio.timeout(LISTING_SECONDS):
                listed: dict[str, Any] = await frame.evaluate(script("list_storage.js"))
        except (Error, TimeoutError):
            return
        if self.recorder.away:
            return
        for item in listed["found"]:
            self.recorder.stored.add_storage(
                item["kind"], item["name"], listed["host"], self.recorder.at(), item["path"], item["value"]
            )

    async def on_web_page(self) -> bool:
        """Whether the current document is a page that somebody wrote, not a file the browser shows."""
        return await self.attempt("() => document.contentType") in WEB_PAGES

    def on_site(self, url: str) -> bool:
        """Whether an address belongs to the target's own origin."""
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}".lower() == self.plan.origin


async def status_of(response: Response | None) -> int:
    """The status of a page; CouldNotScan if our own proxy answered in its place."""
    if response is None:
        return 0
    if response.headers.get("x-bredele-proxy"):
        raise CouldNotScan(
            (await response.text())[:200], where=host_of(response.url), cure="Check the address and that it is up."
        )
    return response.status


def asked_too_often(response: Response) -> float | None:
    """Seconds after which a site that is asked too often may be asked again (RFC 6585, 4); None if it says no such."""
    after = response.headers.get("retry-after", "")
    if response.status != 429 and not (response.status == 503 and after):
        return None
    return float(after) if after.isdecimal() else UNTOLD_SECONDS


def raise_if_gone(error: Error) -> None:
    """Tell a browser that died from a page that failed."""
    if any(word in error.message for word in GONE):
        raise BrowserLost("The browser went away.", cure="Run the scan again.") from error
