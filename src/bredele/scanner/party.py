"""The states of one scan on their way, some side by side, each in a fresh profile; what was seen is never lost."""

import asyncio
import time
from collections.abc import Callable

import msgspec
from playwright.async_api import Error

from bredele.core.errors import BredeleError
from bredele.core.observation import PURPOSE, Finding, NotTested
from bredele.formats.domains import registrable_domain
from bredele.scanner.browser import Engine, open_visit
from bredele.scanner.courtesy import Courtesy
from bredele.scanner.errors import BrowserLost, CouldNotScan, NotDriven, NothingToChoose, PageLost
from bredele.scanner.gestures import gestures
from bredele.scanner.journey import Journey
from bredele.scanner.plan import Plan
from bredele.scanner.resuming import Driven, Memory, together
from bredele.scanner.site_map import ToldToCrawlers
from bredele.scanner.tour import Tour
from bredele.scanner.trace import observations, script_rejections

Say = Callable[[str], None]
AT_ONCE = 4
ATTEMPTS = 2
PURPOSES = 6
"""Purposes driven one by one where the site offers more."""
CRASH = "crash"


class Party:
    """Every state of a scan."""

    def __init__(self, plan: Plan, engine: Engine, memory: Memory, say: Say) -> None:
        self.plan, self.engine, self.memory, self.say = plan, engine, memory, say
        self.tour = Tour(plan.target, plan.max_pages, memory.kept.tour)
        if memory.kept.tour_closed:
            self.tour.close()
        self.courtesy = Courtesy()
        self.places = asyncio.Semaphore(AT_ONCE)
        self.own = registrable_domain(plan.host)
        self.journeys: dict[str, Journey] = {}
        self.tasks: dict[str, asyncio.Task[Driven]] = {}
        self.stopped: NotTested | None = None

    def heed(self, told: ToldToCrawlers) -> None:
        """Take what the site tells crawlers: its sitemap, and on a site not one's own its rules."""
        self.tour.mapped = told.pages
        if not self.plan.own:
            self.courtesy = Courtesy(told)
            self.tour.allows = self.courtesy.allows

    async def drive_all(self) -> list[Driven]:
        """Every state within the time budget. CouldNotScan if the first one finds no site.

        When time runs out or the scan is interrupted, each state gives what it has seen, and says what is missing.
        """
        end = time.monotonic() + self.plan.budget
        for state in self.plan.driven:
            self.start(state)
        try:
            while (waiting := [task for task in self.tasks.values() if not task.done()]) and end > time.monotonic():
                await asyncio.wait(waiting, timeout=end - time.monotonic(), return_when=asyncio.FIRST_COMPLETED)
                self.raise_failure()
                self.start_purposes()
            if waiting:
                message = f"The time budget of {self.plan.budget:.0f} s was used up."
                self.stopped = NotTested(state="", reason="time-budget", message=message)
        except asyncio.CancelledError:
            self.stopped = NotTested(state="", reason="interrupted", message="The scan was interrupted.")
        finally:
            await self.stop()
        return [self.outcome(state, task) for state, task in self.tasks.items()]

    def start(self, state: str) -> None:
        """Set one state off, unless it is done already."""
        if state not in self.tasks:
            self.tasks[state] = asyncio.create_task(self.drive(state))

    def start_purposes(self) -> None:
        """Each purpose alone, once the first state has seen which there are."""
        first = self.tasks[self.plan.driven[0]]
        if self.plan.purposes and first.done() and not first.cancelled():
            for purpose in first.result().purposes[:PURPOSES]:
                self.start(PURPOSE + purpose)

    def raise_failure(self) -> None:
        """A state that ended the whole scan."""
        for task in self.tasks.values():
            if task.done() and not task.cancelled() and (error := task.exception()) is not None:
                raise error

    async def stop(self) -> None:
        """End what is still on its way."""
        for task in self.tasks.values():
            task.cancel()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)

    def outcome(self, state: str, task: asyncio.Task[Driven]) -> Driven:
        """What a state gave; for one that was stopped, what it had seen until then."""
        if not task.cancelled() and task.exception() is None:
            return task.result()
        gap = self.stopped or NotTested(state=state, reason="interrupted", message="The scan was interrupted.")
        return self.so_far(state, msgspec.structs.replace(gap, state=state))

    async def drive(self, state: str) -> Driven:
        """One state; a browser that went away gets a second chance."""
        if state in self.memory.done:
            return self.memory.done[state]
        leads = state == self.plan.driven[0]
        async with self.places:
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    return await self.attempt(state, leads)
                except (BrowserLost, PageLost, Error) as error:
                    if attempt == ATTEMPTS:
                        return self.gap(state, CRASH, error)
                    self.say(f"{state}: the browser went away, once more")
                except NothingToChoose as error:
                    return self.gap(state, "nothing-to-choose", error)
                except NotDriven as error:
                    return self.gap(state, "not-driven", error)
                except CouldNotScan as error:
                    if leads:
                        raise
                    return self.gap(state, "target-down", error)
                except Exception as error:  # noqa: BLE001  # one state's fault must not cost the others: it is reported
                    told = BrowserLost(
                        f"The scanner failed here: {type(error).__name__}.", cure="Report it with the address."
                    )
                    return self.gap(state, CRASH, told)
        raise AssertionError(state)

    def gap(self, state: str, reason: str, error: BredeleError | Error) -> Driven:
        """A state that could not be driven to its end."""
        if state == self.plan.driven[0]:
            self.tour.close()
        message = str(error) if isinstance(error, BredeleError) else error.message.partition("\n")[0]
        self.say(f"{state}: {message}")
        gap = NotTested(state=state, reason=reason, message=message)
        return self.so_far(state, gap) if reason == CRASH else Driven(state=state, gap=gap)

    async def attempt(self, state: str, leads: bool) -> Driven:
        """Drive one state in a fresh profile."""
        begun = time.monotonic()
        earlier = self.memory.begun.get(state)
        async with open_visit(self.engine, self.plan, state, self.foreign, self.courtesy) as visit:
            journey = Journey(visit, self.tour, leads, frozenset(earlier.pages) if earlier else frozenset())
            self.journeys[state] = journey
            journey.after_stop = lambda: self.keep(state, earlier)
            await journey.drive()
            driven = together(earlier, seen_by(journey))
        if state == "no_choice" and journey.banner:
            driven = msgspec.structs.replace(driven, findings=(*driven.findings, *await self.try_gestures(driven)))
        self.memory.done[state] = driven
        self.write()
        self.say(f"{state}: {len(driven.pages)} pages in {time.monotonic() - begun:.1f} s")
        return driven

    async def try_gestures(self, driven: Driven) -> list[Finding]:
        """Whether closing the banner counts as consent; a browser that fails here has no say in it."""
        known = frozenset(item.name for item in driven.observations)
        try:
            async with open_visit(self.engine, self.plan, "no_choice", self.foreign, self.courtesy) as visit:
                return await gestures(visit, known)
        except (BredeleError, Error):
            return []

    def keep(self, state: str, earlier: Driven | None) -> None:
        """Write down from time to time what was found so far."""
        if self.memory.due() and self.journeys[state].in_state:
            self.memory.begun |= {
                name: together(self.memory.kept.begun.get(name), seen_by(journey))
                for name, journey in self.journeys.items()
                if journey.in_state
            }
            self.write()

    def write(self) -> None:
        """Write the progress file."""
        self.memory.write(tuple(self.tour.pages), self.tour.closed)

    def so_far(self, state: str, gap: NotTested) -> Driven:
        """What a state had seen when it ended early; nothing if it had not become that state yet."""
        journey = self.journeys.get(state)
        earlier = self.memory.kept.begun.get(state)
        if journey is None or not journey.in_state:
            return msgspec.structs.replace(earlier or Driven(state=state), gap=gap)
        return msgspec.structs.replace(together(earlier, seen_by(journey)), gap=gap)

    def foreign(self, host: str) -> bool:
        """Whether a host belongs to another site than the target."""
        return registrable_domain(host.lstrip(".")) != self.own


def seen_by(journey: Journey) -> Driven:
    """What a journey has seen."""
    visit = journey.visit
    recorder, engine = visit.recorder, visit.context.browser
    return Driven(
        state=visit.state,
        observations=tuple(observations(recorder, visit.token_pages)),
        requests=tuple(recorder.requests()),
        rejections=(*recorder.rejections(), *script_rejections(recorder)),
        findings=tuple(journey.findings),
        pages=tuple(dict.fromkeys(visit.pages)),
        lost=tuple(dict.fromkeys(visit.lost)),
        shared=tuple(recorder.stored.shared(registrable_domain, recorder.epoch)),
        purposes=journey.purposes,
        browser=f"Chromium {engine.version}" if engine else "",
    )
