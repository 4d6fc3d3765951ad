"""The embedded store: one SQLite file of sums. Opened under a file lock, because switching to WAL ignores time-outs."""

import fcntl
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from bredele.stats import sql
from bredele.stats.store import CELL
from bredele.stats.tables import SqlStore, Values

AT_ONCE = 100
"""Cells of one statement."""
WAIT = 20.0
"""Seconds a writer waits for another before it gives up."""
OLDER = {
    "daily": """
INSERT INTO cell_day (site, dimension, period, value, other, views)
    SELECT site, dimension, day, value, '', total FROM daily WHERE true
    ON CONFLICT (site, dimension, period, other, value) DO UPDATE SET views = cell_day.views + excluded.views;
INSERT INTO open_period SELECT DISTINCT site, day FROM daily WHERE true ON CONFLICT DO NOTHING;
INSERT INTO open_period SELECT DISTINCT site, substr(day, 1, 7) FROM daily WHERE true ON CONFLICT DO NOTHING;
DROP TABLE daily;
""",
    "chosen": """
INSERT INTO answers SELECT site, day, version, '', outcome, total FROM chosen;
DROP TABLE chosen;
""",
}
"""Tables of earlier versions and what takes their rows over: days knew page views alone, answers no language."""

TURNED = "SELECT 1 FROM pragma_table_info(?) WHERE name = 'value' AND pk = 4"
"""Whether a table is of an earlier version, whose cells lay together by value before their other side."""
TURN = """
ALTER TABLE {0} RENAME TO {0}_before;
{1}
INSERT INTO {0} ({2}) SELECT {2} FROM {0}_before;
DROP TABLE {0}_before;
"""
SHAPE = (
    "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c"
    " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
)
LINKS = "SELECT COUNT(*) FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'"


class SqliteStore(SqlStore):
    """Sums in one file; a connection a thread, writers of all processes queue on a file lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._turn():
            connection = self._connect()
            made = sql.tables(" WITHOUT ROWID")
            connection.executescript(f"BEGIN IMMEDIATE; {made} COMMIT;")
            for name in ("cell_day", "cell_month"):
                if connection.execute(TURNED, (name,)).fetchone():
                    change = TURN.format(name, made, ", ".join(CELL))
                    connection.executescript(f"BEGIN IMMEDIATE; {change} COMMIT;")
            for name, change in OLDER.items():
                if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone():
                    connection.executescript(f"BEGIN IMMEDIATE; {change} COMMIT;")
            connection.close()

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = self._local.__dict__.pop("connection", None)
        if connection is not None:
            connection.close()

    def shape(self) -> frozenset[tuple[str, str]]:
        """See `Store.shape`."""
        return frozenset((table, column) for table, column in self.read(SHAPE, ()))

    def links(self) -> int:
        """See `Store.links`."""
        return int(self.read(LINKS, ())[0][0])

    def read(self, statement: str, values: Values) -> list[tuple[Any, ...]]:
        """See `SqlStore.read`."""
        return self._connection().execute(statement, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Cursor]:
        """See `SqlStore.transaction`."""
        with self._turn():
            cursor = self._connection().cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")

    def run(self, cursor: sqlite3.Cursor, statement: str, values: Values) -> int:
        """See `SqlStore.run`."""
        return cursor.execute(statement, values).rowcount

    def many(self, cursor: sqlite3.Cursor, statement: str, rows: Sequence[Values]) -> None:
        """See `SqlStore.many`."""
        cursor.executemany(statement, rows)

    def grow(self, cursor: sqlite3.Cursor, table: str, place: tuple[str, str, str], rows: Sequence[Values]) -> None:
        """See `SqlStore.grow`: a hundred rows a statement, as each statement lets other threads run, who then have to
        be waited for."""
        whole = len(rows) - len(rows) % AT_ONCE
        for begin in range(0, whole, AT_ONCE):
            part = chain.from_iterable(rows[begin : begin + AT_ONCE])
            cursor.execute(sql.cells(table, AT_ONCE), (*place, *part))
        super().grow(cursor, table, place, rows[whole:])

    def _connection(self) -> sqlite3.Connection:
        held: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if held is None:
            held = self._local.connection = self._connect()
        return held

    def _connect(self) -> sqlite3.Connection:
        """FULL: the inbox forgets what was folded, so the sums must be on the disk first."""
        connection = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self.path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
