"""The file engine: whose turn it is, when a record is durable, how its two files stay small."""

import errno
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest

from bredele.ledger import sqlite
from bredele.ledger.errors import LedgerUnavailable
from bredele.ledger.log import Draft, Log
from bredele.ledger.sqlite import SqliteEngine
from bredele.ledger.verify import verify_log
from tests.ledger.records import log_over, record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of the log's file."""
    return tmp_path / "log.sqlite3"


def broken_disk(handle: int) -> None:
    """A disk that cannot sync."""
    raise OSError(errno.EIO, "Input/output error")


def test_nothing_is_acknowledged_before_the_disk_has_it_and_a_retry_finds_the_record(
    file_log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "fdatasync", broken_disk)
        with pytest.raises(LedgerUnavailable, match="Input/output error"):
            file_log.append([Draft(record(0), b"k")])
    (entry,) = file_log.append([Draft(record(0), b"k")])
    assert (entry.seq, entry.again, file_log.size()) == (0, True, 1)


def test_a_head_is_durable_before_it_leaves(file_log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules: LED-13"""
    file_log.append([Draft(record(0))])
    monkeypatch.setattr(os, "fdatasync", broken_disk)
    with pytest.raises(LedgerUnavailable):
        file_log.head()


def test_whoever_just_wrote_queues_behind_who_waits(path: Path, tmp_path: Path) -> None:
    first, second = SqliteEngine(path), SqliteEngine(path)
    order: list[str] = []

    def wait() -> None:
        with second.write():
            order.append("second")

    other = threading.Thread(target=wait)
    with first.write():
        other.start()
        until_taken(path.with_suffix(".queue"))
    with first.write():
        order.append("first again")
    other.join()
    assert order == ["second", "first again"]
    first.close()
    second.close()


def until_taken(lock: Path) -> None:
    """Until somebody else waits for the turn."""
    for _ in range(1000):
        with lock.open("r+") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def test_logs_of_two_processes_take_turns_and_the_whole_verifies(path: Path, tmp_path: Path) -> None:
    """Rules: LED-02, LED-13"""
    logs = [log_over(SqliteEngine(path), tmp_path) for _ in range(2)]
    numbers = [logs[turn % 2].append([Draft(record(turn))])[0].seq for turn in range(40)]
    assert numbers == list(range(40))
    for log in logs:
        log.close()
    assert verify_log(partial(SqliteEngine, path)).holds


VISIT = """
import sys
from pathlib import Path
from bredele.ledger.sqlite import SqliteEngine
engine = SqliteEngine(Path(sys.argv[1]))
for number in sys.argv[3:]:
    with engine.write() as session:
        session.many("INSERT INTO erased (seq, time) VALUES (?, 'now')", [(int(number),)])
with engine.read() as session:
    print(*(seq for (seq,) in session.rows(f"SELECT seq FROM {sys.argv[2]} ORDER BY seq")))
engine.close()
"""


def seen_by_another_process(path: Path, table: str = "entries", *erase: str) -> list[int]:
    """The numbers of the rows that a process finds which opens the file, perhaps writes, reads and closes it, as a tick
    does."""
    called = [sys.executable, "-c", VISIT, str(path), table, *erase]
    return [int(word) for word in subprocess.run(called, check=True, capture_output=True, text=True).stdout.split()]


@pytest.mark.parametrize("before", ["a reader", "a reader at work", "a second log"])
def test_what_is_acknowledged_while_another_process_comes_and_goes_is_there(
    path: Path, tmp_path: Path, before: str
) -> None:
    """Who opens the file for writing must not give up the locks of this process's other connections: the visitor would
    take itself for the last one and delete the write-ahead file. Rules: LED-02, LED-13"""
    earlier = log_over(SqliteEngine(path), tmp_path)
    earlier.append([Draft(record(0))])
    earlier.close()
    engine = SqliteEngine(path)
    log, second = log_over(engine, tmp_path), log_over(SqliteEngine(path), tmp_path)
    with engine.read() if before == "a reader at work" else nullcontext():
        assert before == "a second log" or log.size() == 1
        log.append([Draft(record(1))])
        if before == "a second log":
            second.append([Draft(record(2))])
        seen_by_another_process(path)
        assert path.with_name(f"{path.name}-wal").exists()
    numbers = [log.append([Draft(record(number))])[0].seq for number in range(3, 6)]
    found = seen_by_another_process(path)
    assert found[-3:] == numbers
    assert found == list(range(len(found)))
    for one in (log, second):
        one.close()
    assert verify_log(partial(SqliteEngine, path)).holds


def delete_ahead(path: Path) -> None:
    """Both files beside it, as a careless hand does."""
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink()


def test_records_of_a_write_ahead_file_that_was_deleted_are_not_lost(file_log: Log, path: Path) -> None:
    file_log.append([Draft(record(0))])
    assert file_log.size() == 1
    delete_ahead(path)
    (entry,) = file_log.append([Draft(record(1))])
    assert seen_by_another_process(path) == [0, entry.seq]


@pytest.mark.parametrize("earlier", [[], [0]], ids=["the first write", "a later one"])
def test_a_write_ahead_file_deleted_in_mid_write_is_told_and_the_next_write_is_kept(
    path: Path, earlier: list[int]
) -> None:
    engine, erase = SqliteEngine(path), "INSERT INTO erased (seq, time) VALUES (?, 'now')"
    for number in earlier:
        with engine.write() as session:
            session.many(erase, [(number,)])
    with pytest.raises(LedgerUnavailable, match="deleted while it was written"), engine.write() as session:
        session.many(erase, ((number,) for number in [1] if delete_ahead(path) is None))
    assert seen_by_another_process(path, "erased", "2", "3") == [*earlier, 1, 2, 3]
    with engine.write() as session:
        session.many(erase, [(4,)])
    assert seen_by_another_process(path, "erased") == [*earlier, 1, 2, 3, 4]
    engine.close()


def test_a_record_another_hand_added_meanwhile_stops_the_log(file_log: Log, path: Path) -> None:
    """Rules: LED-13"""
    file_log.append([Draft(record(0))])
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO entries (seq, leaf, record) VALUES (1, zeroblob(32), X'7B7D')")
    connection.close()
    with pytest.raises(LedgerUnavailable, match="another hand"):
        file_log.append([Draft(record(1))])


def test_the_write_ahead_file_is_folded_now_and_then(
    file_log: Log, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the main file holds by itself; a file that lags is folded while others wait."""
    monkeypatch.setattr(sqlite, "FOLD_EVERY", 1)
    monkeypatch.setattr(sqlite, "BEHIND", -1)
    for number in range(5):
        file_log.append([Draft(record(number))])
    alone = shutil.copy(path, tmp_path / "alone.sqlite3")
    with sqlite3.connect(alone) as connection:
        assert connection.execute("SELECT COUNT(*) FROM entries").fetchall() == [(5,)]
    connection.close()
