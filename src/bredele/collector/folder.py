"""Moves what waits in the inbox into the sums, closes what is over, deletes what is too old. One process at a time.

Exactly once, whatever crashes: the number of the last batch is recorded in the same transaction as its sums, and
batches are deleted only afterwards. Under load hourly totals go ahead (the current hour is never older than two
seconds), and the many cells of a day follow a few seconds later: the longer they wait, the more events share a row.
Where the store is down the inbox holds, and drains when it is back.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from bredele.collector.inbox import Inbox
from bredele.stats.catalogue import Dimension
from bredele.stats.closing import close_periods, enforce_retention, settled
from bredele.stats.folding import fold_cells, fold_totals
from bredele.stats.limits import Limits
from bredele.stats.store import Mark, Store

AT_ONCE = 20_000
"""Events of one transaction."""
PAUSE, PATIENCE = 1.2, 5.0
"""Seconds between two foldings, and after one that failed: the current hour is never older than two seconds."""
FEW, CELLS = 500, 8.0
"""So many events are folded whole at once; where more wait, the seconds between two foldings of cells."""
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
            until = self.inbox.last()  # and no further: who runs after what keeps coming in folds it in crumbs
            self._fold_totals(until)
            folded = self._fold_cells(until)
            self._keep_house()
        return folded

    def fold_totals(self) -> None:
        """Fold the hourly totals only; the events go on waiting for the rest."""
        with self._turn, self.inbox.folding() as mine:
            if mine:
                self._fold_totals(self.inbox.last())

    def _fold_totals(self, until: int) -> None:
        source = f"{self.source} hours"
        upto = max(self.store.mark(source), self.store.mark(self.source))
        while upto < until:
            last, events = self.inbox.batches(upto, until, AT_ONCE)
            if last == upto:
                break
            self.store.add(fold_totals(events), Mark(source, last))
            upto = last

    def _fold_cells(self, until: int) -> int:
        upto = self.store.mark(self.source)
        if upto != self._last:
            self._limits.restart()
            self.inbox.forget(upto)
        folded = 0
        while upto < until:
            last, events = self.inbox.batches(upto, until, AT_ONCE)
            if last == upto:
                break
            self.store.add(settled(self.store, fold_cells(events, self._limits)), Mark(self.source, last))
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
        self._whole = time.monotonic()
        self._due, self._end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="folding", daemon=True)

    def start(self) -> None:
        """Begin; what an earlier process left is folded at once."""
        self._due.set()
        self._thread.start()

    def wake(self) -> None:
        """Something waits."""
        self._due.set()

    def behind(self) -> bool:
        """Whether a reader should fold first: something waits, and it is little, or nobody is at it."""
        waiting = self.folder.inbox.waiting()
        return waiting > 0 and (waiting <= FEW or self.failures > 0 or not self._thread.is_alive())

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
            self._try(self._work_due)
        self.folder.store.close()

    def _work_due(self) -> None:
        now = time.monotonic()
        if self._end.is_set() or now - self._whole >= CELLS or self.folder.inbox.waiting() <= FEW:
            self._whole = now
            self.folder.fold()
        else:
            self.folder.fold_totals()
            self._due.set()

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
            self.failures = 0
        except Exception as error:  # noqa: BLE001  # the inbox holds; the next try drains it
            self.failures += 1
            if self.failures == 1:
                log.error("The statistics store does not answer (%s). Events wait in the inbox.", type(error).__name__)
            self._due.set()
            self._end.wait(PATIENCE)
