"""The system's Chromium with a fresh profile for each state, all its traffic through our proxy."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from playwright.async_api import BrowserContext, Error, Page, Playwright

from bredele.core.errors import BredeleError
from bredele.core.settings import Settings
from bredele.scanner import chromium
from bredele.scanner.errors import BrowserLost, CouldNotScan
from bredele.scanner.plan import Plan
from bredele.scanner.recorder import Recorder
from bredele.scanner.self_test import third_party_cookies
from bredele.scanner.visit import Visit

LAUNCH_MILLISECONDS = 60_000
PREFERENCES = {
    "profile": {"cookie_controls_mode": 0},
    "webrtc": {"ip_handling_policy": "disable_non_proxied_udp"},
}
"""Third-party cookies are kept (Debian's build blocks them by default); no WebRTC past the proxy."""
EXTRA_FLAGS = ("--disable-blink-features=AutomationControlled",)
"""A site must not behave better because it is looked at by a program."""


class Browser(msgspec.Struct, frozen=True, kw_only=True):
    """Which program to start, and how."""

    program: str
    flags: tuple[str, ...]

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
    return Browser(program=str(program), flags=flags)


@asynccontextmanager
async def open_browser(
    playwright: Playwright, browser: Browser, proxy_flags: tuple[str, ...], scripted: bool
) -> AsyncIterator[BrowserContext]:
    """A browser with a profile of its own that is gone afterwards. BrowserLost if it does not start."""
    with TemporaryDirectory(prefix="bredele-scan-", ignore_cleanup_errors=True) as profile:
        write_preferences(Path(profile))
        try:
            context = await playwright.chromium.launch_persistent_context(
                profile,
                executable_path=browser.program,
                headless=True,
                args=[*browser.flags, *EXTRA_FLAGS, *proxy_flags],
                chromium_sandbox=browser.sandboxed,
                java_script_enabled=scripted,
                accept_downloads=False,
                viewport={"width": 1280, "height": 900},
                timeout=LAUNCH_MILLISECONDS,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except Error as error:
            raise BrowserLost(first_line(error), where=browser.program, cure="Run bredele doctor.") from None
        try:
            yield context
        finally:
            await shut(context)


async def shut(context: BrowserContext) -> None:
    """Close a browser that may be gone already."""
    try:
        await context.close()
    except Error:
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
    playwright: Playwright,
    browser: Browser,
    proxy_flags: tuple[str, ...],
    plan: Plan,
    state: str,
    foreign: Callable[[str], bool],
    self_test: list[str] | None = None,
) -> AsyncIterator[Visit]:
    """A visit in one state, listened to from its first page on. `self_test`: where the outcome of the test goes."""
    scripted = state != "no_script"
    async with open_browser(playwright, browser, proxy_flags, scripted) as context:
        if self_test is not None:
            self_test.append(await third_party_cookies(context))
        page = context.pages[0] if context.pages else await context.new_page()
        recorder = Recorder(state, foreign)
        await recorder.follow(page)
        context.on("page", follower(recorder))
        context.on("dialog", lambda dialog: dialog.dismiss())
        yield Visit(context, page, recorder, plan, scripted)


def follower(recorder: Recorder) -> Callable[[Page], Awaitable[None]]:
    """Listen to windows that a page opens, too."""

    async def follow(page: Page) -> None:
        try:
            await recorder.follow(page)
        except Error:
            return

    return follow
