"""Consent ends by itself, proofs are kept their time and no longer; the clock is held still."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bredele.core.errors import BredeleError
from bredele.core.lifetime import parse_lifetime
from bredele.core.settings import read_settings
from bredele.ledger.log import Draft, Log
from bredele.ledger.record import ConsentRecord, ErasureRecord
from bredele.ledger.retention import expire, kept_for, purge, tidy
from bredele.ledger.verify import verify_log
from tests.ledger.conftest import Opener
from tests.ledger.records import Clock, Dice, record

FIVE_YEARS = parse_lifetime("P5Y")


def events(log: Log) -> list[str]:
    """What was recorded, in order."""
    found = [entry.record for entry in log.entries(0, log.size()) if not entry.erased]
    return [made.event if isinstance(made, ConsentRecord) else type(made).__name__ for made in found]


def test_a_consent_that_ran_out_is_recorded_once_and_only_if_nothing_took_it_back(log: Log, clock: Clock) -> None:
    """Rules: LED-02, LED-05"""
    refusal = {"social": False, "advertising": False}
    log.append([Draft(record(0)), Draft(record(1)), Draft(record(2, refusal))])
    taken_back = record(3, refusal, principal=record(1).principal)
    log.append([Draft(taken_back)])
    clock.advance(days=180)
    assert expire(log, clock()) == 0
    clock.advance(days=2)
    assert (expire(log, clock()), expire(log, clock())) == (1, 0)
    assert events(log) == ["grant", "grant", "refusal", "refusal", "expiry"]
    ended = log.history(record(0).principal)[-1].record
    assert isinstance(ended, ConsentRecord)
    assert (ended.granted, ended.denied, ended.before) == ((), ("social", "advertising"), record(0).id)
    assert ended.states == {"social": "expired", "advertising": "refused"}
    assert ended.time == "2027-05-25T12:00:00.000000Z"


def test_a_consent_that_was_renewed_ends_later(log: Log, clock: Clock) -> None:
    log.append([Draft(record(0))])
    clock.advance(days=100)
    log.append([Draft(record(1, principal=record(0).principal, moment=clock()))])
    clock.advance(days=100)
    assert expire(log, clock()) == 0
    clock.advance(days=100)
    assert expire(log, clock()) == 1


def test_proofs_are_erased_after_their_time_and_not_before(log: Log, clock: Clock, opener: Opener) -> None:
    """Rules: LED-10"""
    log.append([Draft(record(0)), Draft(record(1))])
    clock.advance(days=400)
    log.append([Draft(record(2, moment=clock()))])
    clock.moment = datetime(2031, 11, 24, 11, 59, tzinfo=UTC)
    assert purge(log, clock(), FIVE_YEARS) == 0
    clock.advance(minutes=1)
    assert (purge(log, clock(), FIVE_YEARS), purge(log, clock(), FIVE_YEARS)) == (2, 0)
    assert [entry.erased for entry in log.entries(0, 3)] == [True, True, False]
    said = log.entry(3).record
    assert isinstance(said, ErasureRecord)
    assert (said.records, said.reason) == (((0, 1),), "retention")
    assert verify_log(opener).holds
    clock.advance(days=3000)
    assert purge(log, clock(), FIVE_YEARS) == 1
    assert verify_log(opener).holds


def test_a_withdrawal_does_not_erase_the_proof_of_the_grant(log: Log, clock: Clock) -> None:
    """Rules: LED-10"""
    log.append([Draft(record(0))])
    log.append([Draft(record(1, {"social": False, "advertising": False}, principal=record(0).principal))])
    clock.advance(days=200)
    assert tidy(log, clock(), FIVE_YEARS) == (0, 0)
    assert len(log.history(record(0).principal)) == 2


def test_idempotency_keys_are_kept_a_week(log: Log, clock: Clock) -> None:
    log.append([Draft(record(0), b"k")])
    clock.advance(days=7)
    tidy(log, clock(), FIVE_YEARS)
    assert log.append([Draft(record(1), b"k")])[0].again
    clock.advance(days=1)
    tidy(log, clock(), FIVE_YEARS)
    assert not log.append([Draft(record(2), b"k")])[0].again


def test_a_ledger_nobody_wrote_to_has_nothing_to_tidy(opener: Opener, clock: Clock) -> None:
    empty = Log(opener(), "x/ledger", Path(), clock, Dice())
    assert tidy(empty, clock(), FIVE_YEARS) == (0, 0)
    empty.close()


def test_the_time_is_set_for_all_and_for_one_site() -> None:
    """Rules: LED-10"""
    assert str(kept_for(("P5Y",), "town")) == "P5Y"
    assert str(kept_for(("P6Y", "town=P3Y"), "town")) == "P3Y"
    assert str(kept_for(("P6Y", "town=P3Y"), "shop")) == "P6Y"
    assert read_settings({"BREDELE_PROOF_KEPT": "P4Y, town=P1Y"}).proof_kept == ("P4Y", "town=P1Y")
    for wrong in ("P3M", "forever", "town=P1D", "session"):
        with pytest.raises(BredeleError) as caught:
            read_settings({"BREDELE_PROOF_KEPT": wrong})
        assert caught.value.where == "BREDELE_PROOF_KEPT"
