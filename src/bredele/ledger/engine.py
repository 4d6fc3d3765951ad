"""What a log asks of a database: one writer at a time, snapshots for readers, the tables below. SQL that both speak."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = tuple[Any, ...]


class Session(Protocol):
    """SQL with `?` in one transaction; blobs come back as bytes."""

    def rows(self, query: str, *values: Any) -> list[Row]:
        """All rows of a query; an empty list for a statement without any."""

    def each(self, query: str, *values: Any) -> Iterator[Row]:
        """The rows one by one, a few thousand at a time in memory."""

    def many(self, statement: str, rows: Iterable[Row]) -> None:
        """One statement for many rows."""


class Engine(Protocol):
    """One site's log. Every fault of the database is raised as LedgerUnavailable."""

    def write(self) -> AbstractContextManager[Session]:
        """A transaction that nobody else shares; durable when the block ends, undone if it raises."""

    def read(self) -> AbstractContextManager[Session]:
        """A consistent snapshot."""

    def settle(self) -> None:
        """Make durable whatever a reader may have seen: called before a signed head leaves the log."""

    def scrub(self) -> None:
        """Make what was erased unreadable in the files, too."""

    def faults(self) -> list[str]:
        """What the database itself finds wrong with its file; empty where all is well."""

    def examine(self) -> None:
        """Raise LedgerUnavailable where writing would fail; nothing is written."""

    def close(self) -> None:
        """Give connections back."""


TABLES = {
    "entries": "seq {number} PRIMARY KEY, leaf {blob} NOT NULL, node {blob}, principal TEXT, salt {blob}, "
    "record {blob}",
    "head": "one {number} PRIMARY KEY CHECK (one = 1), size {number} NOT NULL, note TEXT NOT NULL",
    "checkpoints": "size {number} PRIMARY KEY, time TEXT NOT NULL, note TEXT NOT NULL",
    "keys": "number {number} PRIMARY KEY, size {number} NOT NULL, time TEXT NOT NULL, key TEXT NOT NULL",
    "notices": "sha256 TEXT PRIMARY KEY, body {blob} NOT NULL",
    "answered": "key {blob} PRIMARY KEY, seq {number} NOT NULL, day TEXT NOT NULL",
    "erased": "seq {number} PRIMARY KEY, time TEXT NOT NULL",
    "marks": "name TEXT PRIMARY KEY, seq {number} NOT NULL",
    "reads": "number {number} PRIMARY KEY, time TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, "
    "records {number} NOT NULL",
}
"""Name to columns. `entries`: a record's number (from 0), its leaf hash, at odd numbers the hash of the largest
complete subtree that ends there, and its content, null once erased. `head`: the signed note over all of it.
`checkpoints`: heads kept for ever. `keys`: public keys, the last one signs. `answered`: idempotency keys, hashed, for a
week. `marks`: how far the periodic work came. `reads`: who read what (LED-16)."""
INDEXES = ("CREATE INDEX IF NOT EXISTS entries_principal ON entries (principal) WHERE principal IS NOT NULL",)
FIXED = ("entries", "checkpoints", "keys", "notices", "erased", "reads")
"""Tables whose rows are never changed or deleted; of an entry the content may go once `erased` names it."""
WORDS = "the ledger is append-only"


def table(name: str, *, number: str, blob: str) -> str:
    """The CREATE TABLE of one of TABLES."""
    return f"CREATE TABLE IF NOT EXISTS {name} ({TABLES[name].format(number=number, blob=blob)})"
