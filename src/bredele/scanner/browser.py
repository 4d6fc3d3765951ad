"""The system's Chromium: one process, a fresh profile for each state, all its traffic through our proxy."""

import asyncio
import json
import re
import secrets
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType, TracebackType
from typing import Self

import msgspec
from playwright.async_api import Browser as PlaywrightBrowser
from playwright.async_api import BrowserContext, Dialog, Error, Page, Playwright, ViewportSize

from bredele.core.errors import BredeleError
from bredele.core.settings import Settings
from bredele.scanner import chromium
from bredele.scanner.courtesy import Courtesy
from bredele.scanner.errors import BrowserLost, CouldNotScan
from bredele.scanner.plan import Plan
from bredele.scanner.recorder import Recorder
from bredele.scanner.visit import Visit

LAUNCH_MILLISECONDS = 60_000
SHUT_SECONDS = 5.0
PREFERENCES = {
    "profile": {"cookie_controls_mode": 0},
    "webrtc": {"ip_handling_policy": "disable_non_proxied_udp"},
}
"""Third-party cookies are kept (Debian's build blocks them by default); no WebRTC past the proxy."""
EXTRA_FLAGS = ("--disable-blink-features=AutomationControlled",)
"""A site must not behave better because it is looked at by a program."""
SYSTEMS = {"darwin": "Macintosh; Intel Mac OS X 10_15_7", "win32": "Windows NT 10.0; Win64; x64"}
GPC_HEADERS = {"Sec-GPC": "1"}
"""Global Privacy Control by header; the script property comes with the recording script (SCN-11)."""


class Browser(msgspec.Struct, frozen=True, kw_only=True):
    """Which program to start, and how."""

    program: str
    flags: tuple[str, ...]
    version: str = ""

    @property
    def sandboxed(self) -> bool:
        """Whether Chromium's own sandbox is on."""
        return chromium.sandboxed(self.flags)


def find_browser(plan: Plan, settings: Settings, environ: Mapping[str, str], root: bool) -> Browser:
    """The browser of this machine; CouldNotScan without one, and for root where the server may not scan as root."""
    if root and plan.from_server and not settings.scan_as_root:
        raise CouldNotScan(
            "The server runs as root, so Chromium would have no sandbox.",
            where="scan",
            cure="Run the server as another account, or set BREDELE_SCAN_AS_ROOT=true.",
        )
    named = {"BREDELE_CHROMIUM": settings.chromium} if settings.chromium else {}
    try:
        program = chromium.find({**environ, **named})
        flags = chromium.launch_flags(settings.chromium_flags, root=root)
    except BredeleError as error:
        raise CouldNotScan(error.message, where=error.where, cure=error.cure) from None
    if program is None:
        raise CouldNotScan("There is no Chromium on this machine.", where="scan", cure=chromium.CURE)
    return Browser(program=str(program), flags=flags, version=chromium.version(program))


class Engine:
    """One Chromium for a whole scan, with a fresh profile for each state; if it goes away another starts."""

    def __init__(
        self,
        playwright: Playwright,
        browser: Browser,
        proxy_flags: tuple[str, ...],
        binding: str = "",
        by_workers: Mapping[tuple[str, str], str] = MappingProxyType({}),
    ) -> None:
        self.playwright, self.browser, self.proxy_flags = playwright, browser, proxy_flags
        self.by_workers = by_workers
        self.binding = binding or f"b{secrets.token_hex(6)}"
        self.starting = asyncio.Lock()
        self.root: BrowserContext | None = None
        self.closing = AsyncExitStack()
        self.watch: Callable[[BrowserContext, str], None] | None = None
        """Told of each profile and its state, before its first page."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.closing.aclose()

    async def running(self) -> PlaywrightBrowser:
        """The browser, started if there is none. BrowserLost if it does not start."""
        async with self.starting:
            if self.root is None or self.root.browser is None or not self.root.browser.is_connected():
                await self.start()
            if self.root is None or self.root.browser is None:
                raise BrowserLost("The browser went away.", where=self.browser.program, cure="Run bredele doctor.")
            return self.root.browser

    async def start(self) -> None:
        """Start Chromium with a directory of its own that is gone afterwards."""
        await self.closing.aclose()
        try:
            directory = self.closing.enter_context(
                TemporaryDirectory(prefix="bredele-scan-", ignore_cleanup_errors=True)
            )
            write_preferences(Path(directory))
            self.root = await self.playwright.chromium.launch_persistent_context(
                directory,
                executable_path=self.browser.program,
                headless=True,
                args=[*self.browser.flags, *EXTRA_FLAGS, *self.proxy_flags, *spoken_as(self.browser.version)],
                chromium_sandbox=self.browser.sandboxed,
                timeout=LAUNCH_MILLISECONDS,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except OSError as error:
            raise CouldNotScan(
                f"There is no room for the browser's profile: {error.strerror}.",
                where="scan",
                cure="Free some space, or set TMPDIR to a directory that has some.",
            ) from None
        except Error as error:
            raise BrowserLost(first_line(error), where=self.browser.program, cure="Run bredele doctor.") from None
        self.closing.push_async_callback(shut, self.root)

    @asynccontextmanager
    async def profile(self, scripted: bool, headers: dict[str, str]) -> AsyncIterator[BrowserContext]:
        """A fresh profile: no cookie, no storage, no cache; gone afterwards."""
        browser = await self.running()
        try:
            context = await browser.new_context(
                java_script_enabled=scripted,
                accept_downloads=False,
                viewport=ViewportSize(width=1280, height=900),
                extra_http_headers=headers,
            )
        except Error as error:
            raise BrowserLost(first_line(error), where=self.browser.program, cure="Run the scan again.") from None
        try:
            yield context
        finally:
            await shut(context)


def spoken_as(version: str) -> tuple[str, ...]:
    """The flag that says Chrome where the headless browser would say HeadlessChrome; none if the version is unknown."""
    major = re.search(r"(\d+)\.", version)
    if not major:
        return ()
    system = SYSTEMS.get(sys.platform, "X11; Linux x86_64")
    engine = f"AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major[1]}.0.0.0 Safari/537.36"
    return (f"--user-agent=Mozilla/5.0 ({system}) {engine}",)


async def shut(context: BrowserContext) -> None:
    """Close a browser that may be gone already. One that is broken off in the middle of something may never say that
    it is closed: it ends with the process."""
    try:
        async with asyncio.timeout(SHUT_SECONDS):
            await context.close()
    except (Error, TimeoutError):
        return


def write_preferences(profile: Path) -> None:
    """Give a fresh profile its preferences before the first start."""
    (profile / "Default").mkdir()
    (profile / "Default" / "Preferences").write_text(json.dumps(PREFERENCES), encoding="utf-8")


def first_line(error: Error) -> str:
    """The part of Playwright's message a person can use."""
    return "Chromium did not start: " + error.message.strip().partition("\n")[0][:200]


@asynccontextmanager
async def open_visit(
    engine: Engine, plan: Plan, state: str, foreign: Callable[[str], bool], courtesy: Courtesy | None = None
) -> AsyncIterator[Visit]:
    """A visit in one state, listened to from its first page on."""
    scripted = state != "no_script"
    headers = dict(GPC_HEADERS) if state == "gpc" else {}
    async with engine.profile(scripted, headers) as context:
        recorder = Recorder(state, foreign, engine.binding, engine.by_workers)
        context.on("dialog", answer_dialog)
        if engine.watch:
            engine.watch(context, state)
        page = await context.new_page()
        await recorder.follow(page, main=True)
        context.on("page", follower(recorder))
        yield Visit(context, page, recorder, plan, scripted, courtesy)


async def answer_dialog(dialog: Dialog) -> None:
    """Say no to every question, but never stay on a page that asks whether to leave."""
    try:
        await (dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())
    except Error:
        return


def follower(recorder: Recorder) -> Callable[[Page], Awaitable[None]]:
    """Listen to windows that a page opens, too."""

    async def follow(page: Page) -> None:
        try:
            if not recorder.opening:
                await recorder.follow(page)
        except Error:
            return

    return follow
