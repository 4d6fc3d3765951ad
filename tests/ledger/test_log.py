"""Appending and reading: order, idempotency, immutability, keys, erasure; the same over both engines."""

import re
import threading
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from bredele.ledger.checkpoint import open_checkpoint, read_checkpoint
from bredele.ledger.errors import LedgerUnavailable, UnknownRecord
from bredele.ledger.log import Draft, Log
from bredele.ledger.record import ErasureRecord, KeyRecord, encode_record, leaf_of
from bredele.ledger.rows import as_left
from bredele.ledger.tree import root_of, verify_consistency, verify_inclusion
from tests.ledger.conftest import Opener
from tests.ledger.records import NOW, Clock, filled, log_over, record


def roots(log: Log) -> list[bytes]:
    """The root after each record, from the leaves as they are stored."""
    leaves = [entry.leaf for entry in log.entries(0, log.size())]
    return [root_of(leaves[:size]) for size in range(len(leaves) + 1)]


def test_records_are_numbered_in_order_and_a_signed_head_covers_them_at_once(log: Log) -> None:
    """Rules: LED-02, LED-13, LED-15"""
    made = log.append([Draft(record(0)), Draft(record(1))]) + log.append([Draft(record(2))])
    assert [entry.seq for entry in made] == [0, 1, 2]
    assert [entry.data for entry in log.entries(0, 9)] == [encode_record(record(number)) for number in range(3)]
    assert all(entry.leaf == leaf_of(entry.salt, entry.data) for entry in made)
    assert len({entry.salt for entry in made}) == 3
    head, _ = open_checkpoint(log.head(), log.verifiers())
    assert (head.origin, head.size, head.root) == ("town.example/ledger", 3, roots(log)[3])


def test_a_reopened_log_goes_on_where_it_stopped(log: Log, opener: Opener, tmp_path: Path) -> None:
    filled(log, 13)
    again = log_over(opener(), tmp_path)
    (made,) = again.append([Draft(record(13))])
    assert made.seq == 13
    (made,) = log.append([Draft(record(14))])
    assert made.seq == 14
    assert read_checkpoint(again.head()).root == roots(log)[15]
    again.close()


def test_stored_nodes_prove_every_record_and_every_beginning(log: Log) -> None:
    """Rules: LED-13"""
    filled(log, 21)
    found, leaves = roots(log), [entry.leaf for entry in log.entries(0, 21)]
    for size in range(1, 22):
        for seq in range(size):
            verify_inclusion(leaves[seq], seq, size, log.inclusion(seq, size), found[size])
        verify_consistency(size, 21, log.consistency(size, 21), found[size], found[21])
    with pytest.raises(UnknownRecord):
        log.consistency(1, 22)


def test_the_same_key_is_stored_once_also_after_a_restart_and_within_one_commit(
    log: Log, opener: Opener, tmp_path: Path
) -> None:
    """Rules: API-05"""
    first, second, third = log.append([Draft(record(0), b"k"), Draft(record(1), b"k"), Draft(record(2), b"other")])
    assert (first.seq, second.seq, third.seq) == (0, 0, 1)
    assert [first.again, second.again, third.again] == [False, True, False]
    again = log_over(opener(), tmp_path)
    (fourth,) = again.append([Draft(record(3), b"k")])
    assert (fourth.seq, fourth.again, fourth.data) == (0, True, first.data)
    assert again.size() == 2
    again.forget_keys("2026-11-25")
    (fifth,) = again.append([Draft(record(3), b"k")])
    assert (fifth.seq, fifth.again) == (2, False)
    again.close()


def test_threads_that_append_at_once_all_get_their_own_numbers(log: Log) -> None:
    """Rules: LED-02"""
    numbers: list[int] = []

    def answer(start: int) -> None:
        for number in range(start, start + 10):
            numbers.extend(entry.seq for entry in log.append([Draft(record(number))]))

    threads = [threading.Thread(target=answer, args=(100 * place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(60))
    assert read_checkpoint(log.head()).root == roots(log)[60]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET record = NULL, salt = NULL, principal = NULL WHERE seq = 1",
        "UPDATE entries SET leaf = leaf WHERE seq = 1",
        "DELETE FROM entries WHERE seq = 1",
        "DELETE FROM checkpoints",
        "UPDATE checkpoints SET note = note",
        "DELETE FROM keys",
        "UPDATE keys SET key = key",
        "DELETE FROM notices",
        "DELETE FROM reads",
        "DELETE FROM erased",
    ],
)
def test_nothing_recorded_can_be_changed_or_deleted(log: Log, statement: str) -> None:
    """Rules: LED-02"""
    filled(log, 3)
    log.note_read("tests", "a look", 1)
    log.erase([2], "request")
    with pytest.raises(LedgerUnavailable, match="append-only"), log.engine.write() as session:
        session.rows(statement)
    assert log.entry(1).data == encode_record(record(1))


def test_a_failed_append_leaves_nothing_and_the_next_one_works(log: Log) -> None:
    filled(log, 2)
    with pytest.raises(RuntimeError):
        store_and_stop(log)
    (made,) = log.append([Draft(record(2), b"lost")])
    assert (made.seq, made.again) == (2, False)
    assert read_checkpoint(log.head()).root == roots(log)[3]


def store_and_stop(log: Log) -> None:
    """What happens when the machine stops before the commit."""
    with log.engine.write() as session:
        log._store(session, [Draft(record(9), b"lost")], log._grown(session, as_left(session)))
        raise RuntimeError


def test_erasing_a_record_keeps_every_other_proof_and_says_so(log: Log) -> None:
    """Rules: LED-10, PLT-12"""
    filled(log, 9)
    before, old = log.entry(4), read_checkpoint(log.head())
    assert log.erase([entry.seq for entry in log.history(before.record.principal)], "request") is not None
    gone = log.entry(4)
    assert gone.erased
    assert gone.leaf == before.leaf
    with pytest.raises(UnknownRecord):
        log.history(before.record.principal)
    said = log.entry(9).record
    assert isinstance(said, ErasureRecord)
    assert (said.records, said.reason) == (((4, 4),), "request")
    verify_inclusion(log.entry(5).leaf, 5, 9, log.inclusion(5, 9), old.root)
    verify_consistency(9, 10, log.consistency(9, 10), old.root, read_checkpoint(log.head()).root)
    assert log.erase([4], "request") is None
    assert log.size() == 10


def test_erased_content_is_in_no_file_any_more(file_log: Log, tmp_path: Path) -> None:
    """Rules: PLT-12"""
    filled(file_log, 5)
    file_log.append([Draft(record(5, principal="canary-proof-id-000005"))])
    assert b"canary-proof-id" in stored(tmp_path)
    file_log.erase([5], "request")
    assert b"canary-proof-id" not in stored(tmp_path)


def stored(place: Path) -> bytes:
    """Every byte of every file."""
    return b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())


def test_a_new_key_signs_and_the_old_one_goes_on_verifying(log: Log, opener: Opener, tmp_path: Path) -> None:
    """Rules: LED-13"""
    filled(log, 3)
    old = log.head()
    fresh = log.rotate()
    keys = log.verifiers()
    assert keys[-1] == fresh != keys[0]
    assert open_checkpoint(old, keys)[1] == keys[0]
    assert open_checkpoint(log.head(), keys) == (read_checkpoint(log.head()), fresh)
    named = log.entry(3).record
    assert isinstance(named, KeyRecord)
    assert named.key == str(fresh)
    assert any(open_checkpoint(note, keys)[1] == keys[0] for size, _, note in log.checkpoints() if size == 4)
    again = log_over(opener(), tmp_path)
    again.append([Draft(record(4))])
    again.close()
    assert open_checkpoint(log.head(), [fresh])[0].size == 5


def test_a_lost_key_stops_the_log_with_the_cure_and_a_new_one_starts_it_again(
    log: Log, opener: Opener, tmp_path: Path
) -> None:
    filled(log, 3)
    for path in (tmp_path / "keys").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
        path.unlink()
    again = log_over(opener(), tmp_path)
    with pytest.raises(LedgerUnavailable, match="is gone") as caught:
        again.append([Draft(record(3))])
    assert "--new-key" in caught.value.cure
    assert again.size() == 3
    again.rotate()
    (made,) = again.append([Draft(record(4))])
    assert made.seq == 4
    again.close()


def test_a_log_changed_by_hand_takes_no_more_records(log: Log, opener: Opener, tmp_path: Path) -> None:
    filled(log, 4)
    with log.engine.write() as session:
        if "sqlite" in type(log.engine).__name__.lower():
            session.rows("DROP TRIGGER entries_no_update")
        else:
            session.rows("DROP TRIGGER append_only ON entries")
        session.rows("UPDATE entries SET node = leaf WHERE seq = 3")
    again = log_over(opener(), tmp_path)
    with pytest.raises(LedgerUnavailable, match="another hand"):
        again.append([Draft(record(4))])
    assert again.size() == 4
    again.close()


def test_heads_are_kept_hourly_and_when_asked(log: Log, clock: Clock) -> None:
    filled(log, 2)
    clock.advance(minutes=59)
    filled(log, 1)
    clock.advance(minutes=1)
    log.append([Draft(record(3))])
    log.append([Draft(record(4))])
    assert [size for size, _, _ in log.checkpoints()] == [1, 4]
    assert log.checkpoint() == log.head()
    assert [size for size, _, _ in log.checkpoints()] == [1, 4, 5]


def test_every_read_is_written_down(log: Log) -> None:
    """Rules: LED-16"""
    log.note_read("owner", "export, all", 7)
    log.note_read("visitor", "receipt", 1)
    told = [(who, what, count) for _, _, who, what, count in log.reads()]
    assert told == [("visitor", "receipt", 1), ("owner", "export, all", 7)]


def test_what_is_not_there_is_said_so(log: Log) -> None:
    with pytest.raises(UnknownRecord):
        log.entry(0)
    with pytest.raises(UnknownRecord):
        log.head()
    with pytest.raises(UnknownRecord):
        log.history("nobody")
    with pytest.raises(UnknownRecord):
        log.notice("c" * 64)


def test_a_log_nobody_wrote_to_is_no_log_yet(opener: Opener) -> None:
    engine = opener()
    with pytest.raises(LedgerUnavailable, match="no ledger yet"), engine.read():
        pass
    engine.close()


def test_a_file_that_was_moved_away_swallows_no_record(file_log: Log, tmp_path: Path) -> None:
    filled(file_log, 2)
    for name in ("log.sqlite3", "log.sqlite3-wal", "log.sqlite3-shm"):
        path = tmp_path / name
        if path.exists():
            path.rename(tmp_path / f"moved-{name}")
    (tmp_path / "keys").rename(tmp_path / "moved-keys")
    (made,) = file_log.append([Draft(record(7))])
    assert made.seq == 0
    assert (tmp_path / "log.sqlite3").exists()


def test_damage_is_told_and_not_written_over(file_log: Log, tmp_path: Path) -> None:
    filled(file_log, 2)
    file_log.close()
    path = tmp_path / "log.sqlite3"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(LedgerUnavailable, match="cannot be used") as caught:
        file_log.append([Draft(record(2))])
    assert caught.value.cure
    assert path.read_bytes().startswith(b"no database")


def test_only_its_owner_can_read_the_files(tmp_path: Path, file_log: Log) -> None:
    """Rules: LED-16"""
    filled(file_log, 1)
    modes = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.rglob("*") if path.is_file()}
    assert modes
    assert set(modes.values()) == {0}


def test_a_time_is_written_in_utc_to_the_microsecond(log: Log) -> None:
    """Rules: LED-15"""
    (made,) = log.append([Draft(record(0, moment=NOW + timedelta(microseconds=5)))])
    assert re.search(rb'"time":"2026-11-24T12:00:00\.000005Z"', made.data)
    assert msgspec.json.decode(made.data)["time"].endswith("Z")
