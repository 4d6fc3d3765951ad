"""Results of the checks, kept in a file beside the statistics: every process reads the same, a page in microseconds."""

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import msgspec

from bredele import __version__
from bredele.collector.checks.outcome import Outcome
from bredele.collector.checks.running import ANONYMOUS
from bredele.formats.published import replace_file

NAME = "statistics-checks.json"
MOST = 400
"""Past results that are kept: more than a year of daily ones (ANA-29)."""
DAILY, AGAIN = timedelta(hours=23), timedelta(hours=1)
FRESH = timedelta(days=8)
"""For how long a result stands: an installation that stopped checking itself may no longer say the word."""


class Past(msgspec.Struct, frozen=True):
    """An earlier run: when, of which release, and which checks failed."""

    when: datetime
    release: str
    failed: tuple[str, ...]


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """The last run, and those before it, the newest first."""

    when: datetime
    release: str
    outcomes: tuple[Outcome, ...]
    before: tuple[Past, ...] = ()

    @property
    def failed(self) -> tuple[str, ...]:
        """The rules whose checks failed."""
        return tuple(outcome.rule for outcome in self.outcomes if not outcome.ok)

    def of(self, rule: str) -> Outcome | None:
        """What the check of a rule found."""
        return next((outcome for outcome in self.outcomes if outcome.rule == rule), None)

    def doubts(self, now: datetime) -> tuple[str, ...]:
        """Why the figures may not be called anonymous; empty where they may (ANA-28)."""
        faults = [
            f"{rule}: {found.message if found else 'never checked'}"
            for rule in ANONYMOUS
            if not ((found := self.of(rule)) and found.ok)
        ]
        if self.release != __version__:
            faults.append("this release was not checked yet")
        if now - self.when > FRESH:
            faults.append(f"the last check is of {self.when:%Y-%m-%d}")
        return tuple(faults)


def keep(data: Path, outcomes: tuple[Outcome, ...], now: datetime) -> Results:
    """Write the results of a run; whole or not at all."""
    last = read(data)
    before = (Past(last.when, last.release, last.failed), *last.before)[:MOST] if last else ()
    results = Results(when=now, release=__version__, outcomes=outcomes, before=before)
    replace_file(data / NAME, msgspec.json.encode(results))
    return results


def read(data: Path) -> Results | None:
    """The last results; None where no check was made, or its file is no such file."""
    path = data / NAME
    try:
        state = path.stat()
    except OSError:
        return None
    return decoded(path, state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=4)
def decoded(path: Path, _time: int, _size: int, _number: int) -> Results | None:
    """The file, read again only when it changed."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Results)
    except (OSError, msgspec.DecodeError):
        return None


def doubts(data: Path, now: datetime) -> tuple[str, ...]:
    """Why the figures of this installation may not be called anonymous now; empty where they may."""
    results = read(data)
    return results.doubts(now) if results else ("no check was made yet",)


def due(data: Path, now: datetime) -> bool:
    """Whether a check is due: daily, hourly while one fails, and at once after a new release."""
    results = read(data)
    if results is None or results.release != __version__:
        return True
    return now - results.when >= (AGAIN if results.failed else DAILY)
