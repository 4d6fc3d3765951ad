"""Records as the collector makes them, a log to put them in, and how a ratio is told."""

import secrets
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from bredele.ledger.log import Log
from bredele.ledger.record import Agent, ConsentRecord, Control, spoken
from bredele.ledger.sqlite import SqliteEngine

NOTICE = b"{}"
NOTICE_NAME = sha256(NOTICE).hexdigest()


def now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def opened(place: Path, *, reading: bool = False) -> Log:
    """A log in this directory. `reading`: it is read before it is written, as servers do for those who return."""
    log = Log(SqliteEngine(place / "log.sqlite3"), "bench.example/ledger", place / "keys", now, secrets.token_bytes)
    if reading:
        log.size()
    log.keep_notice(NOTICE_NAME, NOTICE)
    return log


def record() -> ConsentRecord:
    """An answer as the collector records it."""
    time_now = spoken(now())
    return ConsentRecord(
        principal=secrets.token_urlsafe(16),
        time=time_now,
        id=str(uuid4()),
        site="bench",
        version=3,
        registry="a" * 64,
        notice=NOTICE_NAME,
        language="en",
        event="grant",
        granted=("social",),
        denied=("advertising", "personalisation"),
        exempt={"measurement": "in-use"},
        states={"social": "given", "advertising": "refused", "personalisation": "refused"},
        until=time_now,
        control=Control(choice="save", place="consent"),
        signal=None,
        agent=Agent(family="Firefox", layout="mobile"),
        before=None,
    )


def say(text: str = "") -> None:
    """A line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def judge(name: str, measured: float, target: float, *, at_most: bool = False) -> bool:
    """Tell a ratio and whether it reaches its target."""
    good = measured <= target if at_most else measured >= target
    bound = f"{'at most' if at_most else 'at least'} {target:g}"
    say(f"  {'reached' if good else 'MISSED '}  {name}: {measured:.2f} (target {bound})")
    return good


def share(values: list[float], part: float) -> float:
    """A percentile."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
