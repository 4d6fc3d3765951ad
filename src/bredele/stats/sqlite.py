"""The embedded store: one SQLite file of sums. Opened under a file lock, because switching to WAL ignores time-outs."""

import fcntl
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bredele.stats.event import Chosen, Daily, Dimension, Happening, Hourly, Increments

TABLES = """
CREATE TABLE IF NOT EXISTS hourly (site TEXT, hour TEXT, metric TEXT, total INTEGER NOT NULL,
    PRIMARY KEY (site, hour, metric)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS daily (site TEXT, day TEXT, dimension TEXT, value TEXT, total INTEGER NOT NULL,
    PRIMARY KEY (site, dimension, day, value)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (site TEXT, day TEXT, version INTEGER, language TEXT, outcome TEXT,
    total INTEGER NOT NULL, PRIMARY KEY (site, day, version, language, outcome)) WITHOUT ROWID;
"""
INSERTS = {
    Hourly: "INSERT INTO hourly (site, hour, metric, total) VALUES (?, ?, ?, ?)",
    Daily: "INSERT INTO daily (site, day, dimension, value, total) VALUES (?, ?, ?, ?, ?)",
    Chosen: "INSERT INTO answers (site, day, version, language, outcome, total) VALUES (?, ?, ?, ?, ?, ?)",
}
GROW = " ON CONFLICT DO UPDATE SET total = total + excluded.total"
FROM_CHOSEN = """
BEGIN;
INSERT INTO answers SELECT site, day, version, '', outcome, total FROM chosen;
DROP TABLE chosen;
COMMIT;
"""
"""Answers were once kept without their language."""
WAIT = 20.0
"""Seconds a writer waits for another before it gives up."""


class SqliteStore:
    """Sums in one file; a connection a thread, writers of all processes queue on a file lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._turn(), self._connect() as connection:
            connection.executescript(TABLES)
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'chosen'").fetchone():
                connection.executescript(FROM_CHOSEN)

    def add(self, increments: Increments) -> None:
        """All in one transaction."""
        with self._turn(), self._connection() as connection:
            for increment in increments:
                connection.execute(INSERTS[type(increment)] + GROW, tuple(fields(increment)))

    def hourly(self, site: str, start: date, end: date) -> Mapping[tuple[str, str], int]:
        """See `Store.hourly`."""
        query = "SELECT hour, metric, total FROM hourly WHERE site = ? AND hour >= ? AND hour < ? ORDER BY 1, 2"
        rows = self._read(query, site, start.isoformat(), (end + timedelta(days=1)).isoformat())
        return {(hour, metric): total for hour, metric, total in rows}

    def daily(self, site: str, dimension: Dimension, start: date, end: date) -> Mapping[tuple[str, str], int]:
        """See `Store.daily`."""
        query = (
            "SELECT day, value, total FROM daily WHERE site = ? AND dimension = ? AND day BETWEEN ? AND ? ORDER BY 1, 2"
        )
        rows = self._read(query, site, dimension, start.isoformat(), end.isoformat())
        return {(day, value): total for day, value, total in rows}

    def choices(self, site: str, start: date, end: date) -> Mapping[tuple[str, int, str, Happening], int]:
        """See `Store.choices`."""
        query = (
            "SELECT day, version, language, outcome, total FROM answers"
            " WHERE site = ? AND day BETWEEN ? AND ? ORDER BY 1, 2, 3, 4"
        )
        rows = self._read(query, site, start.isoformat(), end.isoformat())
        return {(day, version, language, outcome): total for day, version, language, outcome, total in rows}

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = self._local.__dict__.pop("connection", None)
        if connection is not None:
            connection.close()

    def _read(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        return self._connection().execute(query, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        held: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if held is None:
            held = self._local.connection = self._connect()
        return held

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=WAIT)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self.path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def fields(increment: Hourly | Daily | Chosen) -> Iterator[str | int]:
    """Column values in the order of the INSERT."""
    return (getattr(increment, name) for name in increment.__struct_fields__)
