"""One scan: every planned state in a browser of its own, two side by side, put together into plain facts."""

import asyncio
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
from playwright.async_api import Error, Playwright, async_playwright

from bredele.core.errors import BredeleError
from bredele.core.findings import compare, order
from bredele.core.observation import Finding, NotTested, Observation, Rejection, Request, Scan
from bredele.core.settings import Settings
from bredele.formats.domains import registrable_domain
from bredele.scanner import chromium
from bredele.scanner.addresses import Addresses, Refused
from bredele.scanner.browser import Browser, find_browser, open_visit
from bredele.scanner.errors import BrowserLost, CouldNotScan, NotDriven, NothingToChoose
from bredele.scanner.journey import Journey
from bredele.scanner.masking import page_address
from bredele.scanner.merging import merge, merge_requests
from bredele.scanner.plan import Plan, check_plan
from bredele.scanner.proxy import Proxy
from bredele.scanner.tour import Tour
from bredele.scanner.trace import fold_rejections, observations, script_rejections

Progress = Callable[[str], None]
AT_ONCE = 2
ATTEMPTS = 2
PORTS = {"http": 80, "https": 443}
NO_SANDBOX_NOTE = "Chromium ran without its sandbox (--no-sandbox)."


class Driven(msgspec.Struct, frozen=True, kw_only=True):
    """What one state gave, or why it could not be driven."""

    state: str
    gap: NotTested | None = None
    observations: tuple[Observation, ...] = ()
    requests: tuple[Request, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    findings: tuple[Finding, ...] = ()
    pages: tuple[str, ...] = ()
    browser: str = ""


def run(plan: Plan, settings: Settings, progress: Progress) -> Scan:
    """Scan, and judge without a registry: what is not recognised needs consent.

    Raises InvalidPlan for a plan that makes no sense and CouldNotScan where nothing could be visited at all.
    """
    scan = asyncio.run(observe(plan, settings, progress))
    host = check_plan(plan).host
    findings = compare(None, scan, site_host=host, registrable_domain=registrable_domain)
    return msgspec.structs.replace(scan, findings=findings)


async def observe(plan: Plan, settings: Settings, progress: Progress) -> Scan:
    """The facts of a scan; its only findings are those on the banner."""
    started, begun = datetime.now(UTC), time.monotonic()
    plan = check_plan(plan)
    browser = find_browser(plan, settings, os.environ, chromium.is_root())
    chromium.notice.tell(browser.flags)
    addresses = Addresses(plan.allow_private)
    async with Proxy(addresses) as proxy:
        await reach(plan, addresses)
        progress(f"Scanning {page_address(plan.target)} in {len(plan.driven)} states")
        async with async_playwright() as playwright:
            party = Party(plan, browser, proxy, playwright, progress)
            driven = await party.drive_all()
    notes = [*party.self_test[-1:], *([] if browser.sandboxed else [NO_SANDBOX_NOTE])]
    if addresses.refused:
        notes.append(f"Private addresses were not visited: {', '.join(sorted(addresses.refused))}.")
    scan = together(plan, driven, party.tour, started)
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


class Party:
    """The states of one scan on their way."""

    def __init__(self, plan: Plan, browser: Browser, proxy: Proxy, playwright: Playwright, progress: Progress) -> None:
        self.plan, self.browser, self.proxy, self.playwright, self.progress = plan, browser, proxy, playwright, progress
        self.tour = Tour(plan.target, plan.max_pages)
        self.places = asyncio.Semaphore(AT_ONCE)
        self.self_test: list[str] = []
        self.own = registrable_domain(plan.host)

    async def drive_all(self) -> list[Driven]:
        """Every state within the time budget. CouldNotScan if the first one finds no site."""
        tasks = {state: asyncio.create_task(self.drive(state)) for state in self.plan.driven}
        try:
            done, _ = await asyncio.wait(tasks.values(), timeout=self.plan.budget, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in tasks.values():
                task.cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)
        for task in done:
            task.result()
        return [task.result() if task in done else overdue(state, self.plan) for state, task in tasks.items()]

    async def drive(self, state: str) -> Driven:
        """One state; a browser that went away gets a second chance."""
        leads = state == self.plan.driven[0]
        async with self.places:
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    return await self.attempt(state, leads)
                except (BrowserLost, Error) as error:
                    if attempt == ATTEMPTS:
                        return self.gap(state, "crash", error)
                    self.progress(f"{state}: the browser went away, once more")
                except NothingToChoose as error:
                    return self.gap(state, "nothing-to-choose", error)
                except NotDriven as error:
                    return self.gap(state, "not-driven", error)
                except CouldNotScan as error:
                    if leads:
                        raise
                    return self.gap(state, "target-down", error)
                finally:
                    if leads and attempt == ATTEMPTS:
                        self.tour.close()
        raise AssertionError(state)

    def gap(self, state: str, reason: str, error: BredeleError | Error) -> Driven:
        """A state that could not be driven."""
        self.tour_goes_on(state)
        message = str(error) if isinstance(error, BredeleError) else error.message.partition("\n")[0]
        self.progress(f"{state}: {message}")
        return Driven(state=state, gap=NotTested(state=state, reason=reason, message=message))

    def tour_goes_on(self, state: str) -> None:
        """When the leading state fails nobody must wait for more pages."""
        if state == self.plan.driven[0]:
            self.tour.close()

    async def attempt(self, state: str, leads: bool) -> Driven:
        """Drive one state in a fresh browser."""
        begun = time.monotonic()
        test = self.self_test if leads else None
        async with open_visit(
            self.playwright, self.browser, self.proxy.flags, self.plan, state, self.foreign, test
        ) as visit:
            journey = Journey(visit, self.tour, leads)
            await journey.drive()
            recorder = visit.recorder
            version = visit.context.browser.version if visit.context.browser else ""
            found = observations(recorder, visit.token_pages)
        self.progress(f"{state}: {len(set(visit.pages))} pages in {time.monotonic() - begun:.1f} s")
        return Driven(
            state=state,
            observations=tuple(found),
            requests=tuple(recorder.requests()),
            rejections=(*recorder.rejections(), *script_rejections(recorder)),
            findings=tuple(journey.findings),
            pages=tuple(visit.pages),
            browser=f"Chromium {version}",
        )

    def foreign(self, host: str) -> bool:
        """Whether a host belongs to another site than the target."""
        return registrable_domain(host.lstrip(".")) != self.own


def overdue(state: str, plan: Plan) -> Driven:
    """A state for which there was no time left."""
    message = f"The time budget of {plan.budget:.0f} s was used up."
    return Driven(state=state, gap=NotTested(state=state, reason="time-budget", message=message))


def together(plan: Plan, driven: list[Driven], tour: Tour, started: datetime) -> Scan:
    """Everything in a fixed order: two scans of the same site read the same."""
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
