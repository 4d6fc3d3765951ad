"""Group commit: what queued while the last batch was made durable is the next batch. No timer, one writer thread.

`write` gets a batch and returns one result an item once they are durable (an fsync after the last). The queue is
bounded: beyond it `Full` is raised, so that memory never grows with what the disk cannot take.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, Protocol, TypeVar

from bredele.core.errors import BredeleError

Item = TypeVar("Item")
Result = TypeVar("Result")
Told = TypeVar("Told", contravariant=True)
LIMIT = 10_000
Write = Callable[[list[Item]], Sequence[Result]]


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


class Full(BredeleError):
    """More waits to be written than the queue may hold, or the writer has stopped: try again later."""


class Committer(Generic[Item, Result]):
    """Makes items durable in batches, in their order. Any number of event loops and threads may add."""

    def __init__(self, write: Write[Item, Result], limit: int = LIMIT) -> None:
        self.limit = limit
        self._write = write
        self._lock = threading.Lock()
        self._turn = threading.Condition(self._lock)
        self._items: list[Item] = []
        self._waiting: list[Waiter[Result] | Future[Result]] = []
        self._writer: threading.Thread | None = None
        self._closed = False

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
        with self._turn:
            self._closed = True
            self._turn.notify()
        if self._writer is not None:
            self._writer.join()

    def queue(self, item: Item, waiter: Waiter[Result] | Future[Result]) -> None:
        """Let the waiter be told when the item is durable; raises Full."""
        with self._lock:
            if self._closed or len(self._items) >= self.limit:
                raise Full("Too much waits to be written.", cure="Send it again later.")
            self._items.append(item)
            self._waiting.append(waiter)
            if self._writer is None:
                self._writer = threading.Thread(target=self._work, name="committer", daemon=True)
                self._writer.start()
            elif len(self._items) == 1:
                if isinstance(waiter, Future):
                    self._turn.notify()
                else:
                    waiter.get_loop().call_soon(self._begin)

    def _begin(self) -> None:
        with self._lock:
            self._turn.notify()

    def _work(self) -> None:
        while True:
            with self._turn:
                while not self._items and not self._closed:
                    self._turn.wait()
                items, waiting, self._items, self._waiting = self._items, self._waiting, [], []
            if not items:
                return
            try:
                outcome: Sequence[Result] | Exception = self._write(items)
            except Exception as error:  # noqa: BLE001  # whoever waits for the batch is told
                outcome = error
            tell(waiting, outcome)


def tell(waiting: Sequence[Waiter[Result] | Future[Result]], outcome: Sequence[Result] | Exception) -> None:
    """Hand each waiter its result (or the batch's error), with one call into each event loop."""
    results: Sequence[Result | Exception] = [outcome] * len(waiting) if isinstance(outcome, Exception) else outcome
    loops: dict[asyncio.AbstractEventLoop, list[tuple[Waiter[Result], Result | Exception]]] = {}
    for waiter, result in zip(waiting, results, strict=True):
        if isinstance(waiter, Future):
            settle(waiter, result)
        else:
            loops.setdefault(waiter.get_loop(), []).append((waiter, result))
    for loop, pairs in loops.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(wake, pairs)


def wake(pairs: Sequence[tuple[Waiter[Result], Result | Exception]]) -> None:
    """Settle the waiters of one event loop."""
    for waiter, result in pairs:
        settle(waiter, result)


def settle(waiter: Waiter[Result] | Future[Result], result: Result | Exception) -> None:
    """Give a future its result or its error; one whose request went away meanwhile is passed over."""
    if waiter.done():
        return
    if isinstance(result, Exception):
        waiter.set_exception(result)
    else:
        waiter.set_result(result)
