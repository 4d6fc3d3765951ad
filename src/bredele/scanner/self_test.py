"""Whether this browser can be believed: it keeps third-party cookies (Debian's does not by default, and a scan would
miss them in silence), does not tell sites that a program drives it, and its clock is right.

The proxy itself answers for two hosts that exist nowhere else; the outcome goes into the scan's notes.
"""

import time

import msgspec
from playwright.async_api import Error

from bredele.scanner.browser import Engine

PAGE, FRAME = "bredele-self-test-page.localhost", "bredele-self-test-frame.localhost"
COOKIE = "bredele-self-test"
CLOCK_SECONDS = 5.0
PROBE = """() => ({
  driven: Boolean(navigator.webdriver) || /Headless/.test(navigator.userAgent),
  milliseconds: Date.now(),
})"""
KEPT = "Third-party cookies are kept by this browser (self-test)."
BLOCKED = "This browser blocks third-party cookies (self-test failed): such cookies cannot be seen in this scan."
MASKED = "Sites cannot tell that a program drives this browser (self-test)."
SHOWN = "Sites can tell that a program drives this browser (self-test failed): some behave better then."
RIGHT = "The browser's clock is right (self-test)."
WRONG = "The browser's clock is wrong (self-test failed): lifetimes cannot be believed."
NOT_RUN = "The self-test of the browser could not be run."


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What the self-test found; None where it could not be run."""

    third_party_cookies: bool | None = None
    masked: bool | None = None
    clock: bool | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """The outcome in sentences."""
        told = (
            {True: KEPT, False: BLOCKED}.get(self.third_party_cookies),  # type: ignore[arg-type]  # None has no sentence
            {True: MASKED, False: SHOWN}.get(self.masked),  # type: ignore[arg-type]  # the same
            {True: RIGHT, False: WRONG}.get(self.clock),  # type: ignore[arg-type]  # the same
        )
        return tuple(note for note in told if note) or (NOT_RUN,)


def answer(host: str) -> bytes | None:
    """The self-test's own answer for one of its hosts; None for every other host."""
    if host == PAGE:
        return response(f'<img alt="" src="http://{FRAME}/pixel">', ())
    if host == FRAME:
        return response("", (f"Set-Cookie: {COOKIE}=1; SameSite=None; Secure",))
    return None


def response(body: str, headers: tuple[str, ...]) -> bytes:
    """A small HTTP answer."""
    lines = (
        "HTTP/1.1 200 OK",
        "Content-Type: text/html",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    )
    return "\r\n".join([*lines, "", body]).encode()


async def examine(engine: Engine) -> Outcome:
    """Try the browser in a profile of its own, before anything is scanned. BrowserLost if there is none."""
    async with engine.profile(scripted=True, headers={}) as context:
        try:
            page = await context.new_page()
            await page.goto(f"http://{PAGE}/", wait_until="load", timeout=10_000)
            kept = any(cookie.get("name") == COOKIE for cookie in await context.cookies())
            told = await page.evaluate(PROBE)
        except Error:
            return Outcome()
        early = abs(float(told["milliseconds"]) / 1000 - time.time())
        return Outcome(third_party_cookies=kept, masked=not told["driven"], clock=early < CLOCK_SECONDS)
