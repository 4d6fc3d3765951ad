"""What a check found, and what it looked at."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from bredele.collector.inbox import Inbox
from bredele.core.settings import Settings
from bredele.stats.store import Store


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One check, by the rule it is of; `message` says what was seen, and of a fault where it lies."""

    rule: str
    ok: bool
    message: str


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """The installation as it runs. `now` is in its time zone; `sites` are slugs."""

    settings: Settings
    store: Store
    inbox: Inbox
    now: datetime
    sites: tuple[str, ...]


def judged(rule: str, faults: Iterable[str], fine: str) -> Outcome:
    """The first faults, or what was found in order."""
    found = list(faults)
    return Outcome(rule=rule, ok=not found, message="; ".join(found[:3]) if found else fine)
