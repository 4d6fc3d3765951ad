"""The messages' part of a tick."""

from collections.abc import Callable
from datetime import datetime

from bredele.web.alerts import queue


def work(now: Callable[[], datetime], say: Callable[[str], None]) -> None:
    """Send what is due."""
    count = queue.waiting(now()).count()
    if count:
        say(f"{queue.send_due(now())} of {count} sent")


def waits(now: Callable[[], datetime]) -> bool:
    """Whether a tick would find something to send."""
    return queue.waiting(now()).exists()
