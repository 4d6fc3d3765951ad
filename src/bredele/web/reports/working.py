"""The reports' part of a tick: the daily check of the statistics."""

import secrets
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from bredele.collector.checks import kept
from bredele.collector.checks.running import examine, running_of
from bredele.web.statistics.store import counting

Now = Callable[[], datetime]


def work(now: Now, say: Callable[[str], None]) -> None:
    """Check the statistics where that is due."""
    data = settings.BREDELE.data
    if kept.due(data, now()):
        results = kept.keep(data, examine(running_of(counting(), now()), secrets.token_bytes), now())
        say("the statistics were checked" + (f": {', '.join(results.failed)} failed" if results.failed else ""))


def waits(now: Now) -> bool:
    """Whether a tick would find something to do."""
    return kept.due(settings.BREDELE.data, now())
