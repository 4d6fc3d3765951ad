"""Every kind of tampering is found, and its place is named."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bredele.ledger.engine import FIXED
from bredele.ledger.log import Draft, Log
from bredele.ledger.record import leaf_of
from bredele.ledger.report import Report
from bredele.ledger.sqlite import SqliteEngine
from bredele.ledger.verify import verify_log
from tests.ledger.conftest import Opener
from tests.ledger.records import Clock, Dice, filled, log_over, record

SIZE = 45
COLUMNS = {
    "salt": ("SELECT salt FROM entries WHERE seq = ?", "UPDATE entries SET salt = ? WHERE seq = ?"),
    "record": ("SELECT record FROM entries WHERE seq = ?", "UPDATE entries SET record = ? WHERE seq = ?"),
    "leaf": ("SELECT leaf FROM entries WHERE seq = ?", "UPDATE entries SET leaf = ? WHERE seq = ?"),
}


@pytest.fixture
def path(tmp_path: Path, file_log: Log, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log in chunks of eight records whose guards are gone, as for someone who owns the file."""
    monkeypatch.setattr("bredele.ledger.verify.CHUNK", 8)
    filled(file_log, SIZE)
    file_log.close()
    with sqlite3.connect(tmp_path / "log.sqlite3") as connection:
        for name in FIXED:
            connection.execute(f"DROP TRIGGER {name}_no_update")
            connection.execute(f"DROP TRIGGER {name}_no_delete")
    return tmp_path / "log.sqlite3"


def change(path: Path, *statements: tuple[str, tuple[object, ...]] | str) -> Report:
    """The report after someone ran SQL on the file."""
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(*((statement,) if isinstance(statement, str) else statement))
    connection.commit()
    connection.close()
    return verify_log(partial(SqliteEngine, path))


def places(report: Report) -> str:
    """Where the faults are."""
    assert not report.holds
    return "; ".join(check.where for check in report.faults)


def test_an_untouched_log_holds(log: Log, opener: Opener) -> None:
    """Rules: LED-13"""
    filled(log, SIZE)
    log.erase([3, 4], "request")
    log.rotate()
    filled(log, 3)
    report = verify_log(opener)
    assert report.faults == ()
    assert (report.size, report.origin, report.trusted) == (SIZE + 5, "town.example/ledger", False)
    assert verify_log(opener, log.verifiers()).trusted
    assert verify_log(opener, elsewhere=log.checkpoints()[0][2]).holds


def test_an_empty_log_holds(log: Log, opener: Opener) -> None:
    assert verify_log(opener).holds


def test_it_is_the_same_in_many_processes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bredele.ledger.verify.PAYS", 1)
    report = verify_log(partial(SqliteEngine, path), jobs=2)
    assert (report.holds, report.size) == (True, SIZE)


@pytest.mark.parametrize("seq", range(SIZE))
def test_an_edited_record_is_named(path: Path, seq: int) -> None:
    """Rules: LED-13"""
    edit = "UPDATE entries SET record = CAST(replace(CAST(record AS TEXT), '2026', '2025') AS BLOB) WHERE seq = ?"
    assert places(change(path, (edit, (seq,)))) == f"record {seq}"


@pytest.mark.parametrize("seq", range(SIZE - 1))
def test_a_record_edited_together_with_its_leaf_is_named_within_two(path: Path, seq: int) -> None:
    """Rules: LED-13"""
    connection = sqlite3.connect(path)
    ((salt, data),) = connection.execute("SELECT salt, record FROM entries WHERE seq = ?", (seq,)).fetchall()
    connection.close()
    data = data.replace(b"2026-11-24", b"2026-10-24")
    edit = "UPDATE entries SET record = ?, leaf = ? WHERE seq = ?"
    report = change(path, (edit, (data, leaf_of(salt, data), seq)))
    first = report.faults[0].where
    assert f"{seq}" in first.split(), first


def test_the_last_record_edited_with_its_leaf_does_not_fit_the_signed_head(path: Path) -> None:
    """Rules: LED-13"""
    connection = sqlite3.connect(path)
    ((salt, data),) = connection.execute("SELECT salt, record FROM entries WHERE seq = ?", (SIZE - 1,)).fetchall()
    connection.close()
    data = data.replace(b"2026-11-24", b"2026-10-24")
    edit = "UPDATE entries SET record = ?, leaf = ? WHERE seq = ?"
    report = change(path, (edit, (data, leaf_of(salt, data), SIZE - 1)))
    assert places(report) == "head"


@pytest.mark.parametrize("seq", [0, 1, 7, 8, 15, 22, 31, 43])
def test_a_removed_record_is_named(path: Path, seq: int) -> None:
    """Rules: LED-02, LED-13"""
    assert places(change(path, ("DELETE FROM entries WHERE seq = ?", (seq,)))) == f"record {seq}"


@pytest.mark.parametrize("seq", [0, 1, 7, 8, 15, 22, 31])
def test_a_record_removed_with_the_later_ones_moved_up_is_named(path: Path, seq: int) -> None:
    """Rules: LED-13"""
    shift = [("UPDATE entries SET seq = ? WHERE seq = ?", (later - 1, later)) for later in range(seq + 1, SIZE)]
    report = change(path, ("DELETE FROM entries WHERE seq = ?", (seq,)), *shift)
    numbers = [int(word) for word in places(report).split(";")[0].split() if word.isdigit()]
    assert min(numbers) in (seq - 1, seq, seq + 1)


def test_records_cut_off_at_the_end_are_named(path: Path) -> None:
    assert (
        places(change(path, ("DELETE FROM entries WHERE seq >= ?", (SIZE - 3,)))) == f"records {SIZE - 3} to {SIZE - 1}"
    )


def test_two_records_that_changed_places_are_named(path: Path) -> None:
    """Rules: LED-13"""
    swap = ("UPDATE entries SET seq = -1 WHERE seq = 10", "UPDATE entries SET seq = 10 WHERE seq = 20")
    report = change(path, *swap, "UPDATE entries SET seq = 20 WHERE seq = -1")
    assert "record 10 or 11" in places(report)
    assert "record 20 or 21" in places(report)


def test_a_record_added_without_a_signature_is_named(path: Path) -> None:
    copy = "INSERT INTO entries SELECT ?, leaf, leaf, principal, salt, record FROM entries WHERE seq = 3"
    assert f"record {SIZE}" in places(change(path, (copy, (SIZE,))))


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE entries SET principal = 'someone-else-000000000' WHERE seq = 5", "record 5"),
        ("UPDATE entries SET principal = NULL WHERE seq = 5", "record 5"),
        ("UPDATE entries SET salt = zeroblob(16) WHERE seq = 5", "record 5"),
        ("UPDATE entries SET leaf = zeroblob(32) WHERE seq = 5", "record 5"),
        ("UPDATE entries SET node = zeroblob(32) WHERE seq = 5", "record 4 or 5"),
        ("UPDATE entries SET node = zeroblob(32) WHERE seq = 15", "record 14 or 15"),
        ("UPDATE entries SET node = zeroblob(32) WHERE seq = 31", "record 30 or 31"),
        ("UPDATE entries SET node = zeroblob(32) WHERE seq = 4", "record 4"),
        ("UPDATE entries SET salt = NULL, record = NULL, principal = NULL WHERE seq = 5", "record 5"),
        ("UPDATE notices SET body = zeroblob(9)", "notice"),
        ("DELETE FROM notices", "record 0"),
        ("UPDATE head SET note = replace(note, 'town', 'tomb')", "head"),
        ("UPDATE head SET note = 'nothing'", "head"),
        ("UPDATE checkpoints SET note = replace(note, 'town', 'tomb') WHERE size = 1", "kept head of 1"),
        ("UPDATE checkpoints SET size = 2 WHERE size = 1", "kept head of 2"),
        ("INSERT INTO keys SELECT 2, 3, time, key FROM keys", "keys"),
    ],
)
def test_every_other_change_is_named_too(path: Path, statement: str, place: str) -> None:
    """Rules: LED-13"""
    assert place in places(change(path, statement))


def test_a_log_rewritten_from_the_start_is_caught_by_a_head_kept_elsewhere(tmp_path: Path, path: Path) -> None:
    """Whoever holds file and key can write another log; only what left the server shows it (CONTRACTS 6).

    Rules: LED-13
    """
    honest = log_over(SqliteEngine(path), tmp_path, Clock())
    held = honest.head()
    honest.close()
    for name in ("log.sqlite3", "log.sqlite3-wal", "log.sqlite3-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    forged = log_over(SqliteEngine(path), tmp_path, Clock(), Dice("forged"))
    filled(forged, SIZE)
    forged.close()
    assert verify_log(partial(SqliteEngine, path)).holds
    report = verify_log(partial(SqliteEngine, path), honest_keys(tmp_path), held)
    assert not report.holds


def honest_keys(place: Path) -> list:
    """Every key of which a private half lies there."""
    from bredele.ledger.note import SigningKey, decode64

    halves = [path.read_text().split() for path in (place / "keys").glob("*.key")]
    return [SigningKey(name, decode64(secret)).verifier for name, secret in halves]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seq=st.integers(0, SIZE - 1), column=st.sampled_from(list(COLUMNS)), data=st.data())
def test_any_flipped_byte_of_a_record_is_found(path: Path, seq: int, column: str, data: st.DataObject) -> None:
    connection = sqlite3.connect(path)
    ((before,),) = connection.execute(COLUMNS[column][0], (seq,)).fetchall()
    connection.close()
    after = bytearray(before)
    after[data.draw(st.integers(0, len(before) - 1))] ^= data.draw(st.integers(1, 255))
    update = COLUMNS[column][1]
    assert f"record {seq}" in places(change(path, (update, (bytes(after), seq))))
    change(path, (update, (before, seq)))


def test_a_clock_that_went_back_is_told_without_blame(file_log: Log, clock: Clock, tmp_path: Path) -> None:
    """Rules: LED-15"""
    file_log.append([Draft(record(0))])
    clock.advance(hours=-2)
    file_log.append([Draft(record(1, moment=clock()))])
    report = verify_log(partial(SqliteEngine, tmp_path / "log.sqlite3"))
    assert report.holds
    told = [check.message for check in report.checks if check.where == "record 1"]
    assert told == ["The server's clock went back by 7200 s."]
