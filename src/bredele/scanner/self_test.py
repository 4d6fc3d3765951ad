"""Whether this browser keeps third-party cookies: Debian's does not by default, and a scan would miss them in silence.

The proxy itself answers for two hosts that exist nowhere else; the outcome goes into the scan's notes.
"""

from playwright.async_api import BrowserContext, Error

PAGE, FRAME = "bredele-self-test-page.localhost", "bredele-self-test-frame.localhost"
COOKIE = "bredele-self-test"
KEPT = "Third-party cookies are kept by this browser (self-test)."
BLOCKED = "This browser blocks third-party cookies (self-test failed): such cookies cannot be seen in this scan."


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


async def third_party_cookies(context: BrowserContext) -> str:
    """The note about this browser; its profile is left without cookies."""
    page = await context.new_page()
    try:
        await page.goto(f"http://{PAGE}/", wait_until="load", timeout=10_000)
        kept = any(cookie.get("name") == COOKIE for cookie in await context.cookies())
    except Error:
        kept = False
    finally:
        await page.close()
    await context.clear_cookies()
    return KEPT if kept else BLOCKED
