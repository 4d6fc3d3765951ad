"""A run carried out: the scan in a thread of its own, its words and its pulse in the database, its outcome a proof."""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

import msgspec

from bredele.core.errors import BredeleError
from bredele.core.findings import compare
from bredele.core.observation import Scan
from bredele.core.registry import Version
from bredele.formats.domains import registrable_domain
from bredele.formats.knowledge.advising import advise
from bredele.formats.knowledge.matching import knowledge
from bredele.scanner.plan import Plan
from bredele.web.registry.models import Site
from bredele.web.registry.publishing import current_version
from bredele.web.scans import alerts, bundles, proofs, runs
from bredele.web.scans.models import Proof, Run, Schedule

if TYPE_CHECKING:
    from bredele.scanner.evidence.witness import Witness

BUDGET = 40 * 60.0
PULSE_SECONDS = 1.0
PRIVATE = "Or let the operator of this server name the site in BREDELE_PRIVATE_SITES."
Now = Callable[[], datetime]
Look = Callable[[Plan, "Sink"], Scan]
"""How a plan becomes facts; the scanner itself, except in tests."""


class Sink:
    """What passes between the scan's thread and ours."""

    def __init__(self) -> None:
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.cancel: Callable[[], object] | None = None
        """Set by the scan as soon as it can be stopped."""
        self.witness: Witness | None = None

    def say(self, line: str) -> None:
        """A line of progress."""
        self.lines.put(line)

    def take(self) -> list[str]:
        """The lines since the last time."""
        found = []
        while not self.lines.empty():
            found.append(self.lines.get())
        return found


def carry(run: Run, now: Now, look: Look) -> Proof | None:
    """Scan the run's site, record what was found, tell who wants to know; None if it could not be scanned."""
    site = Site.objects.filter(slug=run.site).first()
    if site is None:
        runs.end(run, now(), message="The site is gone.")
        return None
    version, sink = current_version(run.site), Sink()
    try:
        seen = looked(run, plan_of(run, site.origin), now, look, sink)
    except Stopped as error:  # by somebody who knows: nobody is told
        runs.end(run, now(), message=str(error))
        return None
    except BredeleError as error:
        failed(run, now, f"{error} {PRIVATE}" if "private network" in error.message else str(error))
        return None
    except Exception as error:  # noqa: BLE001  # whatever the browser's driver raises, the run has an end that says so
        failed(run, now, f"A fault of the scanner itself: {type(error).__name__}.")
        return None
    before = proofs.latest(run.site)
    scan = judged(seen, version, site.origin)
    proof = proofs.record(run.site, scan, now())
    fault = ""
    if sink.witness is not None:
        fault = bundles.keep(proof, scan, version.registry if version else None, sink.witness, now())
    runs.end(run, now(), proof=proof, message=fault)
    alerts.tell(proof, before, now())
    return proof


def failed(run: Run, now: Now, message: str) -> None:
    """No proof; who wants to know is told why."""
    runs.end(run, now(), message=message)
    alerts.tell_failure(run, now())


def plan_of(run: Run, origin: str) -> Plan:
    """The site's own pages in every state; its forms are sent, private addresses reached if the operator said so."""
    resume = runs.resume_path(run)
    resume.parent.mkdir(parents=True, exist_ok=True)
    pages = Schedule.objects.filter(site=run.site).values_list("pages", flat=True).first()
    return Plan(
        target=origin,
        max_pages=pages or Schedule(site=run.site).pages,
        budget=BUDGET,
        own=True,
        drive_forms=True,
        allow_private=runs.allowed_private(run.site),
        from_server=True,
        resume=resume,
    )


def looked(run: Run, plan: Plan, now: Now, look: Look, sink: Sink) -> Scan:
    """The facts, while the run's pulse goes on; asked to stop, it ends with what it has."""
    outcome: list[Scan | BaseException] = []

    def work() -> None:
        try:
            outcome.append(look(plan, sink))
        except BaseException as error:  # noqa: BLE001  # carried over to the thread that waits for it
            outcome.append(error)

    thread = threading.Thread(target=work, name=f"scan-{run.site}")
    thread.start()
    asked = False
    while thread.is_alive():
        thread.join(PULSE_SECONDS)
        if not runs.beat(run, sink.take(), now()) and sink.cancel and not asked:
            asked = True  # once: a second time would break off how it ends, and lose what it saw
            sink.cancel()
    runs.beat(run, sink.take(), now())
    (found,) = outcome
    if isinstance(found, asyncio.CancelledError):
        raise Stopped("It was stopped before it had seen anything.", where=plan.target, cure="Scan it again.")
    if isinstance(found, BaseException):
        raise found
    return found


def judged(seen: Scan, version: Version | None, origin: str) -> Scan:
    """The facts held against the version in force, with what loaded knowledge suggests."""
    from django.conf import settings

    host = Plan(target=origin).host
    registry = version.registry if version else None
    findings = compare(registry, seen, site_host=host, registrable_domain=registrable_domain)
    number = version.number if version else None
    scan = msgspec.structs.replace(seen, findings=findings, registry_version=number)
    return advise(scan, knowledge(settings.BREDELE.data), host)


def by_browser(plan: Plan, sink: Sink) -> Scan:
    """The real thing; MissingScanner where the scanner is not installed."""
    from django.conf import settings

    try:
        from bredele.scanner.evidence.witness import Witness
        from bredele.scanner.scan import observe
    except ModuleNotFoundError as error:
        raise MissingScanner(f"{error.name} is not installed.", cure='Run: pip install "bredele[scan]".') from None

    witness = sink.witness = Witness() if find_spec("cryptography") else None

    async def scan() -> Scan:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        if task is not None:
            sink.cancel = lambda: tell(loop, task.cancel)
        return await observe(plan, settings.BREDELE, sink.say, witness)

    return asyncio.run(scan())


def tell(loop: asyncio.AbstractEventLoop, word: Callable[[], object]) -> None:
    """Say a word in another thread's loop; one that is closed has ended by itself."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(word)


class Stopped(BredeleError):
    """The owner stopped the scan before its first page."""


class MissingScanner(BredeleError):
    """The parts that drive a browser are not installed."""
