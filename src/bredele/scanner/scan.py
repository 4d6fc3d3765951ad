"""One scan: every planned state in a browser of its own, two side by side, put together into plain facts."""

import asyncio
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol

import msgspec
from playwright.async_api import BrowserContext, async_playwright

from bredele.core.findings import compare, order
from bredele.core.observation import Scan, place_of_state
from bredele.core.settings import Settings
from bredele.formats.domains import registrable_domain
from bredele.scanner import chromium
from bredele.scanner.addresses import Addresses, Refused, cloaked
from bredele.scanner.browser import Engine, find_browser
from bredele.scanner.errors import CouldNotScan
from bredele.scanner.masking import page_address
from bredele.scanner.merging import merge, merge_requests
from bredele.scanner.party import Party
from bredele.scanner.plan import Plan, check_plan
from bredele.scanner.proxy import Proxy
from bredele.scanner.recorder import recording
from bredele.scanner.resuming import Driven, Memory
from bredele.scanner.self_test import examine
from bredele.scanner.site_map import ask_site
from bredele.scanner.tour import Tour
from bredele.scanner.trace import fold_rejections
from bredele.scanner.worker_traffic import WorkerTraffic

Progress = Callable[[str], None]
PORTS = {"http": 80, "https": 443}
NO_SANDBOX_NOTE = "Chromium ran without its sandbox (--no-sandbox)."


class Onlooker(Protocol):
    """Stands beside a scan without taking part."""

    def follow(self, context: BrowserContext, state: str) -> None:
        """A state gets its profile."""

    async def look(self, engine: Engine, plan: Plan) -> None:
        """Every state was driven; the browser is still there."""

    def lacks(self) -> list[str]:
        """Sentences on what it wanted to keep and could not."""


def run(plan: Plan, settings: Settings, progress: Progress, onlooker: Onlooker | None = None) -> Scan:
    """Scan, and judge without a registry: what is not recognised needs consent.

    Raises InvalidPlan for a plan that makes no sense and CouldNotScan where nothing could be visited at all.
    """
    scan = asyncio.run(observe(plan, settings, progress, onlooker))
    host = check_plan(plan).host
    findings = compare(None, scan, site_host=host, registrable_domain=registrable_domain)
    return msgspec.structs.replace(scan, findings=findings)


async def observe(plan: Plan, settings: Settings, progress: Progress, onlooker: Onlooker | None = None) -> Scan:
    """The facts of a scan; its only findings are those on the banner."""
    started, begun = datetime.now(UTC), time.monotonic()
    plan = check_plan(plan)
    memory = Memory(plan.resume, plan)
    browser = find_browser(plan, settings, os.environ, chromium.is_root())
    chromium.notice.tell(browser.flags)
    addresses = Addresses(plan.allow_private)
    binding = f"b{secrets.token_hex(6)}"
    workers = WorkerTraffic(lambda signal: recording(binding, signal))
    async with Proxy(addresses, workers) as proxy:
        await reach(plan, addresses)
        progress(f"Scanning {page_address(plan.target)} in {len(plan.driven)} states")
        driven: list[Driven] = []
        try:
            async with (
                async_playwright() as playwright,
                Engine(playwright, browser, proxy.flags, binding, workers.cookies) as engine,
            ):
                self_test, told = await asyncio.gather(
                    examine(engine), ask_site(plan.origin, proxy.address, plan.max_pages)
                )
                engine.watch = onlooker.follow if onlooker else None
                party = Party(plan, engine, memory, progress)
                party.heed(told)
                driven = await party.drive_all()
                if onlooker and not party.stopped:
                    engine.watch = None
                    with suppress(asyncio.CancelledError):  # stopped now: every state was seen
                        await onlooker.look(engine, plan)
        except asyncio.CancelledError:
            if not driven:
                raise  # else only the closing was broken off: what was seen is there
    notes = [*self_test.notes, *([] if browser.sandboxed else [NO_SANDBOX_NOTE])]
    if addresses.refused:
        notes.append(f"Private addresses were not visited: {', '.join(sorted(addresses.refused))}.")
    notes += cloaked(addresses.aliases, party.own, registrable_domain)
    notes += sorted({note for one in driven for note in one.shared})
    notes += party.courtesy.notes(plan.target)
    notes += sorted({f"Not seen to its end: {page}" for one in driven for page in one.lost})
    notes += onlooker.lacks() if onlooker else []
    scan = together(plan, driven, party.tour, started)
    if not scan.incomplete:
        memory.finish()
    return msgspec.structs.replace(scan, seconds=round(time.monotonic() - begun, 1), notes=tuple(notes))


async def reach(plan: Plan, addresses: Addresses) -> None:
    """See that the target answers at all before a browser is started."""
    scheme, _, rest = plan.origin.partition("://")
    port = int(rest.rpartition(":")[2]) if rest.rpartition(":")[2].isdigit() else PORTS[scheme]
    try:
        address = await addresses.of(plan.host)
    except Refused as error:
        cure = "Scan it from the command line." if addresses.refused else "Check the spelling."
        raise CouldNotScan(f"{error}.", where=plan.target, cure=cure) from None
    try:
        async with asyncio.timeout(10):
            _, writer = await asyncio.open_connection(str(address), port)
        writer.close()
    except (OSError, TimeoutError):
        raise CouldNotScan(
            f"Nothing answers at {plan.host}, port {port}.",
            where=plan.target,
            cure="Start the site, or check the port.",
        ) from None


def together(plan: Plan, driven: list[Driven], tour: Tour, started: datetime) -> Scan:
    """Everything in a fixed order: two scans of the same site read the same."""
    driven = sorted(driven, key=lambda one: place_of_state(one.state))
    visited = {url for one in driven for url in one.pages}
    strays = sorted(visited - set(tour.pages))
    findings = {(finding.rule, finding.message): finding for one in driven for finding in one.findings}
    return Scan(
        target=page_address(plan.target),
        started=started,
        browser=next((one.browser for one in driven if one.browser), ""),
        states=tuple(one.state for one in driven if one.gap is None),
        pages=tuple(page_address(url) for url in [*(url for url in tour.pages if url in visited), *strays]),
        observations=merge(item for one in driven for item in one.observations),
        requests=merge_requests(request for one in driven for request in one.requests),
        rejections=fold_rejections(rejection for one in driven for rejection in one.rejections),
        findings=tuple(sorted(findings.values(), key=order)),
        not_tested=tuple(one.gap for one in driven if one.gap is not None),
    )
