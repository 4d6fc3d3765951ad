"""Several processes at one log, and what a record waits."""

import multiprocessing
import secrets
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path

from bench.ledger.records import NOTICE, NOTICE_NAME, judge, now, record, say, share
from bredele.ledger.log import Draft, Log
from bredele.ledger.sqlite import SqliteEngine

ROUNDS = 5
SECONDS = 3.0
PROCESSES = 4
SPAWN = multiprocessing.get_context("spawn")


class BusyEngine(SqliteEngine):
    """The comparison: the same ledger without our queue. SQLite's busy retry is all there is, and it syncs itself."""

    @contextmanager
    def _turn(self) -> Iterator[None]:
        yield

    def _open(self) -> sqlite3.Connection:
        connection = super()._open()
        connection.execute("PRAGMA busy_timeout = 60000")
        return connection

    def _writing(self) -> sqlite3.Connection:
        connection = super()._writing()
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA wal_autocheckpoint = 1000")
        return connection

    def _sync(self) -> None:
        """Done by SQLite, before the next writer."""

    def _fold(self, connection: sqlite3.Connection, size: int) -> None:
        """Done by SQLite."""


def log_at(place: Path, *, busy: bool) -> Log:
    """The log of this directory, with one queue or the other."""
    engine = (BusyEngine if busy else SqliteEngine)(place / "log.sqlite3")
    return Log(engine, "bench.example/ledger", place / "keys", now, secrets.token_bytes)


def worker(place: Path, start: Event, answer: "multiprocessing.Queue[list[float]]", busy: bool) -> None:
    """One process that appends one record after another; the seconds each took."""
    log = log_at(place, busy=busy)
    log.append([Draft(record())])
    start.wait()
    took: list[float] = []
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        began = time.perf_counter()
        log.append([Draft(record())])
        took.append(time.perf_counter() - began)
    answer.put(took)


def processes(place: Path, count: int, *, busy: bool = False) -> tuple[float, float, float]:
    """Records a second; the 99th percentile of what one waits, in seconds: at the worst process, and of all records."""
    place.mkdir()
    log = log_at(place, busy=False)
    log.keep_notice(NOTICE_NAME, NOTICE)
    log.append([Draft(record())])
    log.close()
    start, answer = SPAWN.Event(), SPAWN.Queue()
    running = [SPAWN.Process(target=worker, args=(place, start, answer, busy)) for _ in range(count)]
    for process in running:
        process.start()
    time.sleep(1.5 + count / 2)
    start.set()
    took = [answer.get(timeout=120) for _ in running]
    for process in running:
        process.join()
    worst = max(share(one, 0.99) for one in took)
    return sum(map(len, took)) / SECONDS, worst, share([seconds for one in took for seconds in one], 0.99)


def waiting(place: Path) -> bool:
    """Four processes against one, and what a record waits, against the same ledger with SQLite's busy retry.

    Judged by the process that waits longest: a visitor does not choose the worker, and a greedy process that writes ten
    times as often as a starving one would hide what the visitors of the other wait.
    """
    found: dict[str, list[tuple[float, float, float]]] = {"one": [], "four": [], "busy": []}
    for number in range(ROUNDS):
        for name, measured in found.items():
            count = 1 if name == "one" else PROCESSES
            measured.append(processes(place / f"{name}-{number}", count, busy=name == "busy"))
    middle = {name: [statistics.median(one) for one in zip(*rounds, strict=True)] for name, rounds in found.items()}
    for name, (rate, worst, pooled) in middle.items():
        told = f"99th percentile {worst * 1000:,.1f} ms at the worst process, {pooled * 1000:,.1f} ms of all records"
        say(f"  {name:>4}: {rate:,.0f} records/s, {told}")
    good = judge(f"{PROCESSES} processes / one, records a second", middle["four"][0] / middle["one"][0], 0.7)
    return (
        judge("99th percentile / that of busy retry", middle["four"][1] / middle["busy"][1], 0.2, at_most=True) and good
    )
