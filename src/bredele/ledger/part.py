"""Verifying one chunk of a log. A sound one goes by fast; in any other each record is looked at to locate the fault."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256

import msgspec

from bredele.ledger.engine import Engine, Row
from bredele.ledger.record import ANONYMOUS, TIME_SIZE, moment_of
from bredele.ledger.report import Check
from bredele.ledger.swift import BEFORE_TIME, CONSENT, NOTICE, sound

CHUNK = 1 << 15
"""Records checked together at most."""
ROWS = "SELECT seq, leaf, node, principal, salt, record FROM entries WHERE seq >= ? AND seq < ? ORDER BY seq"
CLOCK_MAY_STEP = timedelta(minutes=1)


class Part(msgspec.Struct, frozen=True):
    """One chunk: a whole subtree of `size` records (None in doubt), what was found, and what the whole log must judge.

    `last_node`: the node stored in its last row, which may cover more than the chunk. `own`: records of the log itself.
    `notices`: each with a record that names it.
    """

    start: int
    size: int
    root: bytes | None
    last_node: bytes | None
    checks: list[Check]
    erased: list[int]
    own: list[tuple[int, bytes]]
    notices: dict[str, int]


def chunks(size: int, most: int = CHUNK) -> Iterator[tuple[int, int]]:
    """Start and size of the subtrees that a log of this size is checked in: powers of two, in order."""
    start = 0
    while start < size:
        part = most
        while start + part > size:
            part //= 2
        yield start, part
        start += part


class Chunk:
    """The state of the check. A hash is None where it is in doubt already: then the stored node is believed instead."""

    def __init__(self, start: int, size: int) -> None:
        self.start, self.last = start, start + size - 1
        self.stack: list[bytes | None] = []
        self.last_node: bytes | None = None
        self.checks: list[Check] = []
        self.erased: list[int] = []
        self.own: list[tuple[int, bytes]] = []
        self.notices: dict[bytes, int] = {}
        self.time = b""

    def content(self, row: Row) -> bytes | None:
        """The leaf of a row, or None after telling what is wrong with it."""
        seq, leaf, _, principal, salt, record = row
        if record is None:
            self.erased.append(seq)
            return bytes(leaf)
        if sha256(b"\x00" + sha256(salt + record).digest()).digest() != leaf:
            self.fault("record", "It is not what was recorded.", f"record {seq}")
            return None
        if not record.startswith(CONSENT):
            self.own.append((seq, bytes(record)))
            return bytes(leaf)
        who = (principal or ANONYMOUS).encode()
        place = len(CONSENT) + len(who)
        if record[len(CONSENT) : place] != who or record[place : place + 1] != b'"':
            self.fault("record", "It is filed under another proof id.", f"record {seq}")
            return bytes(leaf)
        self.clock(seq, record[place + len(BEFORE_TIME) : place + len(BEFORE_TIME) + TIME_SIZE])
        at = record.find(NOTICE, place) + len(NOTICE)
        self.notices.setdefault(record[at : at + 64], seq)
        return bytes(leaf)

    def clock(self, seq: int, time: bytes) -> None:
        """Tell, without blame, where the server's clock went back."""
        if time < self.time:
            back = moment_of(self.time.decode()) - moment_of(time.decode())
            if back > CLOCK_MAY_STEP:
                said = f"The server's clock went back by {int(back.total_seconds())} s."
                self.checks.append(Check("order", True, said, f"record {seq}"))
        self.time = time

    def place(self, seq: int, node: bytes | None, leaf: bytes | None) -> None:
        """Put a leaf in the tree and compare the subtree it completes with the stored one."""
        at, hashed = seq - self.start, leaf
        while at & 1:
            left = self.stack.pop()
            hashed = None if left is None or hashed is None else sha256(b"\x01" + left + hashed).digest()
            at >>= 1
        if seq & 1:
            if seq != self.last and hashed != node:
                if hashed is not None:
                    self.fault("tree", "The tree does not fit the records.", f"record {seq - 1} or {seq}")
                hashed = node
        elif node is not None:
            self.fault("tree", "A node is stored where none belongs.", f"record {seq}")
        self.stack.append(hashed)
        self.last_node = node

    def fault(self, code: str, message: str, where: str) -> None:
        """Something does not hold."""
        self.checks.append(Check(code, False, message, where))  # type: ignore[arg-type]  # one of Code, as written above


def check_part(open_engine: Callable[[], Engine], start: int, size: int) -> Part:
    """Check `size` records from `start` on; the size is a power of two and the start a multiple of it."""
    engine = open_engine()
    with uncollected():
        with engine.read() as session:
            rows = session.rows(ROWS, start, start + size)
        engine.close()
        swift = sound(start, size, rows)
    if swift is not None:
        return Part(start, size, swift.root, rows[-1][2], [], swift.erased, swift.own, swift.notices)
    return located(start, size, rows)


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing here forms a cycle, and looking for cycles in 100,000 rows takes a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def located(start: int, size: int, rows: list[Row]) -> Part:
    """The same check record by record, with the place of everything that is wrong."""
    chunk = Chunk(start, size)
    expected = start
    for row in rows:
        expected = missing(chunk, expected, row[0])
        chunk.place(expected, row[2], chunk.content(row))
        expected += 1
    missing(chunk, expected, start + size)
    notices = {name.decode("ascii", "replace"): seq for name, seq in chunk.notices.items()}
    (root,) = chunk.stack
    return Part(start, size, root, chunk.last_node, chunk.checks, chunk.erased, chunk.own, notices)


def missing(chunk: Chunk, expected: int, found: int) -> int:
    """Tell each record between them missing; returns the number that comes next."""
    for seq in range(expected, found):
        chunk.fault("order", "It is missing.", f"record {seq}")
        chunk.place(seq, None, None)
    return found
