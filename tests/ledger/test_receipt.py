"""Receipts and exports verify offline, and no byte of them can be another."""

from collections.abc import Callable, Iterator
from hashlib import sha256

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bredele.ledger.errors import UnknownRecord
from bredele.ledger.export import WHOLE, export, numbers_between
from bredele.ledger.export_check import verify_export
from bredele.ledger.log import Draft, Log
from bredele.ledger.note import SigningKey
from bredele.ledger.receipt import encode_receipt, issue, read_receipt, receipt_of, verify_receipt
from bredele.ledger.record import ConsentRecord
from bredele.ledger.report import Report
from tests.ledger.records import BANNER, Clock, filled, record

Flip = tuple[int, int]
flips = st.tuples(st.integers(0), st.integers(1, 255))
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def receipt(file_log: Log) -> bytes:
    """The receipt of the fourth of eleven visitors."""
    filled(file_log, 11)
    return encode_receipt(receipt_of(file_log, file_log.entry(3).record.principal))


@pytest.fixture(params=["all", "period", "id"])
def lines(request: pytest.FixtureRequest, file_log: Log, clock: Clock) -> list[bytes]:
    """An export of each kind, with one archived text; one record is erased."""
    filled(file_log, 6)
    clock.advance(days=1)
    file_log.append([Draft(record(number, moment=clock())) for number in range(6, 10)])
    file_log.erase([2], "request")
    numbers, selection = {
        "all": (None, WHOLE),
        "period": (numbers_between(file_log, "2026-11-25", "2026-11-25"), "2026-11-25..2026-11-25"),
        "id": ([4], "visitor"),
    }[request.param]
    archive = {sha256(BANNER).hexdigest(): BANNER}
    return list(export(file_log, "town", numbers, selection, archive.get))


def flipped(data: bytes, flip: Flip) -> bytes:
    """One byte changed."""
    changed = bytearray(data)
    changed[flip[0] % len(data)] ^= flip[1]
    return bytes(changed)


def test_a_receipt_verifies_offline_with_the_published_key(receipt: bytes, file_log: Log) -> None:
    """Rules: LED-01, LED-06, LED-13"""
    report = verify_receipt(receipt, file_log.verifiers())
    assert report.faults == ()
    assert (report.trusted, report.size, report.origin) == (True, 11, "town.example/ledger")
    read = read_receipt(receipt)
    assert (read.receipt_id, read.schema) == (read.record.id, "bredele-receipt/1")
    assert read.record == record(3)
    assert read.notice.texts == {"banner": sha256(BANNER).hexdigest()}


def test_a_receipt_that_only_vouches_for_itself_is_not_trusted(receipt: bytes) -> None:
    report = verify_receipt(receipt, ())
    assert report.holds
    assert not report.trusted


def test_a_receipt_signed_by_another_key_than_the_trusted_one_does_not_hold(receipt: bytes) -> None:
    other = SigningKey("town.example/ledger", bytes(32)).verifier
    assert not verify_receipt(receipt, [other]).holds


@quick
@given(flips)
def test_no_byte_of_a_receipt_can_be_another(receipt: bytes, file_log: Log, flip: Flip) -> None:
    """Rules: LED-13"""
    changed = flipped(receipt, flip)
    assert not verify_receipt(changed, file_log.verifiers()).holds
    assert not verify_receipt(changed, ()).holds


@pytest.mark.parametrize("data", [b"", b"null", b"{}", b"[" * 100_000, b"\xff\xfe", b'{"schema": "bredele-receipt/1"}'])
def test_what_is_no_receipt_is_refused(data: bytes) -> None:
    report = verify_receipt(data, ())
    assert [check.code for check in report.faults] == ["form"]


@pytest.mark.parametrize("data", [b"", b"<!doctype html><title>A page</title>", b"[]"])
def test_a_page_in_its_place_is_told_as_what_it_is(data: bytes) -> None:
    (fault,) = verify_receipt(data, ()).checks
    assert "neither receipt nor export" in fault.message


def test_a_receipt_stays_true_when_others_are_erased_and_the_key_is_new(receipt: bytes, file_log: Log) -> None:
    """Rules: LED-10"""
    file_log.erase([4, 5], "retention")
    file_log.rotate()
    assert verify_receipt(receipt, file_log.verifiers()).holds
    renewed = encode_receipt(issue(file_log, file_log.entry(3)))
    assert verify_receipt(renewed, file_log.verifiers()).holds
    with pytest.raises(UnknownRecord):
        issue(file_log, file_log.entry(4))
    with pytest.raises(UnknownRecord):
        issue(file_log, file_log.entry(11))


def test_an_export_of_each_kind_verifies_by_itself(lines: list[bytes], file_log: Log) -> None:
    """Rules: LED-14"""
    report = verify_export(lines, file_log.verifiers())
    assert report.faults == ()
    assert report.trusted
    assert report.records in (11, 5, 1)
    kinds = [msgspec.json.decode(line)["line"] for line in lines]
    assert kinds[:3] == ["header", "notice", "artefact"] or report.records == 11
    assert kinds[-1] == "end"


@quick
@given(flips)
def test_no_byte_of_an_export_can_be_another(lines: list[bytes], file_log: Log, flip: Flip) -> None:
    """Rules: LED-13, LED-14"""
    changed = flipped(b"".join(lines), flip)
    assert not verify_export(changed.splitlines(keepends=True), file_log.verifiers()).holds


@pytest.mark.parametrize("place", range(-1, 5))
def test_no_line_of_an_export_can_be_left_out_doubled_or_moved(lines: list[bytes], file_log: Log, place: int) -> None:
    """Rules: LED-14"""
    for changed in edited(lines, place % len(lines)):
        assert not verify_export(changed, file_log.verifiers()).holds


def edited(lines: list[bytes], place: int) -> Iterator[list[bytes]]:
    """The lines without one, with one twice, with one moved to the front, cut off."""
    yield lines[:place] + lines[place + 1 :]
    yield [*lines[: place + 1], *lines[place:]]
    yield lines[:place]
    if place:
        yield [lines[place], *lines[:place], *lines[place + 1 :]]


def test_an_edited_record_of_an_export_is_named(lines: list[bytes], file_log: Log) -> None:
    """Rules: LED-13"""
    place = next(at for at, line in enumerate(lines) if line.startswith(b'{"line":"record"'))
    number = msgspec.json.decode(lines[place])["number"]
    changed = [*lines[:place], lines[place].replace(b"2026-", b"2025-"), *lines[place + 1 :]]
    report = verify_export(changed, file_log.verifiers())
    assert any(f"record {number}" in check.where for check in report.faults) or selection(lines) == WHOLE
    assert not report.holds


def selection(lines: list[bytes]) -> str:
    """What the header says was asked for."""
    return str(msgspec.json.decode(lines[0])["selection"])


def test_a_record_says_all_that_was_answered_or_is_none() -> None:
    """Rules: LED-03"""
    plain = msgspec.to_builtins(record(0))
    spoil: list[Callable[[dict], object]] = [
        lambda plain: plain["states"].pop("advertising"),
        lambda plain: plain.update(denied=[]),
        lambda plain: plain.update(denied=["social", "advertising"]),
        lambda plain: plain["states"].update(social="refused"),
        lambda plain: plain.pop("granted"),
        lambda plain: plain.update(address="203.0.113.7"),
    ]
    assert msgspec.convert(plain, ConsentRecord) == record(0)
    for change in spoil:
        spoiled = msgspec.json.decode(msgspec.json.encode(plain))
        change(spoiled)
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(spoiled, ConsentRecord)


def test_a_report_says_whether_it_holds() -> None:
    assert Report(kind="receipt").holds
