"""Several processes at one log, and what a record waits."""

import fcntl
import multiprocessing
import secrets
import sqlite3
import statistics
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.synchronize import Event
from pathlib import Path

from bench.ledger.records import judge, opened, record, say, share
from bredele.ledger.log import Draft, Log
from bredele.ledger.record import encode_record, leaf_of

ROUNDS = 5
SECONDS = 3.0
PROCESSES = 4
SPAWN = multiprocessing.get_context("spawn")


def worker(place: Path, start: Event, seconds: float, answer: "multiprocessing.Queue[list[float]]", busy: bool) -> None:
    """One process that appends one record after another; the seconds each took."""
    append = busy_append(place) if busy else partial(our_append, opened(place))
    append()
    start.wait()
    took: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.perf_counter()
        append()
        took.append(time.perf_counter() - began)
    answer.put(took)


def our_append(log: Log) -> None:
    """One record of the ledger."""
    log.append([Draft(record())])


def busy_append(place: Path) -> Callable[[], None]:
    """The comparison: the same insert in SQLite, whose own busy retry is the only queue."""
    connection = sqlite3.connect(place / "busy.sqlite3", timeout=60, isolation_level=None)
    with (place / "busy.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS entries (seq INTEGER PRIMARY KEY, leaf BLOB, salt BLOB, record BLOB)"
        )

    def append() -> None:
        data, salt = encode_record(record()), secrets.token_bytes(16)
        connection.execute("BEGIN IMMEDIATE")
        ((last,),) = connection.execute("SELECT COALESCE(MAX(seq), -1) FROM entries").fetchall()
        connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", (last + 1, leaf_of(salt, data), salt, data))
        connection.execute("COMMIT")

    return append


def processes(place: Path, count: int, *, busy: bool) -> tuple[float, float]:
    """Records a second and the 99th percentile of one append, in seconds."""
    place.mkdir()
    start, answer = SPAWN.Event(), SPAWN.Queue()
    running = [SPAWN.Process(target=worker, args=(place, start, SECONDS, answer, busy)) for _ in range(count)]
    for process in running:
        process.start()
    time.sleep(1.5 + count / 2)
    start.set()
    took = [one for _ in running for one in answer.get(timeout=120)]
    for process in running:
        process.join()
    return len(took) / SECONDS, share(took, 0.99)


def waiting(place: Path) -> bool:
    """Four processes against one, and what a record waits, against SQLite's busy retry."""
    rates: dict[str, list[tuple[float, float]]] = {"one": [], "four": [], "busy": []}
    for number in range(ROUNDS):
        rates["one"].append(processes(place / f"one-{number}", 1, busy=False))
        rates["four"].append(processes(place / f"four-{number}", PROCESSES, busy=False))
        rates["busy"].append(processes(place / f"busy-{number}", PROCESSES, busy=True))
    speed = {name: statistics.median(rate for rate, _ in found) for name, found in rates.items()}
    slow = {name: statistics.median(p99 for _, p99 in found) for name, found in rates.items()}
    for name in rates:
        say(f"  {name:>4}: {speed[name]:,.0f} records/s, 99th percentile {slow[name] * 1000:,.1f} ms")
    good = judge(f"{PROCESSES} processes / one, records a second", speed["four"] / speed["one"], 0.7)
    return judge("99th percentile / that of busy retry", slow["four"] / slow["busy"], 0.2, at_most=True) and good
