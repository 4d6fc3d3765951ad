"""Verifying a log against hashing its records."""

import os
import sqlite3
import statistics
from functools import partial
from hashlib import sha256
from pathlib import Path

from bench.ledger.records import judge, opened, record, say, timed
from bredele.ledger.log import Draft
from bredele.ledger.report import Report
from bredele.ledger.sqlite import SqliteEngine
from bredele.ledger.verify import verify_log

MILLION = int(os.environ.get("BENCH_RECORDS", "1000000"))


def fill(place: Path, count: int) -> None:
    """A log of so many records."""
    log = opened(place)
    for start in range(0, count, 1000):
        log.append([Draft(record()) for _ in range(min(1000, count - start))])
    log.close()


def verification(place: Path) -> bool:
    """Verifying a million records against hashing them: the tree over the records in memory, without any file."""
    say(f"  {MILLION:,} records written in {timed(lambda: fill(place, MILLION)):.0f} s")
    path, jobs = place / "log.sqlite3", os.cpu_count() or 1
    plain, tree = hashing(path)
    one, all_cores = [], []
    for _ in range(3):
        one.append(timed(lambda: held(verify_log(partial(SqliteEngine, path)))))
        all_cores.append(timed(lambda: held(verify_log(partial(SqliteEngine, path), jobs=jobs))))
    alone, shared = statistics.median(one), statistics.median(all_cores)
    say(f"  SHA-256 over each record once {plain:.2f} s; commitments, leaves and tree {tree:.2f} s")
    say(f"  verify: one process {alone:.2f} s, {jobs} processes {shared:.2f} s")
    say(f"  for information, against the one hash a record: {alone / plain:.2f} and {shared / plain:.2f}")
    return judge("verify, as the command does / hashing the records", shared / tree, 2, at_most=True)


def hashing(path: Path) -> tuple[float, float]:
    """Seconds of one hash a record, and of all that a verifier must hash."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT salt, record FROM entries ORDER BY seq").fetchall()
    connection.close()
    plain = [timed(lambda: hash_plainly(rows)) for _ in range(3)]
    return statistics.median(plain), statistics.median(timed(lambda: hash_tree(rows)) for _ in range(3))


def held(report: Report) -> None:
    """The log must verify."""
    assert report.holds, report.faults  # noqa: S101  # a measurement of something else would be none


def hash_plainly(rows: list[tuple[bytes, bytes]]) -> None:
    """One hash a record."""
    for salt, data in rows:
        sha256(salt + data).digest()


def hash_tree(rows: list[tuple[bytes, bytes]]) -> None:
    """What any verifier must hash: commitment, leaf and the tree above."""
    level = [sha256(b"\x00" + sha256(salt + data).digest()).digest() for salt, data in rows]
    while len(level) > 1:
        pairs = [sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
