"""The statistics' part of a tick: a running server does the same by itself, so nothing ever waits for a tick."""

from collections.abc import Callable
from datetime import datetime

from bredele.web.statistics.store import counting

Now = Callable[[], datetime]


def work(_now: Now, say: Callable[[str], None]) -> None:
    """Fold what waits, close the days and months that are over, delete what is too old."""
    here = counting()
    folded = here.folder.fold()
    if folded:
        say(f"{folded} events folded")
    here.folder.store.close()


def waits(_now: Now) -> bool:
    """The server's own thread folds, so a tick is not needed while it runs."""
    return False
