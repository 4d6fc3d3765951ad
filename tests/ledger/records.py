"""Records, logs and engines for tests of the ledger: a clock that stands still until told, randomness that repeats."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from bredele.core.declaration import Declaration
from bredele.core.registry import Registry, Site, Version
from bredele.core.versions import next_version
from bredele.ledger.engine import Engine
from bredele.ledger.log import Draft, Log
from bredele.ledger.notice import Notice, build_notice, encode_notice, fingerprint
from bredele.ledger.record import ANONYMOUS, Agent, ConsentRecord, Control, event_of, spoken, states_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ORIGIN = "town.example/ledger"
BANNER = b"<form>banner</form>"
VERSION: Version = next_version(
    Registry(
        site=Site(name={"en": "Town"}, origin="https://town.example", controller={"en": "The town"}),
        cookies=(
            Declaration(names=("x",), purpose=("social",), third_party_access=("Partner",)),
            Declaration(names=("y",), purpose=("advertising",)),
        ),
    ),
    None,
    NOW,
)
NOTICE: Notice = build_notice(
    VERSION,
    slug="town",
    origin="https://town.example",
    language="en",
    registry="a" * 64,
    texts={"banner": sha256(BANNER).hexdigest()},
)
BODY = encode_notice(NOTICE)


class Clock:
    """A moment that only moves when told."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **amount: float) -> None:
        """Go on."""
        self.moment += timedelta(**amount)


class Dice:
    """Bytes that look random and repeat from run to run."""

    def __init__(self, name: str = "dice") -> None:
        self.name = name
        self.thrown = 0

    def __call__(self, size: int) -> bytes:
        self.thrown += 1
        return sha256(f"{self.name} {self.thrown}".encode()).digest()[:size]


def log_over(engine: Engine, place: Path, clock: Callable[[], datetime] | None = None, dice: Dice | None = None) -> Log:
    """A log with its notice kept."""
    log = Log(engine, ORIGIN, place / "keys", clock or Clock(), dice or Dice())
    log.keep_notice(fingerprint(BODY), BODY)
    return log


def record(
    number: int, answers: dict[str, bool] | None = None, principal: str = "", moment: datetime = NOW
) -> ConsentRecord:
    """A grant of one purpose and a refusal of the other, by a visitor of their own, unless told otherwise."""
    after = {"social": True, "advertising": False} if answers is None else answers
    granted = tuple(purpose for purpose, yes in after.items() if yes)
    return ConsentRecord(
        principal=principal or (f"visitor-{number:014d}" if granted else ANONYMOUS),
        time=spoken(moment),
        id=f"00000000-0000-4000-8000-{number:012d}",
        site="town",
        version=1,
        registry="a" * 64,
        notice=fingerprint(BODY),
        language="en",
        event=event_of({}, after),
        granted=granted,
        denied=tuple(purpose for purpose, yes in after.items() if not yes),
        exempt={},
        states=states_of({}, after),
        until=spoken(moment + timedelta(days=181)),
        control=Control(choice="save", place="consent"),
        signal=None,
        agent=Agent(family="Firefox", layout="mobile"),
        before=None,
    )


def filled(log: Log, count: int) -> Log:
    """The log with so many records more, in commits of different sizes."""
    start, step = log.size() if count and log_exists(log) else 0, 1
    end = start + count
    while start < end:
        log.append([Draft(record(number)) for number in range(start, min(start + step, end))])
        start, step = start + step, step % 7 + 1
    return log


def log_exists(log: Log) -> bool:
    """Whether anything was written yet."""
    return bool(log.published_keys())
