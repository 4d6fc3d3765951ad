"""The checks pass on an installation as it is, and each fails when what it is about is broken."""

import secrets
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from bredele.collector.checks import kept, trial
from bredele.collector.checks.figures import pinned
from bredele.collector.checks.outcome import Outcome, Running
from bredele.collector.checks.running import ANONYMOUS, CHECKS, attempt, examine, running_of
from bredele.collector.counting import Counting
from bredele.core.settings import Settings
from bredele.formats.published import IndexEntry, write_index
from bredele.stats.event import Cell, Event, Hourly
from bredele.stats.sqlite import SqliteStore
from bredele.stats.timeline import Timeline
from tests.stats.town import sums

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture
def counting(tmp_path: Path) -> Iterator[Counting]:
    """A town that was counted for three weeks."""
    write_index(tmp_path, (IndexEntry(slug="town", hosts=("town.example",), origin="https://town.example"),))
    store = SqliteStore(tmp_path / "statistics.sqlite3")
    store.add(sums(3, date(2026, 11, 3), 22, 80))
    found = Counting(Settings(data=tmp_path), lambda: NOW, store)
    yield found
    found.close()
    store.close()


@pytest.fixture
def running(counting: Counting) -> Running:
    """The same, folded and closed."""
    return running_of(counting, NOW)


def check(running: Running, rule: str) -> Outcome:
    """One check."""
    return attempt(rule, running, secrets.token_bytes)


def sql(running: Running, statement: str) -> None:
    """Tamper with the file."""
    with sqlite3.connect(running.settings.data / "statistics.sqlite3") as connection:
        connection.execute(statement)
    connection.close()


def test_an_installation_as_it_is_passes(running: Running) -> None:
    """Rules: ANA-28, ANA-29"""
    outcomes = examine(running, secrets.token_bytes)
    assert [one for one in outcomes if not one.ok] == []
    assert {one.rule for one in outcomes} >= set(ANONYMOUS)


def test_a_column_that_is_no_sum_is_found(running: Running) -> None:
    """Rules: ANA-04"""
    sql(running, "ALTER TABLE hourly ADD COLUMN visitor TEXT")
    outcome = check(running, "ANA-04")
    assert (outcome.ok, outcome.message) == (False, "the store has hourly.visitor, which is no sum")


def test_a_key_to_another_table_is_found(running: Running) -> None:
    """Rules: ANA-05"""
    sql(running, "CREATE TABLE joined (person INTEGER REFERENCES mark (source))")
    assert not check(running, "ANA-05").ok


def test_an_old_row_is_found(running: Running) -> None:
    """Rules: ANA-07"""
    running.store.add((Hourly("town", "2024-10-23T10", "views"),))
    assert "2024-10-23T10" in check(running, "ANA-07").message


def test_an_address_in_a_file_is_found(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules: ANA-09, ANA-10, ANA-11"""
    whole = trial.trim

    def leaking(*arguments: object) -> Event:
        event = whole(*arguments)  # type: ignore[arg-type]  # as it was called
        return msgspec.structs.replace(event, page=f"/{arguments[4]}")

    monkeypatch.setattr(trial, "trim", leaking)
    assert "were found" in check(running, "ANA-09").message


def test_a_small_cell_of_a_closed_day_is_found(running: Running) -> None:
    """Rules: ANA-16"""
    running.store.add((Cell("town", "2026-11-10", "page", "/rare/", views=3),))
    outcome = check(running, "ANA-16")
    assert (outcome.ok, outcome.message) == (False, "town 2026-11-10: 1 cells under 10")


def test_the_open_day_and_the_waiting_month_are_no_fault(running: Running) -> None:
    """Rules: ANA-16"""
    running.store.add((Cell("town", "2026-11-24", "page", "/rare/", views=3),))
    running.store.add((Cell("town", "2026-11", "page", "/rare/", views=3),))
    assert check(running, "ANA-16").ok


def test_visitors_who_can_be_told_apart_are_found(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules: ANA-03, ANA-17"""
    whole = trial.trim

    def hashing(*arguments: object) -> Event:
        event = whole(*arguments)  # type: ignore[arg-type]  # as it was called
        return msgspec.structs.replace(event, target=str(hash(arguments[4])))

    monkeypatch.setattr(trial, "trim", hashing)
    assert "different events" in check(running, "ANA-17").message


def test_a_day_that_is_not_closed_and_an_old_event_are_found(running: Running) -> None:
    """Rules: ANA-18"""
    running.store.add((Cell("town", "2026-11-02", "page", "/", views=30),))
    running.inbox.write([Event("town", "2026-11-20T10", "view", "/")])
    message = check(running, "ANA-18").message
    assert "2026-11-02 is over and not closed" in message
    assert "2026-11-20T10 still waits" in message


def test_a_total_that_gives_its_hours_away_is_found(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules: ANA-19"""
    monkeypatch.setattr(Timeline, "day", lambda *_: 220)
    assert "follow from the day's views" in check(running, "ANA-19").message


def test_the_attack_knows_what_rounding_leaves_open() -> None:
    """Rules: ANA-19"""
    assert pinned(50, ["<10"] * 5)
    assert not pinned(40, ["<10"] * 5)
    assert not pinned(900, ["<10"] * 24)
    assert not pinned(100, [100, "<10"])


def test_a_check_that_cannot_be_made_has_failed(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules: ANA-28"""

    def down(*_: object) -> None:
        raise OSError("secret words")

    monkeypatch.setattr(running.store, "shape", down)
    assert check(running, "ANA-04") == Outcome(rule="ANA-04", ok=False, message="it could not be made (OSError)")


ALL_FINE = tuple(Outcome(rule=rule, ok=True, message="") for rule in CHECKS)


def test_nothing_is_anonymous_before_it_was_checked(tmp_path: Path) -> None:
    """Rules: ANA-28"""
    assert kept.doubts(tmp_path, NOW) == ("no check was made yet",)
    assert kept.due(tmp_path, NOW)


@pytest.mark.parametrize("rule", ANONYMOUS)
def test_each_failed_check_takes_the_word_away(tmp_path: Path, rule: str) -> None:
    """Rules: ANA-28"""
    kept.keep(tmp_path, ALL_FINE, NOW)
    assert kept.doubts(tmp_path, NOW) == ()
    broken = tuple(msgspec.structs.replace(one, ok=one.rule != rule, message="seen") for one in ALL_FINE)
    kept.keep(tmp_path, broken, NOW)
    assert kept.doubts(tmp_path, NOW) == (f"{rule}: seen",)
    results = kept.read(tmp_path)
    assert results is not None
    assert [past.failed for past in results.before] == [()]


def test_old_results_and_those_of_another_release_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules: ANA-28, ANA-29"""
    kept.keep(tmp_path, ALL_FINE, NOW)
    assert not kept.due(tmp_path, NOW + timedelta(hours=20))
    assert kept.due(tmp_path, NOW + timedelta(days=1))
    kept.keep(tmp_path, (msgspec.structs.replace(ALL_FINE[0], ok=False), *ALL_FINE[1:]), NOW)
    assert kept.due(tmp_path, NOW + timedelta(hours=1))
    kept.keep(tmp_path, ALL_FINE, NOW)
    assert kept.doubts(tmp_path, NOW + timedelta(days=9)) == ("the last check is of 2026-11-24",)
    monkeypatch.setattr(kept, "__version__", "99.0")
    assert kept.doubts(tmp_path, NOW) == ("this release was not checked yet",)
    assert kept.due(tmp_path, NOW)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff"])
def test_a_damaged_file_of_results_vouches_for_nothing(tmp_path: Path, data: bytes) -> None:
    """Rules: ANA-28"""
    (tmp_path / kept.NAME).write_bytes(data)
    assert kept.doubts(tmp_path, NOW)
