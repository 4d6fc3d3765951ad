"""The inbox: coarse events wait here, durable, until they are folded into sums. One SQLite row a group commit.

Processes queue on a file lock, not on SQLite's busy retry, which is unfair between them. The file is created under the
same lock, because switching to WAL ignores the busy timeout. What was folded is deleted and overwritten.
"""

import fcntl
import os
import secrets
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from bredele.collector.committer import Full
from bredele.stats.event import Event

TABLES = """
CREATE TABLE IF NOT EXISTS batch (id INTEGER PRIMARY KEY AUTOINCREMENT, events INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS inbox (name TEXT NOT NULL);
"""
LARGEST = 1 << 30
"""Bytes on disk beyond which no more is taken: a store that is down for weeks must not fill the disk."""
PAGE, LOOK_EVERY = 4096, 64
encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(list[Event]).decode


class Inbox:
    """One file. `name` is drawn when it is made: numbers of batches mean something only together with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread = threading.Lock()
        self._writes, self._full = 0, False
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        self._lock, self._unlock = handle, weakref.finalize(self, os.close, handle)
        with self.turn():
            self._connection = connect(path)
            self._connection.executescript(TABLES)
            self._connection.execute(
                "INSERT INTO inbox SELECT ? WHERE NOT EXISTS (SELECT 1 FROM inbox)", (secrets.token_hex(8),)
            )
            self.name: str = self._connection.execute("SELECT name FROM inbox").fetchone()[0]

    def write(self, events: Sequence[Event]) -> list[None]:
        """Wait for a turn and `keep` a batch."""
        with self.turn():
            return self.keep(events)

    def keep(self, events: Sequence[Event]) -> list[None]:
        """Keep a batch, in one's turn; durable on return (synchronous = FULL).

        Raises Full beyond the largest size, or of the disk.
        """
        try:
            self._check_size()
            self._connection.execute("INSERT INTO batch (events, body) VALUES (?, ?)", (len(events), encode(events)))
        except sqlite3.Error as error:
            raise Full(f"The inbox takes nothing: {error}.", where=str(self.path), cure="Free its disk.") from None
        return [None] * len(events)

    def _check_size(self) -> None:
        """Raises Full beyond the largest size; looked at now and then, as a commit adds some pages only."""
        self._writes += 1
        if self._full or self._writes % LOOK_EVERY == 1:
            (pages,) = self._connection.execute("PRAGMA page_count").fetchone()
            self._full = pages * PAGE > LARGEST
        if self._full:
            raise Full("The inbox is full: its events are not being folded.", cure="Run `bredele tick`.")

    def batches(self, after: int, upto: int, events: int) -> tuple[int, list[Event]]:
        """(number of the last batch read, events) of the batches after one and up to another, about so many events."""
        bodies: list[bytes] = []
        with self._thread:  # read only; who wants to write waits for this
            rows = self._connection.execute(
                "SELECT id, events, body FROM batch WHERE id > ? AND id <= ? ORDER BY id", (after, upto)
            )
            for number, many, body in rows:
                after = number
                bodies.append(body)
                events -= many
                if events <= 0:
                    break
            rows.close()
        return after, [event for body in bodies for event in decode(body)]

    def last(self) -> int:
        """The number of the newest batch that waits; 0 where none does."""
        with self._thread:
            found: int = self._connection.execute("SELECT coalesce(max(id), 0) FROM batch").fetchone()[0]
        return found

    def forget(self, upto: int) -> None:
        """Delete the batches up to this number."""
        with self.turn():
            self._connection.execute("DELETE FROM batch WHERE id <= ?", (upto,))

    def waiting(self) -> int:
        """Events not yet folded."""
        with self._thread:
            found: int = self._connection.execute("SELECT coalesce(sum(events), 0) FROM batch").fetchone()[0]
        return found

    def empty(self) -> bool:
        """Whether nothing waits."""
        with self._thread:
            return self._connection.execute("SELECT 1 FROM batch LIMIT 1").fetchone() is None

    def oldest(self) -> str:
        """The hour of the oldest event that waits; empty where none does."""
        with self._thread:
            row = self._connection.execute("SELECT body FROM batch ORDER BY id LIMIT 1").fetchone()
        return min((event.hour for event in decode(row[0])), default="") if row else ""

    def close(self) -> None:
        """Close the file."""
        with self._thread:
            self._connection.close()
            self._unlock()

    @contextmanager
    def turn(self, wait: bool = True) -> Iterator[bool]:  # `committer.Turn`
        """Whether nobody else writes meanwhile, in this process or another; always so for who may wait for it."""
        mine = self._thread.acquire(wait)
        try:
            locked = mine and taken(self._lock, wait=wait)
            try:
                yield locked
            finally:
                if locked:
                    fcntl.flock(self._lock, fcntl.LOCK_UN)
        finally:
            if mine:
                self._thread.release()

    @contextmanager
    def folding(self) -> Iterator[bool]:
        """Whether this process may fold now: one at a time does; the others go on collecting."""
        with closing(self.path.with_suffix(".folding").open("w")) as lock:
            yield taken(lock.fileno(), wait=False)


def open_inbox(data: Path) -> Inbox:
    """The inbox of a data directory."""
    return Inbox(data / "inbox.sqlite3")


def taken(handle: int, *, wait: bool) -> bool:
    """Take an advisory lock: when others have let it go, in the order the kernel chooses, or only if nobody has it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def connect(path: Path) -> sqlite3.Connection:
    """A connection in autocommit: one INSERT is one durable transaction."""
    connection = sqlite3.connect(path, timeout=20.0, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    return connection
