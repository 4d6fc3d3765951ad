"""Group commit: what queued while the last batch was made durable is the next batch. No timer, one batch at a time.

`write` gets a batch and returns one result an item once they are durable (an fsync after the last). The queue is
bounded: beyond it `Full` is raised, so that memory never grows with what the disk cannot take.

One thread writes. Waking it for each batch, and taking turns with it at the interpreter, costs more than a quick disk
does: an event loop writes what it has read by itself as long as nobody has to be waited for (`turn`) and the disk stays
quick. A slow one is left to the thread, and tried again after a second, then after two, four, ... a minute.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Generic, Protocol, TypeVar

from bredele.core.errors import BredeleError

Item = TypeVar("Item")
Result = TypeVar("Result")
Told = TypeVar("Told", contravariant=True)
LIMIT = 10_000
Write = Callable[[list[Item]], Sequence[Result]]
Turn = Callable[[bool], AbstractContextManager[bool]]
"""Within it nobody else writes, in other processes either; the word says whether others may be waited for, and what
comes of it whether it is ours."""
ROUNDS = 8
"""How often at most a loop reads on before it writes: as long as that brings more, or somebody else is at it."""
QUICK, LAST = 0.002, 8
"""Seconds a write may hold up a loop, on average over about so many."""
PAUSE, LONGEST_PAUSE = 1.0, 64.0
"""Seconds for which the thread writes after the disk was slow: doubled each time, up to the longest."""


class Waiter(Protocol[Told]):
    """Who is told in an event loop when an item is durable: what of `asyncio.Future` is needed for it."""

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """Whose it is."""

    def done(self) -> bool:
        """Whether it has been told already, or does not want to be any more."""

    def set_result(self, result: Told, /) -> None:
        """The item is durable."""

    def set_exception(self, error: Exception, /) -> None:
        """It is not."""


Done = tuple[list["Waiter[Result] | Future[Result]"], Sequence[Result] | Exception]
"""Who waited for a batch, and what came of it."""


class Full(BredeleError):
    """More waits to be written than the queue may hold, or the writer has stopped: try again later."""


class Disk:
    """Whether the disk is quick enough to be waited for in a loop. `ticks`: seconds of a clock that only goes on."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self.ticks = ticks
        self._mean, self._pause, self._until = 0.0, PAUSE, 0.0

    def quick(self) -> bool:
        """Whether it was, lately."""
        return self.ticks() >= self._until

    def took(self, seconds: float) -> None:
        """A write in a loop took so long."""
        self._mean += (seconds - self._mean) / LAST
        now = self.ticks()
        if self._mean > QUICK:
            self._mean, self._until = 0.0, now + self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        elif now > self._until + LONGEST_PAUSE:
            self._pause = PAUSE


class Committer(Generic[Item, Result]):
    """Makes items durable in batches, in their order. Any number of event loops and threads may add."""

    def __init__(
        self,
        write: Write[Item, Result],
        limit: int = LIMIT,
        turn: Turn | None = None,
        disk: Disk | None = None,
    ) -> None:
        self.limit, self.disk = limit, disk or Disk()
        self._write, self._turn, self._at_once = write, turn or at_any_time, turn is not None
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._items: list[Item] = []
        self._waiting: list[Waiter[Result] | Future[Result]] = []
        self._writer: threading.Thread | None = None
        self._asked = self._busy = self._closed = False
        self._rounds = self._seen = 0
        self._beginning: asyncio.AbstractEventLoop | None = None

    async def add(self, item: Item) -> Result:
        """Return the item's result when it is durable; raises Full, or whatever `write` raised for its batch."""
        waiter: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self.queue(item, waiter)
        return await waiter

    def put(self, item: Item) -> Future[Result]:
        """The same for a thread without an event loop: the future is done when the item is durable."""
        waiter: Future[Result] = Future()
        self.queue(item, waiter)
        return waiter

    def close(self) -> None:
        """Write what waits, then stop. Nothing may be added afterwards."""
        with self._lock:
            self._closed = True
            self._ask()
        if self._writer is not None:
            self._writer.join()

    def queue(self, item: Item, waiter: Waiter[Result] | Future[Result]) -> None:
        """Let the waiter be told when the item is durable; raises Full. A loop's waiter is queued in its thread."""
        with self._lock:
            if self._closed or len(self._items) >= self.limit:
                raise Full("Too much waits to be written.", cure="Send it again later.")
            self._items.append(item)
            self._waiting.append(waiter)
            if self._writer is None:
                self._writer = threading.Thread(target=self._work, name="committer", daemon=True)
                self._writer.start()
            if isinstance(waiter, Future) or not self._at_once:
                self._ask()
            elif self._beginning is not (loop := waiter.get_loop()):
                self._beginning = loop
                loop.call_soon(self._begin)  # when it has read all that has come

    def _ask(self) -> None:
        """Let the thread take what waits, when nobody writes any more."""
        if not self._asked:
            self._asked = True
            self._changed.notify()

    def _begin(self) -> None:
        """In an event loop: write what waits, or have it written. Whoever is at it sees to what came meanwhile."""
        with self._lock:
            self._beginning = None
            if self._busy or not self._items or (len(self._items) > self._seen and self._again()):
                return
            if not self.disk.quick():
                self._ask()
                return
            self._busy = True
        began = time.perf_counter()
        done = self._batch(wait=False)
        if done is not None:
            self.disk.took(time.perf_counter() - began)
        with self._lock:
            self._busy = False
            if self._asked or self._closed:
                self._changed.notify()
            elif self._items and (done is not None or not self._again()):
                self._ask()
        if done is not None:
            tell(*done, here=asyncio.get_running_loop())

    def _again(self) -> bool:
        """Let the loop that runs here read on first, unless it has done so too often."""
        if self._rounds == ROUNDS:
            return False
        self._rounds, self._seen = self._rounds + 1, len(self._items)
        self._beginning = asyncio.get_running_loop()
        self._beginning.call_soon(self._begin)
        return True

    def _work(self) -> None:
        while True:
            with self._lock:
                while self._busy or not (self._asked or self._closed):
                    self._changed.wait()
                self._asked = False
                if not self._items:
                    if self._closed:
                        return
                    continue
                self._busy = True
            done = self._batch(wait=True)
            assert done is not None  # noqa: S101  # who waits gets a turn
            with self._lock:
                self._busy = False
            told = tell(*done, self._begin if self._at_once else None)
            with self._lock:
                if self._items and not told:
                    self._ask()

    def _batch(self, *, wait: bool) -> Done[Result] | None:
        """Write what waits; None where it is somebody else's turn. What comes while a turn is waited for goes along."""
        waiting: list[Waiter[Result] | Future[Result]] = []
        try:
            with self._turn(wait) as mine:
                if not mine:
                    return None
                items = self._take(waiting)
                return waiting, self._write(items)
        except Exception as error:  # noqa: BLE001  # whoever waits for the batch is told
            if not waiting:
                self._take(waiting)
            return waiting, error

    def _take(self, waiting: list[Waiter[Result] | Future[Result]]) -> list[Item]:
        """All that waits, and who for it."""
        with self._lock:
            items, self._items, self._rounds, self._seen = self._items, [], 0, 0
            waiting += self._waiting
            self._waiting.clear()
        return items


@contextmanager
def at_any_time(_: bool) -> Iterator[bool]:
    """Nobody else writes."""
    yield True


def tell(
    waiting: Sequence[Waiter[Result] | Future[Result]],
    outcome: Sequence[Result] | Exception,
    then: Callable[[], None] | None = None,
    here: asyncio.AbstractEventLoop | None = None,
) -> int:
    """Hand each waiter its result (or the batch's error), with one call into each event loop but the one that runs
    here; what to do `then` in each; into how many that was."""
    results: Sequence[Result | Exception] = [outcome] * len(waiting) if isinstance(outcome, Exception) else outcome
    loops: dict[asyncio.AbstractEventLoop, list[tuple[Waiter[Result], Result | Exception]]] = {}
    for waiter, result in zip(waiting, results, strict=True):
        if isinstance(waiter, Future) or (loop := waiter.get_loop()) is here:
            settle(waiter, result)
        else:
            loops.setdefault(loop, []).append((waiter, result))
    told = 0
    for loop, pairs in loops.items():
        with suppress(RuntimeError):  # it was closed: nobody waits any more
            loop.call_soon_threadsafe(wake, pairs, then)
            told += 1
    return told


def wake(pairs: Sequence[tuple[Waiter[Result], Result | Exception]], then: Callable[[], None] | None) -> None:
    """Settle the waiters of one event loop."""
    for waiter, result in pairs:
        settle(waiter, result)
    if then is not None:
        then()


def settle(waiter: Waiter[Result] | Future[Result], result: Result | Exception) -> None:
    """Give a future its result or its error; one whose request went away meanwhile is passed over."""
    if waiter.done():
        return
    if isinstance(result, Exception):
        waiter.set_exception(result)
    else:
        waiter.set_result(result)
