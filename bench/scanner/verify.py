"""The truth itself, verified in Chromium without the scanner: every page by hand, then the jar and the storages."""

import asyncio
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import BrowserContext, Error, Page, async_playwright

from bench.scanner.site import HIDDEN, PAGES, Ground, serving
from bench.scanner.truth import DECOYS, ITEMS, OWN, STATES
from bredele.scanner import chromium

Found = set[tuple[str, str]]
LIST = """async () => {
  const names = [...Object.keys(localStorage).map((n) => ['local_storage', n]),
    ...Object.keys(sessionStorage).map((n) => ['session_storage', n])];
  for (const { name } of await indexedDB.databases()) names.push(['indexed_db', name]);
  for (const name of await caches.keys()) names.push(['cache_storage', name]);
  for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(['opfs', name]);
  for (const { scope, active, installing, waiting } of await navigator.serviceWorker.getRegistrations())
    names.push(['service_worker', new URL((active || waiting || installing).scriptURL).pathname]);
  return names;
}"""


async def look(context: BrowserContext, page: Page) -> Found:
    """Everything now stored that this page can tell, and the jar."""
    found: Found = {("cookie", str(cookie["name"])) for cookie in await context.cookies()}
    for frame in page.frames:
        try:
            found |= {(kind, name) for kind, name in await frame.evaluate(LIST)}
        except Error:
            continue
    return found


async def tour(ground: Ground, context: BrowserContext, page: Page) -> Found:
    """Every page with every gesture the site reacts to."""
    found: Found = set()
    for path in (*PAGES, "/second/", *HIDDEN):
        await page.goto(f"http://{OWN}:{ground.port}{path}")
        await page.mouse.move(200, 200)
        await page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
        await page.wait_for_timeout(
            5000 if path == "/timing/" else 2000 if path in ("/", "/news/6/", "/frames/") else 700
        )
        for button in await page.query_selector_all("button[id^=b_]"):
            await button.click()
        if path == "/search/":
            await page.click("form button")
        found |= await look(context, page)
    await page.goto("about:blank")
    return found | await look(context, page)


async def state_of(ground: Ground, context: BrowserContext, state: str) -> Found:
    """What one state shows."""
    page = await context.new_page()
    await page.goto(f"http://{OWN}:{ground.port}/")
    await page.wait_for_timeout(500)

    async def choose(choice: str) -> None:
        await page.goto(f"http://{OWN}:{ground.port}/")
        await page.evaluate("(choice) => fetch('/consent', { method: 'POST', body: 'choice=' + choice })", choice)
        await page.reload()
        await page.wait_for_timeout(500)

    if state in ("accepted", "withdrawn"):
        await choose("accept")
        if state == "withdrawn":
            await tour(ground, context, page)
            await choose("refuse")
    if state == "refused":
        await choose("refuse")
    return await look(context, page) | await tour(ground, context, page)


async def verify() -> list[str]:
    """What differs from truth.py, state by state; fleeting items are true by construction."""
    wrong = []
    with serving() as ground, TemporaryDirectory() as profile:
        (Path(profile) / "Default").mkdir()
        (Path(profile) / "Default" / "Preferences").write_text(json.dumps({"profile": {"cookie_controls_mode": 0}}))
        async with async_playwright() as playwright:
            root = await playwright.chromium.launch_persistent_context(
                profile,
                executable_path=str(chromium.find(os.environ)),
                args=list(chromium.launch_flags(root=chromium.is_root())),
                chromium_sandbox=not chromium.is_root(),
            )
            for state in STATES:
                assert root.browser is not None  # noqa: S101  # a persistent context of Chromium has one
                context = await root.browser.new_context()
                found = await state_of(ground, context, state)
                await context.close()
                true = {(item.kind, item.name) for item in ITEMS if state in item.states and not item.fleeting}
                wrong += [f"{state}: not there: {name}" for name in sorted(true - found)]
                wrong += [
                    f"{state}: there: {name}"
                    for name in sorted(found - true)
                    if name[1] not in ("choice", "second_visit")
                ]
            await root.close()
    return wrong + [f"decoy stored: {name}" for name in DECOYS if any(name in line for line in wrong)]


if __name__ == "__main__":
    faults = asyncio.run(verify())
    print(*faults or ["truth verified"], sep="\n")  # noqa: T201  # the bench's own output
    sys.exit(bool(faults))
