"""Reading the log's tables within a transaction."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from bredele.ledger.engine import Row, Session
from bredele.ledger.errors import LedgerUnavailable, UnknownRecord
from bredele.ledger.record import Record, decode_record
from bredele.ledger.tree import Nodes, node_hash

ENTRY = "SELECT seq, leaf, salt, record FROM entries"
AS_LEFT = (
    "SELECT (SELECT MAX(seq) FROM entries), (SELECT note FROM head), "
    "(SELECT key FROM keys ORDER BY number DESC LIMIT 1)"
)


class Entry(msgspec.Struct, frozen=True):
    """A stored record; `salt` and `data` are empty once its content was erased. `again`: it was there before."""

    seq: int
    leaf: bytes
    salt: bytes = b""
    data: bytes = b""
    again: bool = False

    @property
    def erased(self) -> bool:
        """Whether only the leaf is left."""
        return not self.data

    @property
    def record(self) -> Record:
        """The content; raises UnknownRecord where it was erased."""
        if self.erased:
            raise UnknownRecord(f"The content of record {self.seq} was erased.")
        return decode_record(self.data)


class PublishedKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public key, the size of the log and the time since when it signs."""

    key: str
    size: int
    since: str


class Left(NamedTuple):
    """How a log was left: how many records there are, the signed note over them, the key that signs; empty where there
    is none."""

    size: int
    note: str
    key: str


def as_left(session: Session) -> Left:
    """All that has to be known before a record is stored, in one question."""
    ((last, note, key),) = session.rows(AS_LEFT)
    return Left(0 if last is None else int(last) + 1, note or "", key or "")


def size_of(session: Session) -> int:
    """How many records there are."""
    ((last,),) = session.rows("SELECT MAX(seq) FROM entries")
    return 0 if last is None else int(last) + 1


def head_of(session: Session) -> str:
    """The signed note; UnknownRecord before the first record."""
    found = session.rows("SELECT note FROM head")
    if not found:
        raise UnknownRecord("Nothing is recorded yet.", cure="The ledger begins with the first answer.")
    return str(found[0][0])


def keys_of(session: Session) -> tuple[PublishedKey, ...]:
    """Every public key, the oldest first."""
    rows = session.rows("SELECT key, size, time FROM keys ORDER BY number")
    return tuple(PublishedKey(key=key, size=size, since=time) for key, size, time in rows)


def entry_of(row: Row) -> Entry:
    """An entry from a row of ENTRY."""
    seq, leaf, salt, record = row
    return Entry(int(seq), bytes(leaf), bytes(salt or b""), bytes(record or b""))


def stored_nodes(session: Session) -> Nodes:
    """Subtree hashes as they were stored: a left child is in its last record's row, a right one is made of two."""

    def node(level: int, index: int) -> bytes:
        last = ((index + 1) << level) - 1
        if level == 0 or index % 2 == 0:
            column = "leaf" if level == 0 else "node"
            found = session.rows(f"SELECT {column} FROM entries WHERE seq = ?", last)  # noqa: S608  # one of two names
            if not found or found[0][0] is None:
                raise LedgerUnavailable(f"Record {last} is missing or damaged.", cure="Run: bredele ledger verify SITE")
            return bytes(found[0][0])
        return node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))

    return node


def erasable(session: Session, seq: int) -> bool:
    """Whether a record exists and still has its content."""
    return bool(session.rows("SELECT 1 FROM entries WHERE seq = ? AND record IS NOT NULL", seq))


def ranges(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Sorted numbers as ranges, both ends included."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return tuple(found)
