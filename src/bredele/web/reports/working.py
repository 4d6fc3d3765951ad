"""The reports' part of a tick: the daily check of the statistics, alerts of the last hour, the weekly mail."""

import secrets
import time
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from bredele.collector.checks import kept
from bredele.collector.checks.running import examine, running_of
from bredele.web.reports import sending
from bredele.web.statistics.store import counting, statistics_store

Now = Callable[[], datetime]
STARTED = time.monotonic()
SETTLED = 60
"""Seconds after which a server that has just started asks for a check: its first visitors come first."""


def work(now: Now, say: Callable[[str], None]) -> None:
    """What is due of it."""
    if kept.due(settings.BREDELE.data, now()):
        check(now, say)
    for watch in sending.hours_due(now()):
        changed = sending.look(statistics_store(), watch, now())
        if changed:
            say(f"{watch.site}: {changed} alerts")
    for watch in sending.weeks_due(now()):
        sent = sending.send_week(statistics_store(), watch, now())
        if sent:
            say(f"{watch.site}: the mail of the week goes to {sent}")


def check(now: Now, say: Callable[[str], None]) -> None:
    """Check the statistics and keep the result."""
    outcomes = examine(running_of(counting(), now()), secrets.token_bytes)
    results = kept.keep(settings.BREDELE.data, outcomes, now())
    say("the statistics were checked" + (f": {', '.join(results.failed)} failed" if results.failed else ""))


def waits(now: Now) -> bool:
    """Whether a tick would find something to do."""
    moment = now()
    checks = time.monotonic() - STARTED > SETTLED and kept.due(settings.BREDELE.data, moment)
    return checks or bool(sending.hours_due(moment) or sending.weeks_due(moment))
