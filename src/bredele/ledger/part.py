"""Verifying one chunk of a log: as little work a record as three hashes allow, so that a million take seconds."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import msgspec

from bredele.ledger.engine import Engine, Row
from bredele.ledger.record import ANONYMOUS, TIME_SIZE, moment_of
from bredele.ledger.report import Check

CHUNK = 1 << 15
"""Records checked together; a power of two, so that each full chunk is one subtree."""
ROWS = "SELECT seq, leaf, node, principal, salt, record FROM entries WHERE seq >= ? AND seq < ? ORDER BY seq"
CONSENT = b'{"schema":"bredele-consent/1","principal":"'
NOTICE = b'"notice":"'
GAP = len('","time":"')
CLOCK_MAY_STEP = timedelta(minutes=1)


class Part(msgspec.Struct, frozen=True):
    """One chunk: its subtrees (one where it is full; None in doubt), what was found, and what the whole log must judge.

    `last_node`: the node stored in its last row. `own`: records of the log itself. `notices`: each with a record that
    names it.
    """

    start: int
    end: int
    hashes: list[bytes | None]
    last_node: bytes | None
    checks: list[Check]
    erased: list[int]
    own: list[tuple[int, bytes]]
    notices: dict[str, int]


class Chunk:
    """The state of the check. A hash is None where it is in doubt already: then the stored node is believed instead."""

    def __init__(self, start: int, full: int) -> None:
        self.start, self.full = start, full
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
        self.clock(seq, record[place + GAP : place + GAP + TIME_SIZE])
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
            above = seq == self.start + self.full - 1 and bool(self.start // self.full & 1)
            if not above and hashed != node:
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


def check_part(open_engine: Callable[[], Engine], start: int, end: int, full: int = CHUNK) -> Part:
    """Check the records from `start` on, `end` excluded; `full`: the size of a full chunk; `start` is a multiple."""
    engine = open_engine()
    chunk = Chunk(start, full)
    expected = start
    with engine.read() as session:
        for row in session.each(ROWS, start, end):
            expected = missing(chunk, expected, row[0])
            chunk.place(expected, row[2], chunk.content(row))
            expected += 1
    missing(chunk, expected, end)
    engine.close()
    return Part(
        start,
        end,
        chunk.stack,
        chunk.last_node,
        chunk.checks,
        chunk.erased,
        chunk.own,
        {name.decode("ascii", "replace"): seq for name, seq in chunk.notices.items()},
    )


def missing(chunk: Chunk, expected: int, found: int) -> int:
    """Tell each record between them missing; returns the number that comes next."""
    for seq in range(expected, found):
        chunk.fault("order", "It is missing.", f"record {seq}")
        chunk.place(seq, None, None)
    return found
