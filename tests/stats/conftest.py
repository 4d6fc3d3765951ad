"""One store under test, twice: in SQLite, and in PostgreSQL where its programs are."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bredele.stats.postgres import SCHEMA, PostgresStore
from bredele.stats.sqlite import SqliteStore
from bredele.stats.tables import SqlStore


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    """An empty store."""
    if request.param == "sqlite":
        opened: SqlStore = SqliteStore(tmp_path / "statistics.sqlite3")
    else:
        address = request.getfixturevalue("postgresql")
        with psycopg.connect(address) as connection:
            connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        opened = PostgresStore(address)
    yield opened
    opened.close()
