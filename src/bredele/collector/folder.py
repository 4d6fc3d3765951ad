"""Moves what waits in the inbox into the sums, closes what is over, deletes what is too old. One process at a time.

Exactly once, whatever crashes: the number of the last batch is recorded in the same transaction as its sums, and
batches are deleted only afterwards. Where the store is down the inbox holds, and drains when it is back.
"""

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from bredele.collector.inbox import Inbox
from bredele.stats.catalogue import Dimension
from bredele.stats.closing import close_periods, enforce_retention, settled
from bredele.stats.folding import fold
from bredele.stats.limits import Limits
from bredele.stats.store import Mark, Store

AT_ONCE = 20_000
"""Events of one transaction."""
PAUSE, PATIENCE = 0.5, 5.0
"""Seconds between two foldings, and after one that failed: the current hour is never older than two seconds."""
IDLE = 60.0
"""Seconds after which it looks by itself: days end without visitors too."""
log = logging.getLogger("bredele.statistics")


class Folder:
    """Folds one inbox into one store. `clock` gives aware moments."""

    def __init__(
        self, inbox: Inbox, opened: Callable[[], Store], clock: Callable[[], datetime], zone: ZoneInfo
    ) -> None:
        self.inbox = inbox
        self._opened, self._clock, self._zone = opened, clock, zone
        self._turn = threading.Lock()
        self._limits = Limits(self._known)
        self._last = 0
        self._kept_house: date | None = None

    @cached_property
    def store(self) -> Store:
        """The sums; opening them may fail while their server is down."""
        return self._opened()

    @property
    def source(self) -> str:
        """The inbox's name in the store's marks."""
        return f"inbox {self.inbox.name}"

    def fold(self) -> int:
        """Fold all that waits; how many events that were. 0 too where another process is at it."""
        with self._turn, self.inbox.folding() as mine:
            if not mine:
                return 0
            folded = self._fold_batches()
            self._keep_house()
        return folded

    def _fold_batches(self) -> int:
        upto = self.store.mark(self.source)
        if upto != self._last:
            self._limits.restart()
            self.inbox.forget(upto)
        folded = 0
        while True:
            last, events = self.inbox.batches(upto, AT_ONCE)
            if last == upto:
                break
            self.store.add(settled(self.store, fold(events, self._limits)), Mark(self.source, last))
            self.inbox.forget(last)
            upto, folded = last, folded + len(events)
        self._last = upto
        return folded

    def _keep_house(self) -> None:
        """Once a day: close the days and months that are over, and delete what is older than may be kept."""
        today = self._clock().astimezone(self._zone).date()
        if today == self._kept_house:
            return
        close_periods(self.store, today)
        enforce_retention(self.store, today)
        self._kept_house = today

    def _known(self, site: str, dimension: Dimension, day: str) -> frozenset[str]:
        when = date.fromisoformat(day)
        return frozenset(value for _, value, _ in self.store.daily(site, dimension, when, when))


class FoldingThread:
    """Folds in the background while a server runs, soon after something was committed."""

    def __init__(self, folder: Folder, pause: float = PAUSE) -> None:
        self.folder = folder
        self.failures = 0
        self._pause = pause
        self._due, self._end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="folding", daemon=True)

    def start(self) -> None:
        """Begin; what an earlier process left is folded at once."""
        self._due.set()
        self._thread.start()

    def wake(self) -> None:
        """Something waits."""
        self._due.set()

    def stop(self) -> None:
        """Fold what waits a last time, and end."""
        self._end.set()
        self._due.set()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while not self._end.is_set():
            self._due.wait(IDLE)
            self._due.clear()
            self._end.wait(self._pause)
            self._try()
        self.folder.store.close()

    def _try(self) -> None:
        try:
            self.folder.fold()
            self.failures = 0
        except Exception as error:  # noqa: BLE001  # the inbox holds; the next try drains it
            self.failures += 1
            if self.failures == 1:
                log.error("The statistics store does not answer (%s). Events wait in the inbox.", type(error).__name__)
            self._due.set()
            self._end.wait(PATIENCE)
