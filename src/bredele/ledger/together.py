"""Group commit without a timer: what queued up while one commit ran is the next one."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
AT_ONCE = 1000
"""Items of one commit, so that nobody waits for a very long one."""


class Waiting(Generic[T, R]):
    """What one thread brought, and what became of it."""

    def __init__(self, items: Sequence[T]) -> None:
        self.items = items
        self.results: list[R] = []
        self.error: Exception | None = None
        self.done = False


class Together(Generic[T, R]):
    """Threads that submit at once share one commit: the first to get its turn does it for all that wait."""

    def __init__(self, commit: Callable[[Sequence[T]], list[R]]) -> None:
        self._commit = commit
        self._queue: deque[Waiting[T, R]] = deque()
        self._turn = threading.Lock()

    def submit(self, items: Sequence[T]) -> list[R]:
        """The results of these items once they are durable; raises what the commit raised."""
        mine: Waiting[T, R] = Waiting(items)
        self._queue.append(mine)
        with self._turn:
            while not mine.done:
                self._lead()
        if mine.error is not None:
            raise mine.error
        return mine.results

    def _lead(self) -> None:
        batch = self._take()
        try:
            results = self._commit([item for waiting in batch for item in waiting.items])
            for waiting in batch:
                waiting.results, results = results[: len(waiting.items)], results[len(waiting.items) :]
        except Exception as error:  # noqa: BLE001  # each thread of the batch raises it again
            for waiting in batch:
                waiting.error = error
        finally:
            for waiting in batch:
                waiting.done = True

    def _take(self) -> list[Waiting[T, R]]:
        batch: list[Waiting[T, R]] = []
        size = 0
        while self._queue and (not batch or size + len(self._queue[0].items) <= AT_ONCE):
            batch.append(self._queue.popleft())
            size += len(batch[-1].items)
        return batch
