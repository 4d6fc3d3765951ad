"""What a banner does: its dialog, what a withdrawal leaves, strict policies, no JavaScript, the cookie it keeps."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Page

from bench.widgets.pages import Target
from tests.projects.tracker import Tracker

SCOPES = ("st_host", "st_parent", "mk_host", "mk_path")
"""Cookies the tracker's scripts leave: host-only and domain-wide, at the root and at a path."""
HIDDEN = "st_http"
STORED = ("st_ls", "mk_ls")
COUNT = """addEventListener("securitypolicyviolation", () => { window.broken = (window.broken || 0) + 1; });"""
IN_DIALOG = """(selector) => { let e = document.activeElement; while (e?.shadowRoot?.activeElement)
e = e.shadowRoot.activeElement; return e !== document.body && !!e?.closest(selector); }"""
NAMED = """(selector) => { const e = document.querySelector(selector), d = e?.matches("dialog,[role=dialog]") ? e :
e?.querySelector("dialog,[role=dialog]") || e?.closest("dialog,[role=dialog]");
return !!d && !!(d.getAttribute("aria-label") || d.getAttribute("aria-labelledby")); }"""


@contextmanager
def visit(browser: Browser, address: str, *, script: bool = True) -> Iterator[tuple[BrowserContext, Page]]:
    """A page in a fresh profile, settled."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-US", java_script_enabled=script, accept_downloads=True
    )
    context.set_default_timeout(4000)
    if script:
        context.add_init_script(COUNT)
    page = context.new_page()
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1200)
    yield context, page
    context.close()


def press(page: Page, *selectors: str) -> None:
    """One control after the other; a selector that begins with `js:` is run."""
    for selector in selectors:
        if selector.startswith("js:"):
            page.evaluate(selector.removeprefix("js:"))
        else:
            page.locator(selector).locator("visible=true").first.click()
        page.wait_for_timeout(700)


def attempted(*steps: Callable[[], object]) -> int:
    """How many steps come out true; one that fails is not."""
    count = 0
    for step in steps:
        try:
            count += bool(step())
        except Error:
            continue
    return count


def dialog(browser: Browser, target: Target) -> str:
    """Named; takes focus; keeps it for 20 tabs; closes on Escape; gives focus back to what opened it."""
    with visit(browser, target.address) as (_, page):
        opener = page.locator(target.choose).locator("visible=true").first
        opener.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(800)
        there = page.locator(target.dialog).locator("visible=true")
        if not there.count():
            return "0/5"
        done = attempted(
            lambda: page.evaluate(NAMED, target.dialog),
            lambda: page.evaluate(IN_DIALOG, target.dialog),
            lambda: all(stays(page, target.dialog) for _ in range(20)),
            lambda: page.keyboard.press("Escape") or page.wait_for_timeout(700) or not there.count(),
            lambda: opener.evaluate("(e) => e === document.activeElement"),
        )
        return f"{done}/5"


def stays(page: Page, selector: str) -> bool:
    """Whether a Tab leads to nothing of the page behind; the browser's own controls are no trap's business."""
    page.keyboard.press("Tab")
    return bool(page.evaluate(f"(s) => document.activeElement === document.body || ({IN_DIALOG})(s)", selector))


def withdrawal(browser: Browser, target: Target, tracker: Tracker) -> dict[str, str]:
    """What is left when everything was taken back, and whether the trackers still call."""
    with visit(browser, target.full("off")) as (context, page):
        press(page, target.accept)
        page.wait_for_timeout(1000)
        planted = {one["name"] for one in context.cookies()} & set(SCOPES)
        host = urlsplit(page.url).hostname or ""
        context.add_cookies([{"name": HIDDEN, "value": "1", "domain": host, "path": "/", "httpOnly": True}])
        page.goto(target.full("off"), wait_until="load")
        page.wait_for_timeout(1000)
        try:
            press(page, *target.withdraw)
        except Error:
            return {"left": "cannot be withdrawn", "hidden": "–", "stored": "–", "beats": "–"}
        page.wait_for_timeout(1000)
        names = {one["name"] for one in context.cookies()}
        stored = page.evaluate("Object.keys(localStorage)")
        tracker.hits.clear()
        page.wait_for_timeout(1200)
        return {
            "left": f"{len(names & set(SCOPES))} of {len(planted)}",
            "hidden": f"{len(names & {HIDDEN})} of 1",
            "stored": f"{len(set(stored) & set(STORED))} of {len(STORED)}",
            "beats": f"{len([hit for hit in tracker.hits if hit.endswith('-beat')])}",
        }


def strict(browser: Browser, target: Target, tracker: Tracker, mode: str) -> str:
    """Violations until all was accepted, and how many of the gated items then work."""
    with visit(browser, target.full(mode)) as (_, page):
        tracker.hits.clear()
        try:
            press(page, target.accept)
        except Error:
            broken = page.evaluate("window.broken || 0")
            return f"{broken}; no banner"
        page.wait_for_timeout(1500)
        ran = [bool({"ext-file", "ext"} & set(tracker.hits)), "frame" in tracker.hits]
        if mode != "self":
            ran.append(page.evaluate("(window.ranInline || 0) > 0"))
        return f"{page.evaluate('window.broken || 0')}; {sum(ran)}/{len(ran)}"


def kept(browser: Browser, target: Target) -> dict[str, str]:
    """Bytes of the choice cookie as `name=value`, of a refusal and of a grant, and who set it."""
    found: dict[str, str] = {}
    for name, button in (("refusal", target.refuse), ("grant", target.accept)):
        with visit(browser, target.address) as (context, page):
            by_server: list[str] = []
            page.on("response", lambda answer, said=by_server: said.extend(set_cookies(answer)))  # type: ignore[misc]  # a default argument
            press(page, button)
            own = [one for one in context.cookies() if one["name"] not in (*SCOPES, "tp", "tpf", HIDDEN)]
            storage = page.evaluate(
                "Object.entries(localStorage).reduce((sum, [k, v]) => sum + k.length + v.length, 0)"
            )
            total = sum(len(one["name"]) + 1 + len(one["value"]) for one in own)
            found[name] = f"{total}" + (f" + {storage} stored" if storage and not own else "")
            found["setter"] = "server" if any(one["name"] in by_server for one in own) else "script"
    return found


def set_cookies(answer: Any) -> Iterable[str]:
    """Names of the cookies an answer sets."""
    try:
        lines = answer.headers_array()
    except Error:
        return []
    return [line["value"].partition("=")[0] for line in lines if line["name"].lower() == "set-cookie"]


def without_scripts(browser: Browser, target: Target) -> str:
    """With JavaScript off: a banner, refusing, granting one purpose, withdrawing, a receipt."""
    with visit(browser, target.address, script=False) as (_, page):
        done = int(page.locator(target.banner).locator("visible=true").count() > 0)
    if not target.preferences:
        return f"{done}/5"
    return f"{done + attempted(*(lambda step=step: step(browser, target) for step in STEPS))}/5"  # type: ignore[misc]  # the same


def refuses(browser: Browser, target: Target) -> bool:
    """Refused: all bits 0."""
    with visit(browser, target.preferences, script=False) as (context, page):
        press(page, "main [name=choice][value=refuse]")
        return bits(context) == {"0"}


def grants_one(browser: Browser, target: Target) -> bool:
    """One purpose of two."""
    with visit(browser, target.preferences, script=False) as (context, page):
        page.locator("main [name=purpose][value=measurement]").check()
        press(page, "main [name=choice][value=save]")
        return bits(context) == {"0", "1"}


def withdraws(browser: Browser, target: Target) -> bool:
    """Accepted, then taken back on the page."""
    with visit(browser, target.preferences, script=False) as (context, page):
        press(page, "main [name=choice][value=accept]")
        if bits(context) != {"1"}:
            return False
        press(page, "[data-bredele-withdraw] button, main [name=choice][value=refuse]")
        return bits(context) == {"0"}


def has_receipt(browser: Browser, target: Target) -> bool:
    """Accepted, then the receipt as a file."""
    with visit(browser, target.preferences, script=False) as (_, page):
        press(page, "main [name=choice][value=accept]")
        with page.expect_download() as coming, suppress(Error):  # a file is no page to go to
            page.goto(target.preferences.replace("/preferences/", "/receipt/download/"))
        return coming.value.path().read_bytes().startswith(b"{")


STEPS = (refuses, grants_one, withdraws, has_receipt)


def bits(context: BrowserContext) -> set[str]:
    """The answers in the choice cookie."""
    values = [one["value"] for one in context.cookies() if one["name"] == "cookies_preferences"]
    return set(values[0].split(".")[2]) if values else set()
