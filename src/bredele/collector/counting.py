"""One process's way from an event to the sums: the queue, the inbox, the folding. What counts over HTTP is
`collect`."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bredele.collector.committer import Committer, Full
from bredele.collector.folder import Folder, FoldingThread
from bredele.collector.forwarded import networks
from bredele.collector.inbox import open_inbox
from bredele.core.settings import Settings
from bredele.stats.event import HOUR_FORM, Event, Happening, notice
from bredele.stats.opening import open_store
from bredele.stats.store import Store

log = logging.getLogger("bredele.statistics")
MINUTE = timedelta(minutes=1)
"""No time zone changes its offset within one."""
PATIENCE = 10.0
"""Seconds a reader waits for what is being written."""


class Counting:
    """Events in, sums out. `clock` gives aware moments. The store is opened when it is first needed: it may be down."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime], store: Store | None = None) -> None:
        self.settings, self.clock = settings, clock
        self.zone = ZoneInfo(settings.time_zone)
        self._from = self._until = datetime.min.replace(tzinfo=UTC)
        self._hour = "", date.min
        self.proxies = networks(settings.trusted_proxies)
        self.inbox = open_inbox(settings.data)
        opened: Callable[[], Store] = (lambda: open_store(settings)) if store is None else (lambda: store)
        self.folder = Folder(self.inbox, opened, clock, self.zone)
        self.folding = FoldingThread(self.folder)
        self.committer: Committer[Event, None] = Committer(self._write, turn=self.inbox.turn)
        self._starting = threading.Lock()
        self._started = False
        self._last: Future[None] | None = None

    def now(self) -> datetime:
        """The moment in the installation's time zone."""
        return self.clock().astimezone(self.zone)

    def hour(self) -> tuple[str, date]:
        """The hour as events name it, and the day, in the installation's time zone; worked out once a minute."""
        moment = self.clock()
        if not self._from <= moment < self._until:
            here = moment.astimezone(self.zone)
            self._from = moment.replace(second=0, microsecond=0)
            self._until = self._from + MINUTE
            self._hour = here.strftime(HOUR_FORM), here.date()
        return self._hour

    def put(self, event: Event) -> None:
        """Queue an event that nobody waits for; raises Full."""
        self._last = self.committer.put(event)

    def note(self, site: str, happening: Happening, version: int, language: str) -> None:
        """Queue what happened with a banner. What stops counting (a full disk, say) stops no page and no answer."""
        with suppress(Full):
            self.put(notice(site, self.now().strftime(HOUR_FORM), happening, version, language))

    def fresh_store(self) -> Store:
        """The store after everything that waits here is folded.

        A moment older where another process is folding, and under load, when the background is at it all the time.
        """
        if self._last is not None:
            self._last.exception(PATIENCE)  # what could not be kept is missing here; that hides nothing that was
            self._last = None
        if self.folding.behind():
            self.folder.fold()
        return self.folder.store

    def close(self) -> None:
        """Make durable and fold what waits, then stop."""
        self.committer.close()
        with self._starting:
            if self._started:
                self.folding.stop()
        self.inbox.close()

    def start(self) -> None:
        """Fold in the background from now on; done by itself with the first event."""
        with self._starting:
            if not self._started:
                self._started = True
                self.folding.start()

    def _write(self, events: list[Event]) -> list[None]:
        try:
            done = self.inbox.keep(events)
        except Exception as error:
            log.error("%s views or answers were not counted: %s", len(events), error)
            raise
        self.start()
        self.folding.wake()
        return done
