"""The grown store: the same sums in PostgreSQL, in a schema of their own beside Django's tables."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from bredele.stats.sql import tables
from bredele.stats.tables import SqlStore, Values

SCHEMA = "bredele_statistics"
OPENING = 726_173
"""Key of the advisory lock under which the tables are made: two first openers would collide in the catalogue."""
TURNED = (
    "SELECT 1 FROM information_schema.key_column_usage"
    " WHERE table_schema = %s AND table_name = %s AND column_name = 'value' AND ordinal_position = 4"
)
"""Whether a table is of an earlier version, whose cells lay together by value before their other side."""
TURN = (
    "ALTER TABLE {0} DROP CONSTRAINT {0}_pkey, ADD CONSTRAINT {0}_pkey"
    " PRIMARY KEY (site, dimension, period, other, value)"
)
SHAPE = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = ?"
LINKS = (
    "SELECT COUNT(*) FROM information_schema.table_constraints"
    " WHERE table_schema = ? AND constraint_type = 'FOREIGN KEY'"
)


class PostgresStore(SqlStore):
    """Sums in one database; a connection a thread, made again after it broke."""

    still = "LOCK TABLE hourly, cell_day IN SHARE ROW EXCLUSIVE MODE"

    def __init__(self, address: str) -> None:
        self.address = address
        self._local = threading.local()
        with psycopg.connect(address) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (OPENING,))
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}; SET LOCAL search_path = {SCHEMA}")
            cursor.execute(tables())
            for name in ("cell_day", "cell_month"):
                if cursor.execute(TURNED, (SCHEMA, name)).fetchone():
                    cursor.execute(TURN.format(name))

    def close(self) -> None:
        """Close this thread's connection."""
        connection: psycopg.Connection[Any] | None = self._local.__dict__.pop("connection", None)
        if connection is not None:
            connection.close()

    def shape(self) -> frozenset[tuple[str, str]]:
        """See `Store.shape`."""
        return frozenset((table, column) for table, column in self.read(SHAPE, (SCHEMA,)))

    def links(self) -> int:
        """See `Store.links`."""
        return int(self.read(LINKS, (SCHEMA,))[0][0])

    def read(self, statement: str, values: Values) -> list[tuple[Any, ...]]:
        """See `SqlStore.read`."""
        return self._connection().execute(placed(statement), values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[psycopg.Cursor[Any]]:
        """See `SqlStore.transaction`."""
        connection = self._connection()
        with connection.transaction(), connection.cursor() as cursor:
            yield cursor

    def run(self, cursor: psycopg.Cursor[Any], statement: str, values: Values) -> int:
        """See `SqlStore.run`."""
        return cursor.execute(placed(statement), values).rowcount

    def many(self, cursor: psycopg.Cursor[Any], statement: str, rows: Sequence[Values]) -> None:
        """See `SqlStore.many`."""
        cursor.executemany(placed(statement), rows)

    def _connection(self) -> psycopg.Connection[Any]:
        held: psycopg.Connection[Any] | None = getattr(self._local, "connection", None)
        if held is None or held.broken or held.closed:
            held = psycopg.connect(self.address, autocommit=True, options=f"-c search_path={SCHEMA}")
            self._local.connection = held
        return held


def placed(statement: str) -> str:
    """The statement with psycopg's placeholders; the text is ours alone, values never enter it."""
    return statement.replace("%", "%%").replace("?", "%s")
