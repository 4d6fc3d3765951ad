"""The counting of this process: one for its data directory, shared by the pages, the API and `POST /collect`."""

import threading
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from bredele.collector.counting import Counting
from bredele.stats.store import Store


class Held:
    """The counting in use; another data directory (a test's) takes its place and stops it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._data: Path | None = None
        self._counting: Counting | None = None

    def get(self) -> Counting:
        """The one for the data directory of the settings."""
        with self._lock:
            if self._counting is None or self._data != settings.BREDELE.data:
                if self._counting is not None:
                    self._counting.close()
                self._data, self._counting = settings.BREDELE.data, Counting(settings.BREDELE, timezone.now)
            return self._counting


held = Held()


def counting() -> Counting:
    """What counts page views."""
    return held.get()


def statistics_store() -> Store:
    """The sums to read, with everything in them that this process has seen."""
    return counting().fresh_store()
