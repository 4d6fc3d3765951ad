"""One visit measured: bytes and requests, when the banner shows, the main thread, what refusing costs, what stays."""

from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from bench.widgets.pages import Target

PROBE = """(() => { const P = (window.probe = { shift: 0, blocked: 0, click: 0, shown: null });
const watch = (type, note, more = {}) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe(
{ type, buffered: true, ...more });
watch("layout-shift", (e) => { if (!e.hadRecentInput) P.shift += e.value; });
watch("longtask", (e) => { P.blocked += Math.max(0, e.duration - 50); });
watch("event", (e) => { if (e.name === "click") P.click = Math.max(P.click, e.duration); }, { durationThreshold: 16 });
const look = () => { const e = document.querySelector(%s); const b = e && e.getBoundingClientRect();
if (b && b.width > 2 && b.height > 2 && b.top < innerHeight && b.bottom > 0 && e.checkVisibility(
{ visibilityProperty: true, opacityProperty: true })) P.shown ??= performance.now();
requestAnimationFrame(look); };
requestAnimationFrame(look); })();"""
"""Looks once a frame to the end, at the banner or, on a page without one, at its heading: the same work everywhere."""
OWN_SHEET = "/p/shop.css"
RULES = Path(str(files("bredele.web"))) / "static" / "bredele" / "consent.css"
SETTLED = 2500
"""Milliseconds after which everything of a first view has happened, at a quarter of the machine's speed."""


def visitor(browser: Browser, target: Target) -> BrowserContext:
    """A fresh profile, with the probe in every page."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    context.add_init_script(PROBE % repr(target.banner or "h1"))
    return context


def slowed(page: Page) -> CDPSession:
    """The page at a quarter of the machine's speed, its main thread counted in processor time."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return session


def counted(session: CDPSession) -> dict[str, float]:
    """Chromium's own counters."""
    return {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}


def heap(session: CDPSession) -> float:
    """Kilobytes of JavaScript heap that stay once the garbage is gone."""
    session.send("HeapProfiler.enable")
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    return counted(session)["JSHeapUsedSize"] / 1024


def first_view(browser: Browser, target: Target) -> dict[str, float | None]:
    """Milliseconds, kB of heap, layout shift; then the same of the next page for who has refused."""
    context = visitor(browser, target)
    page = context.new_page()
    session = slowed(page)
    page.goto(target.address, wait_until="load")
    page.wait_for_timeout(SETTLED)
    counters, probe = counted(session), page.evaluate("window.probe")
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null")
    found: dict[str, float | None] = {
        "cpu": counters["TaskDuration"] * 1000,
        "heap": heap(session),
        "blocked": probe["blocked"],
        "late": None if probe["shown"] is None or painted is None else max(0.0, probe["shown"] - painted),
    }
    if target.refuse:
        page.locator(target.refuse).first.click()
        page.wait_for_timeout(800)
        found["click"] = page.evaluate("window.probe.click")
        found["shift"] = page.evaluate("window.probe.shift")
    context.close()
    return found


def returning(browser: Browser, target: Target) -> dict[str, float | None]:
    """The next page of a visitor who refused: requests, bytes and main thread."""
    context = visitor(browser, target)
    page = context.new_page()
    page.goto(target.address, wait_until="load")
    page.wait_for_timeout(800)
    if target.refuse:
        page.locator(target.refuse).first.click()
        page.wait_for_timeout(800)
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))  # the driver marks what it is given
    session = slowed(page)
    page.goto(target.address, wait_until="load")
    page.wait_for_timeout(SETTLED)
    cpu = counted(session)["TaskDuration"] * 1000
    foreign = [answer for answer in answers if answer.ok and not own(answer.url, target)]
    size = sum(len(brotli.compress(answer.body(), quality=11)) for answer in foreign)
    context.close()
    return {"again_cpu": cpu, "again_requests": len(foreign), "again_bytes": size}


def weight(browser: Browser, target: Target) -> dict[str, float]:
    """Bytes of script, style and configuration over the wire (brotli 11), and how many requests brought them.

    Of a page's own style sheet that carries the banner's rules, those rules count, not its request.
    """
    context = visitor(browser, target)
    page = context.new_page()
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))  # the driver marks what it is given
    page.goto(target.address, wait_until="load")
    page.wait_for_timeout(1500)
    bodies = [answer.body() for answer in answers if not own(answer.url, target) and answer.ok]
    shared = any(answer.url.endswith(OWN_SHEET) for answer in answers)
    context.close()
    rules = len(brotli.compress(RULES.read_bytes(), quality=11)) if shared else 0
    return {"bytes": rules + sum(len(brotli.compress(body, quality=11)) for body in bodies), "requests": len(bodies)}


def own(url: str, target: Target) -> bool:
    """Whether the bare page would ask for it too, or its like: its one style sheet."""
    path = urlsplit(url).path
    return path in (urlsplit(target.address).path, "/static/bredele/base.css", OWN_SHEET, "/favicon.ico")


def rules_broken(browser: Browser, target: Target, axe: str) -> int:
    """Rules axe finds broken with the banner open: WCAG and best practice, over the languages that the page has."""
    broken = 0
    for language in target.languages:
        context = visitor(browser, target)
        page = context.new_page()
        page.goto(target.address + language, wait_until="load")
        page.wait_for_timeout(1200)
        page.evaluate(f"{axe}; 0")
        broken += int(page.evaluate("axe.run().then((result) => result.violations.length)"))
        context.close()
    return broken
