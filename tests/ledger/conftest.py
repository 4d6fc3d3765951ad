"""The same log over SQLite and over PostgreSQL."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from bredele.ledger.engine import Engine
from bredele.ledger.log import Log
from bredele.ledger.postgres import PostgresEngine
from bredele.ledger.sqlite import SqliteEngine
from tests.ledger.records import Clock, log_over

NUMBERS = count()
Opener = Callable[[], Engine]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens the database of one empty log."""
    if request.param == "sqlite":
        return partial(SqliteEngine, tmp_path / "log.sqlite3")
    return partial(PostgresEngine, request.getfixturevalue("postgresql"), f"town-{next(NUMBERS)}")


@pytest.fixture
def clock() -> Clock:
    """The server's clock."""
    return Clock()


@pytest.fixture
def log(opener: Opener, tmp_path: Path, clock: Clock) -> Iterator[Log]:
    """An empty log over each engine."""
    made = log_over(opener(), tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def file_log(tmp_path: Path, clock: Clock) -> Iterator[Log]:
    """An empty log in a SQLite file, where the engine does not matter."""
    made = log_over(SqliteEngine(tmp_path / "log.sqlite3"), tmp_path, clock)
    yield made
    made.close()
