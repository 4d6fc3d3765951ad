"""When a page has come to rest: nothing under way, nothing new for a moment, and no timer of its own still to fire.

Fixed pauses either miss what comes late or waste time on what is done. The page's own timers tell when to look again;
a script that was waited for twice is known, and so is an address that never ends: neither is waited for again.
"""

import asyncio
from collections import Counter
from collections.abc import Callable

QUIET_SECONDS, STEP_SECONDS = 0.15, 0.03
PATIENCE_SECONDS = 5.0
"""For what is under way; longer answers are those of a stream."""
BODY_SECONDS = 1.0
"""For the next part of an answer's body. Scripts often do not read it, and then its end is never told."""
TIMER_SECONDS = 6.5
"""The longest timer that is waited for."""
TICKS = 3
"""Of a repeated timer: what counts to three stores something by then."""
SIGHTINGS = 2
"""How often the timer of one line of script is waited for in one state."""
TIMER_BUDGET_SECONDS, HURRIED_SECONDS = 40.0, 1.0
"""What timers may cost one state in full; the longest timer waited for afterwards."""
REPEATS = 4
"""The same event on the same page: from then on it is a heartbeat, not unrest."""


class Unrest:
    """What goes on in one state's browser. `time` is a monotonic clock in seconds."""

    def __init__(self, time: Callable[[], float]) -> None:
        self.time = time
        self.under_way: dict[str, str] = {}
        self.reading: dict[str, float] = {}
        self.endless: set[str] = set()
        self.unread: set[str] = set()
        self.seen: Counter[str] = Counter()
        self.sightings: Counter[str] = Counter()
        self.page, self.views = "", Counter[str]()
        self.lines: dict[str, set[str]] = {}
        self.lines_now: set[str] = set()
        self.last_event, self.due, self.spent = 0.0, 0.0, 0.0
        self.stirred, self.requests = 0, 0

    def turn_page(self, page: str) -> None:
        """A page is opened: the timers of the last one are gone, and those of an earlier view of this one are known."""
        self.lines.setdefault(self.page, set()).update(self.lines_now)
        self.page, self.lines_now = page, set()
        self.views[page] += 1
        self.forget()
        self.seen.clear()
        self.due = 0.0

    def decide(self) -> None:
        """The visitor answers: pages may do otherwise now. Those that were seen twice are known well enough."""
        for page, views in self.views.items():
            if views < 2:
                self.lines.pop(page, None)

    def stir(self, event: str) -> bool:
        """Something happened; False if it is but a repetition."""
        self.seen[event] += 1
        if self.seen[event] > REPEATS:
            return False
        self.last_event = self.time()
        self.stirred += 1
        return True

    def begin(self, request: str, address: str) -> None:
        """A request left."""
        self.requests += 1
        if self.stir(address) and address not in self.endless:
            self.under_way[request] = address

    def answer(self, request: str) -> None:
        """The head of an answer to a script came: what it stores is stored. Its body may never be read."""
        if self.under_way.get(request) in self.unread:
            self.end(request)
        elif request in self.under_way:
            self.reading[request] = self.time()

    def receive(self, request: str) -> None:
        """A part of a body came."""
        if request in self.reading:
            self.reading[request] = self.time()

    def end(self, request: str) -> None:
        """A request is over, well or not."""
        self.reading.pop(request, None)
        if self.under_way.pop(request, None) is not None:
            self.last_event = self.time()

    def arrive(self, request: str) -> None:
        """The next document is there: of what the last one asked for nothing more is told."""
        if request not in self.under_way:
            return
        for older in list(self.under_way):
            if older == request:
                break
            self.end(older)

    def forget(self) -> None:
        """Wait no longer for what is under way."""
        self.under_way.clear()
        self.reading.clear()

    def pass_over_unread(self) -> None:
        """Bodies of which nothing more comes are not waited for, now and later."""
        late = self.time() - BODY_SECONDS
        for request in [request for request, moment in self.reading.items() if moment < late]:
            del self.reading[request]
            self.unread.add(self.under_way.pop(request))

    def timer(self, script: str, delay: float, repeated: bool) -> None:
        """A script set a timer of `delay` seconds; `script` names its line."""
        seconds = delay * TICKS if repeated else delay
        longest = TIMER_SECONDS if self.spent < TIMER_BUDGET_SECONDS else HURRIED_SECONDS
        if repeated:
            seconds = min(seconds, longest)
        known = script in self.lines.get(self.page, ()) or self.sightings[script] >= SIGHTINGS
        if seconds > longest or known:
            return
        self.lines_now.add(script)
        self.sightings[script] += 1
        self.due = max(self.due, self.time() + seconds + QUIET_SECONDS / 2)

    async def rest(self, gone: Callable[[], bool], patience: float = PATIENCE_SECONDS, expecting: float = 0.0) -> None:
        """Wait until the page rests, or `gone` says that there is no page any more.

        `expecting`: seconds to wait for a request to leave first, after what is bound to cause one.
        """
        begun, requests = self.time(), self.requests
        self.last_event = max(self.last_event, begun - QUIET_SECONDS / 2)
        while not gone():
            now = self.time()
            if now >= max(begun + patience, self.due):
                self.endless.update(self.under_way.values())
                break
            self.pass_over_unread()
            awaited = self.requests == requests and now - begun < expecting
            if not (self.under_way or awaited) and now - self.last_event >= QUIET_SECONDS and now >= self.due:
                break
            await asyncio.sleep(STEP_SECONDS)
        self.forget()
        self.spent += max(0.0, min(self.due, self.time()) - begun)
