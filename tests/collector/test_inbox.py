"""The inbox and its folding: durable, shared by processes, exactly once whatever crashes."""

import multiprocessing
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bredele.collector import inbox as inbox_file
from bredele.collector.committer import Full
from bredele.collector.folder import FEW, Folder, FoldingThread
from bredele.collector.inbox import Inbox
from bredele.stats.event import Event, Hourly, Increments
from bredele.stats.sqlite import SqliteStore
from bredele.stats.store import Mark
from tests.collector.conftest import Desk, publish

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = date(2026, 11, 24)
EVENT = Event("town", "2026-11-24T12", "view", "/")


def folder(path: Path, moment: datetime = NOON) -> Folder:
    """A folder over the files of a directory."""
    return Folder(
        Inbox(path / "inbox.sqlite3"), lambda: SqliteStore(path / "s.sqlite3"), lambda: moment, ZoneInfo("UTC")
    )


def views(store: Any) -> int:
    """Exact views of the day."""
    found: int = store.hourly("town", DAY, DAY).get(("2026-11-24T12", "views"), 0)
    return found


def test_what_was_written_is_folded_once_and_gone(tmp_path: Path) -> None:
    one = folder(tmp_path)
    one.inbox.write([EVENT] * 3)
    one.inbox.write([EVENT] * 2)
    assert one.inbox.waiting() == 5
    assert one.fold() == 5
    assert one.fold() == 0
    assert one.inbox.empty()
    assert views(one.store) == 5


class Crash(Exception):
    """The process dies here."""


@pytest.mark.parametrize("after", [False, True], ids=["before the sums", "after the sums"])
def test_a_crash_while_folding_loses_and_doubles_nothing(tmp_path: Path, after: bool) -> None:
    crashing = folder(tmp_path)
    crashing.inbox.write([EVENT] * 4)
    real = crashing.store.add

    def add(increments: Increments, mark: Mark | None = None) -> bool:
        if after:
            real(increments, mark)
        raise Crash

    crashing.store.add = add  # type: ignore[method-assign]  # this is the crash
    with pytest.raises(Crash):
        crashing.fold()
    healthy = folder(tmp_path)
    healthy.inbox.write([EVENT])
    healthy.fold()
    assert views(healthy.store) == 5
    assert healthy.inbox.empty()


def test_totals_go_ahead_and_the_rest_follows_once(tmp_path: Path) -> None:
    one = folder(tmp_path)
    one.inbox.write([EVENT] * 4)
    one.fold_totals()
    one.fold_totals()
    assert views(one.store) == 4
    assert not one.store.daily("town", "page", DAY, DAY)
    assert one.inbox.waiting() == 4
    one.inbox.write([EVENT])
    assert folder(tmp_path).fold() == 5
    assert views(one.store) == 5
    cells = one.store.daily("town", "page", DAY, DAY)
    assert [sums.views for sums in cells.values()] == [5]


def test_a_store_from_before_totals_went_ahead_counts_nothing_twice(tmp_path: Path) -> None:
    one = folder(tmp_path)
    one.inbox.write([EVENT] * 4)
    one.store.add((Hourly("town", EVENT.hour, "views", 4),), Mark(one.source, 1))
    one.inbox.write([EVENT])
    one.fold()
    assert views(one.store) == 5


def test_a_reader_waits_for_little_and_leaves_much_to_the_background(tmp_path: Path) -> None:
    one = folder(tmp_path)
    thread = FoldingThread(one, pause=60)
    assert not thread.behind()
    one.inbox.write([EVENT] * (FEW + 1))
    assert thread.behind()
    thread.start()
    assert not thread.behind()
    thread.stop()
    assert one.inbox.empty()


def test_numbers_of_batches_never_come_twice(tmp_path: Path) -> None:
    """Deleting the last batch must not free its number: the store would take the next for one it has."""
    one = folder(tmp_path)
    for _ in range(3):
        one.inbox.write([EVENT])
        one.fold()
    assert views(one.store) == 3
    again = folder(tmp_path)
    again.inbox.write([EVENT])
    again.fold()
    assert views(again.store) == 4


def test_who_may_not_wait_gets_no_turn_while_it_is_somebody_elses(tmp_path: Path) -> None:
    one, another = Inbox(tmp_path / "inbox.sqlite3"), Inbox(tmp_path / "inbox.sqlite3")
    told: list[bool] = []

    def ask() -> None:
        with one.turn(False) as mine:
            told.append(mine)

    with another.turn():  # as another process would
        ask()
    with one.turn():  # as another thread would
        asking = threading.Thread(target=ask)
        asking.start()
        asking.join(10)
    ask()
    assert told == [False, False, True]
    with another.turn(False) as mine:  # who was refused holds nothing
        assert mine
    one.write([EVENT])
    another.write([EVENT])
    assert one.waiting() == 2
    one.close()
    another.close()


def test_another_inbox_in_the_same_place_counts_anew(tmp_path: Path) -> None:
    one = folder(tmp_path)
    one.inbox.write([EVENT])
    one.fold()
    one.inbox.close()
    for path in tmp_path.glob("inbox*"):
        path.unlink()
    other = folder(tmp_path)
    other.inbox.write([EVENT])
    other.fold()
    assert views(other.store) == 2


def test_a_store_that_is_down_loses_nothing(tmp_path: Path) -> None:
    def down() -> SqliteStore:
        raise ConnectionError("down")

    one = Folder(Inbox(tmp_path / "inbox.sqlite3"), down, lambda: NOON, ZoneInfo("UTC"))
    one.inbox.write([EVENT] * 7)
    with pytest.raises(ConnectionError):
        one.fold()
    assert one.inbox.waiting() == 7
    back = folder(tmp_path)
    assert back.fold() == 7
    assert views(back.store) == 7


def test_one_process_folds_at_a_time(tmp_path: Path) -> None:
    one, other = folder(tmp_path), folder(tmp_path)
    one.inbox.write([EVENT])
    with one.inbox.folding() as mine:
        assert mine
        assert other.fold() == 0
    assert other.fold() == 1


def write(path: Path, times: int) -> None:
    """One process of several."""
    inbox = Inbox(path)
    for _ in range(times):
        inbox.write([EVENT, EVENT])


def test_processes_that_start_and_write_together_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "inbox.sqlite3"
    workers = [multiprocessing.get_context("spawn").Process(target=write, args=(path, 40)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    one = folder(tmp_path)
    assert one.fold() == 240
    assert views(one.store) == 240


def test_an_inbox_at_its_limit_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Inbox(tmp_path / "inbox.sqlite3")
    monkeypatch.setattr(inbox_file, "LARGEST", 1)
    with pytest.raises(Full):
        one.write([EVENT])


def test_a_full_disk_is_answered_with_503_and_heals(tmp_path: Path, open_desk: Callable[..., Desk]) -> None:
    """Nothing acknowledged is lost, nothing unacknowledged is counted."""
    publish(tmp_path, ("town", "town.example", "pageviews"))
    desk = open_desk()
    assert desk.view().status == 202
    connection: sqlite3.Connection = desk.counting.inbox._connection
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    answers = {desk.view(f"http://town.example/{'x' * 150}{number}").status for number in range(400)}
    assert 503 in answers
    assert desk.collect.answers[503] > 0
    connection.execute("PRAGMA max_page_count = 100000")
    assert desk.view().status == 202
    assert desk.totals()["views"] == desk.collect.answers[202]


def test_late_events_of_a_closed_day_wait_in_the_month(tmp_path: Path) -> None:
    """Rules: ANA-16"""
    one = folder(tmp_path)
    one.inbox.write([EVENT] * 12)
    one.fold()
    next_day = folder(tmp_path, datetime(2026, 11, 25, 0, 5, tzinfo=UTC))
    next_day.fold()
    next_day.inbox.write([EVENT] * 3)
    next_day.fold()
    assert views(next_day.store) == 15
    (kept,) = next_day.store.daily("town", "page", DAY, DAY).values()
    (waiting,) = next_day.store.monthly("town", "page", DAY.replace(day=1), DAY).values()
    assert (kept.views, waiting.views) == (12, 3)
