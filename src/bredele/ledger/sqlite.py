"""One SQLite file a log. Writers queue in order on file locks, not on SQLite's busy retry, and sync side by side.

The lock covers what must be one after the other: numbering, hashing, signing, writing. The disk is waited for after
it is given up, so that processes share its syncs; nothing is acknowledged, and no head leaves the log, before that.
"""

import fcntl
import os
import shutil
import sqlite3
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bredele.ledger.engine import FIXED, INDEXES, TABLES, WORDS, Row, table
from bredele.ledger.errors import LedgerUnavailable, NoLedgerYet

CURE = "Free the disk, mend the rights, or restore the file from a backup; then: bredele ledger verify."
Held = tuple[tuple[int, int], sqlite3.Connection]
"""Device and inode of the file, and a connection to it."""
FOLD = "PRAGMA wal_checkpoint(PASSIVE)"
FOLD_EVERY, FOLD_BYTES = 500, 1 << 24
"""Commits of this process, or bytes of growth, after which the write-ahead file is folded into the main one."""
BEHIND = 16_000
"""Pages not folded because others kept writing, from which on they wait."""
ROOM = 20_000_000
"""Bytes that must be free, or the operator is told: some ten thousand answers."""
AT_ONCE = 2048
"""Rows read into memory at a time."""


def triggers() -> Iterator[str]:
    """The guards of the fixed tables: no DELETE, no UPDATE but the erasure of an entry's content."""
    for name in FIXED:
        for action in ("UPDATE", "DELETE"):
            excuse = ERASURE if (name, action) == ("entries", "UPDATE") else ""
            yield (
                f"CREATE TRIGGER IF NOT EXISTS {name}_no_{action.lower()} BEFORE {action} ON {name} FOR EACH ROW "
                f"{excuse} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            )


ERASURE = (
    "WHEN NOT (NEW.seq = OLD.seq AND NEW.leaf = OLD.leaf AND NEW.node IS OLD.node AND NEW.record IS NULL "
    "AND NEW.salt IS NULL AND NEW.principal IS NULL AND EXISTS (SELECT 1 FROM erased WHERE seq = OLD.seq))"
)


class SqliteSession:
    """See `Session`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, query: str, *values: Any) -> list[Row]:
        """See `Session.rows`."""
        return self.connection.execute(query, values).fetchall()

    def each(self, query: str, *values: Any) -> Iterator[Row]:
        """See `Session.each`."""
        cursor = self.connection.execute(query, values)
        cursor.arraysize = AT_ONCE
        while rows := cursor.fetchmany():
            yield from rows

    def many(self, statement: str, rows: Iterable[Row]) -> None:
        """See `Session.many`."""
        self.connection.executemany(statement, rows)


class SqliteEngine:
    """See `Engine`. One connection writes, idle ones wait for readers; all are opened again if the file changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file, self._locks = str(path), {name: str(path.with_suffix(name)) for name in (".queue", ".lock")}
        self._alone = threading.Lock()
        self._writer: Held | None = None
        self._idle: deque[Held] = deque()
        self._ahead: int | None = None
        self._unfolded = self._longest = 0

    @contextmanager
    def write(self) -> Iterator[SqliteSession]:
        """See `Engine.write`."""
        with self._alone, self._explained():
            with self._turn():
                connection = self._writing()
                try:
                    connection.execute("BEGIN IMMEDIATE")
                    yield SqliteSession(connection)
                    connection.execute("COMMIT")
                except BaseException:
                    self._undo(connection)
                    raise
                size = self._kept()
            self._sync()
            self._fold(connection, size)

    def settle(self) -> None:
        """See `Engine.settle`."""
        with self._explained(), suppress(FileNotFoundError):
            handle = os.open(f"{self.path}-wal", os.O_RDWR | os.O_CLOEXEC)
            try:
                os.fdatasync(handle)
            finally:
                os.close(handle)

    @contextmanager
    def read(self) -> Iterator[SqliteSession]:
        """See `Engine.read`."""
        with self._explained():
            held = self._reading()
            try:
                held[1].execute("BEGIN")
                yield SqliteSession(held[1])
            finally:
                held[1].rollback()
                self._idle.append(held)

    def scrub(self) -> None:
        """Move everything from the write-ahead file into the main one, whose freed bytes are overwritten."""
        with self._alone, self._explained(), self._turn():
            self._writing().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def faults(self) -> list[str]:
        """SQLite's own check of every table but the entries, which a verification reads whole anyway."""
        found: list[str] = []
        with self.read() as session:
            for name in TABLES:
                if name != "entries":
                    found += [str(line) for (line,) in session.rows(f"PRAGMA quick_check({name})")]
        return [line for line in found if line != "ok"]

    def examine(self) -> None:
        """Whether file and folder may be written, and whether the disk has room for a while."""
        place = next(path for path in (self.path, *self.path.parents) if path.exists())
        for path in {place, place.parent if place == self.path else place}:
            if not os.access(path, os.W_OK):
                raise LedgerUnavailable("It cannot be written.", where=str(path), cure=CURE)
        if shutil.disk_usage(place).free < ROOM:
            raise LedgerUnavailable("The disk is nearly full.", where=str(place), cure=CURE)

    def close(self) -> None:
        """Close the writer and the idle readers."""
        with self._alone:
            self._let_go()

    def _writing(self) -> sqlite3.Connection:
        if self._writer is not None and self._writer[0] == self._mark() and self._size_ahead() is not None:
            return self._writer[1]
        self._let_go()
        self._begin()
        connection = self._open()
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # `_sync` does what FULL would do while others wait
        connection.execute("PRAGMA wal_autocheckpoint = 0")  # `_fold`
        connection.execute(f"PRAGMA journal_size_limit = {4 * FOLD_BYTES}")
        connection.execute("BEGIN IMMEDIATE")
        for name in TABLES:
            connection.execute(table(name, number="INTEGER", blob="BLOB"))
        for statement in (*INDEXES, *triggers()):
            connection.execute(statement)
        connection.execute("COMMIT")
        mark = self._mark()
        assert mark is not None  # noqa: S101  # it was opened just now
        self._writer = mark, connection
        try:
            self._ahead = os.open(f"{self.path}-wal", os.O_RDWR | os.O_CLOEXEC)
        except BaseException:
            self._let_go()
            raise
        return connection

    def _begin(self) -> None:
        """Make the file, for its owner only. One that exists is left alone: to close a file is to give up every lock
        this process holds on it, those of our readers too (POSIX fcntl). Another process would then take itself for the
        last one, and put the write-ahead file away from under us."""
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))

    def _reading(self) -> Held:
        mark = self._mark()
        if mark is None:
            raise NoLedgerYet("There is no ledger yet.", where=str(self.path), cure="It begins with an answer.")
        while self._idle:
            with suppress(IndexError):
                held = self._idle.pop()
                if held[0] == mark:
                    return held
                held[1].close()
        return mark, self._open()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=20, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _mark(self) -> tuple[int, int] | None:
        """Which file lies there: one that was moved away must not swallow records."""
        try:
            status = os.stat(self._file)  # noqa: PTH116  # once for every record
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def _undo(self, connection: sqlite3.Connection) -> None:
        try:
            connection.rollback()
        except sqlite3.Error:
            self._let_go()

    def _let_go(self) -> None:
        if self._writer is not None:
            self._writer[1].close()
            self._writer = None
        if self._ahead is not None:
            os.close(self._ahead)
            self._ahead = None
        with suppress(IndexError):
            while True:
                self._idle.pop()[1].close()
        self._unfolded = self._longest = 0

    def _sync(self) -> None:
        """Make the commit durable. If the disk fails here nothing is acknowledged, and a retry finds the record."""
        assert self._ahead is not None  # noqa: S101  # it is opened with the writer
        os.fdatasync(self._ahead)

    def _kept(self) -> int:
        """Bytes of the write-ahead file, which others find: else let everything go, which folds what is in it into the
        main file. That is safe in our turn only, for another's records would be overwritten."""
        size = self._size_ahead()
        if size is None:
            self._let_go()
            raise OSError(f"{self.path}-wal was deleted while it was written")
        return size

    def _size_ahead(self) -> int | None:
        """Bytes of the write-ahead file; None where somebody has deleted it: what is in it then is nowhere else."""
        assert self._ahead is not None  # noqa: S101  # it is opened with the writer
        status = os.fstat(self._ahead)
        return status.st_size if status.st_nlink else None

    def _fold(self, connection: sqlite3.Connection, size: int) -> None:
        """Now and then move the write-ahead file into the main one while others write on; alone where that lags."""
        self._unfolded += 1
        if self._unfolded < FOLD_EVERY and size < self._longest + FOLD_BYTES:
            return
        self._unfolded, self._longest = 0, size
        ((_, logged, folded),) = connection.execute(FOLD).fetchall()
        if logged - folded > BEHIND:
            with self._turn():
                connection.execute(FOLD)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """This process's turn; the folder is made here, for its owner only.

        Two locks: whoever waits for the second holds the first, so that who just had a turn queues behind all others.
        """
        queue, turn = self._locked(".queue"), None
        try:
            turn = self._locked(".lock")
            os.close(queue)
            queue = -1
            yield
        finally:
            for handle in (queue, turn):
                if handle is not None and handle >= 0:
                    os.close(handle)

    def _locked(self, suffix: str) -> int:
        """A file beside the log, opened and locked; closing it gives the lock back."""
        path, flags = self._locks[suffix], os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        try:
            handle = os.open(path, flags, 0o600)
        except FileNotFoundError:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(path, flags, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except BaseException:
            os.close(handle)
            raise
        return handle

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise LedgerUnavailable(f"The ledger cannot be used: {error}.", where=str(self.path), cure=CURE) from error
