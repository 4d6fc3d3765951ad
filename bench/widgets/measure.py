"""One visit measured: bytes and requests, when the banner shows, the main thread, what refusing costs, what stays."""

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
{ visibilityProperty: true, opacityProperty: true })) { P.shown = performance.now(); return; }
requestAnimationFrame(look); };
requestAnimationFrame(look); })();"""
SETTLED = 2500
"""Milliseconds after which everything of a first view has happened, at a quarter of the machine's speed."""


def visitor(browser: Browser, target: Target) -> BrowserContext:
    """A fresh profile, with the probe in every page; the same probe on a bare page looks for what is never there."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    context.add_init_script(PROBE % repr(target.banner or "#nothing"))
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
        "heap": counters["JSHeapUsedSize"] / 1024,
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


def returning(browser: Browser, target: Target) -> dict[str, float]:
    """The next page of a visitor who refused: requests, bytes and main thread."""
    context = visitor(browser, target)
    page = context.new_page()
    page.goto(target.address, wait_until="load")
    page.wait_for_timeout(800)
    if target.refuse:
        page.locator(target.refuse).first.click()
        page.wait_for_timeout(800)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    session = slowed(page)
    page.goto(target.address, wait_until="load")
    page.wait_for_timeout(SETTLED)
    cpu = counted(session)["TaskDuration"] * 1000
    context.close()
    return {"again_cpu": cpu, "again_requests": len([url for url in asked if not own(url, target)])}


def weight(browser: Browser, target: Target) -> dict[str, float]:
    """Bytes of script, style and configuration over the wire (brotli 11), and how many requests brought them."""
    context = visitor(browser, target)
    page = context.new_page()
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(target.address, wait_until="load")
    page.wait_for_timeout(1500)
    bodies = [answer.body() for answer in answers if not own(answer.url, target) and answer.ok]
    context.close()
    return {"bytes": sum(len(brotli.compress(body, quality=11)) for body in bodies), "requests": len(bodies)}


def own(url: str, target: Target) -> bool:
    """Whether the bare page would ask for it too."""
    parts = urlsplit(url)
    return parts.path in (urlsplit(target.address).path, "/static/bredele/base.css", "/favicon.ico")


def rules_broken(browser: Browser, target: Target, axe: str) -> int:
    """Rules axe finds broken with the banner open: WCAG and best practice."""
    context = visitor(browser, target)
    page = context.new_page()
    page.goto(target.address, wait_until="load")
    page.wait_for_timeout(1200)
    page.evaluate(f"{axe}; 0")
    broken = page.evaluate("axe.run().then((result) => result.violations.length)")
    context.close()
    return int(broken)
