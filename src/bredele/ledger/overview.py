"""What a log holds, by day and kind: for whoever keeps it, without reading it whole."""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from bredele.ledger.engine import Session
from bredele.ledger.log import Log
from bredele.ledger.rows import ENTRY, Entry, entry_of, size_of

NEWEST = 20_000
"""Records counted: the last ones, so that a long log is answered for as quickly as a short one."""


class Line(msgspec.Struct, frozen=True):
    """A day (UTC) and how many events of each kind it saw."""

    day: str
    kinds: dict[str, int]


class Overview(msgspec.Struct, frozen=True):
    """The newest day first. `since`: the first record counted; 0 where all are. `erased`: places without content."""

    size: int
    since: int
    erased: int
    lines: tuple[Line, ...]


class Told(msgspec.Struct, frozen=True):
    """What is counted of a record; those that speak of the log itself have no event."""

    time: str
    event: str = ""


decoder = msgspec.json.Decoder(Told)


def overview(log: Log, newest: int = NEWEST) -> Overview:
    """Count the newest records by day and kind; raises NoLedgerYet, LedgerUnavailable."""
    sums: dict[str, dict[str, int]] = {}
    erased = 0
    with log.engine.read() as session:
        size = size_of(session)
        since = max(0, size - newest)
        for (data,) in session.each("SELECT record FROM entries WHERE seq >= ?", since):
            if data is None:
                erased += 1
                continue
            told = decoder.decode(data)
            kinds = sums.setdefault(told.time[:10], {})
            kinds[told.event or "log"] = kinds.get(told.event or "log", 0) + 1
    lines = tuple(Line(day, sums[day]) for day in sorted(sums, reverse=True))
    return Overview(size, since, erased, lines)


def records_of(log: Log, day: date, start: int, most: int) -> tuple[list[Entry], int]:
    """Records of a day (UTC), the oldest first, from the one at `start` on; and how many that day has in all.

    Times only grow (the log tells where a clock went back), so the day's place is searched for, not read for.
    """
    with log.engine.read() as session:
        size = size_of(session)
        first = search(size, lambda seq: time_at(session, seq) >= day.isoformat())
        end = search(size, lambda seq: time_at(session, seq) >= (day + timedelta(days=1)).isoformat())
        query = f"{ENTRY} WHERE seq >= ? AND seq < ? ORDER BY seq LIMIT ?"
        rows = session.rows(query, first + start, end, most)
    return [entry_of(row) for row in rows], max(0, end - first)


def search(size: int, late: Callable[[int], bool]) -> int:
    """The first number from which on records are late; `size` if none is."""
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        if late(middle):
            high = middle
        else:
            low = middle + 1
    return low


def time_at(session: Session, seq: int) -> str:
    """When a record was made, or, where its content is gone, the next that still says; at the end the end of time."""
    query = "SELECT record FROM entries WHERE seq >= ? AND record IS NOT NULL ORDER BY seq LIMIT 1"
    found = session.rows(query, seq)
    return decoder.decode(bytes(found[0][0])).time if found else "9999"
