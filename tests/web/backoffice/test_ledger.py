"""The ledger in the back office: sums, proof handed over, a wish to be erased; owners only, and every reading noted."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.ledger.export_check import verify_export
from bredele.ledger.log import Log
from bredele.ledger.overview import overview, records_of
from bredele.ledger.receipt import verify_receipt
from bredele.web.accounts.models import Account
from bredele.web.enforcement.index import site_index
from bredele.web.ledger.logs import log_of
from tests.web.backoffice.pages import form
from tests.web.conftest import browser
from tests.web.ledger.test_public import kept, say

PAGE = "/backoffice/town/ledger/"
HOST = "town.localhost:8000"


@pytest.fixture
def proof_id(town: Version) -> str:
    """Of a visitor who accepted; another one refused."""
    visitor = browser(HOST)
    say(visitor, choice="accept")
    say(browser(HOST), choice="refuse")
    return kept(visitor).rsplit(".", 1)[1]


@pytest.fixture
def editor(signed_in: Client) -> Client:
    """Signed in, and no owner."""
    Account.objects.update(is_superuser=False)
    return signed_in


def log() -> Log:
    """The town's."""
    site = site_index().by_slug("town")
    assert site is not None
    return log_of(site)


def post(client: Client, name: str, **fields: str) -> tuple[int, str]:
    """Press a button of the page: status and body."""
    _, sent = form(client.get(PAGE), "csrfmiddlewaretoken")
    answer = client.post(f"{PAGE}{name}/", {**sent, **fields})
    body = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, body.decode()


def test_events_are_counted_by_day_and_kind(signed_in: Client, proof_id: str) -> None:
    page = signed_in.get(PAGE).content.decode()
    row = dict(re.findall(r'data-label="([^"]+)">(\d+)<', page))
    assert (row["Granted"], row["Refused"], row["Withdrawn"]) == ("1", "1", "0")
    assert "2 records in all" in page
    assert datetime.now(UTC).date().isoformat() in page
    assert log().head().split("\n")[0] in page
    assert log().published_keys()[0].key in page.replace("&#x27;", "'")
    assert "P5Y" in page
    assert proof_id not in page, "sums name nobody"


def test_before_the_first_answer_the_page_says_what_comes(signed_in: Client, town: Version) -> None:
    page = signed_in.get(PAGE)
    assert page.status_code == 200
    assert "Nothing is recorded yet." in page.content.decode()


def test_a_day_lists_its_records_and_the_reading_is_noted(signed_in: Client, proof_id: str) -> None:
    """Rules: LED-16"""
    today = datetime.now(UTC).date().isoformat()
    page = signed_in.get(f"{PAGE}days/{today}/").content.decode()
    assert page.count('class="small soft">Record ') == 2
    assert f"<code>{proof_id}</code>" in page
    assert "No identifier: a refusal leaves none." in page
    assert "Nothing was recorded on this day" in signed_in.get(f"{PAGE}days/2020-01-01/").content.decode()
    assert signed_in.get(f"{PAGE}days/someday/").status_code == 422
    noted = [(who, what, count) for _, _, who, what, count in log().reads()]
    assert noted[-1] == ("owner", f"list of {today}", 2)


def test_a_proof_id_is_looked_up_and_its_proof_and_receipt_verify_elsewhere(signed_in: Client, proof_id: str) -> None:
    """Rules: LED-14, LED-16, LED-06"""
    status, page = post(signed_in, "look-up", id=f" {proof_id} ")
    assert (status, "Granted" in page, "Allowed: personalisation" in page) == (200, True, True)
    keys = log().verifiers()
    status, body = post(signed_in, "proof", id=proof_id)
    assert status == 200
    assert verify_export(iter(body.encode().splitlines(keepends=True)), keys).holds
    status, body = post(signed_in, "receipt", id=proof_id)
    assert verify_receipt(body.encode(), keys).trusted
    assert [what for _, _, _, what, _ in log().reads()] == [
        "receipt",
        "export of one proof id",
        "records of one proof id",
    ]
    shown = signed_in.get(PAGE).content.decode()
    assert "owner: receipt, 1 record " in shown


def test_an_export_of_days_or_of_all_is_downloaded(signed_in: Client, proof_id: str) -> None:
    """Rules: LED-14"""
    keys = log().verifiers()
    today = datetime.now(UTC).date().isoformat()
    for fields in ({}, {"from": today, "to": today}):
        status, body = post(signed_in, "proof", **fields)
        report = verify_export(iter(body.encode().splitlines(keepends=True)), keys)
        assert (status, report.holds, report.records) == (200, True, 2)
    status, page = post(signed_in, "proof", **{"from": "2026-02-02", "to": "2026-02-01"})
    assert (status, "is after" in page) == (422, True)
    assert post(signed_in, "proof", **{"from": "monday"})[0] == 422


@pytest.mark.parametrize("name", ["look-up", "proof", "receipt", "erase"])
def test_an_unknown_proof_id_is_said_so_and_nothing_is_lost(signed_in: Client, proof_id: str, name: str) -> None:
    status, page = post(signed_in, name, id="AAAAAAAAAAAAAAAAAAAAAA")
    assert (status, "No record has this proof id." in page) == (422, True)
    assert log().size() == 2


def test_erasing_asks_first_and_the_log_says_so(signed_in: Client, proof_id: str) -> None:
    """Rules: LED-02"""
    status, page = post(signed_in, "erase", id=proof_id)
    assert (status, "Erase these records for good?" in page) == (200, True)
    assert len(log().history(proof_id)) == 1
    status, _ = post(signed_in, "erase", id=proof_id, sure="yes")
    assert status == 303
    assert log().entry(0).erased
    page = signed_in.get(f"{PAGE}?done=erased").content.decode()
    assert "the content of 1 is erased" in page
    assert dict(re.findall(r'data-label="([^"]+)">(\d+)<', page))["The log’s own"] == "1"
    assert post(signed_in, "look-up", id=proof_id)[0] == 422


def test_the_head_is_downloaded_and_kept(signed_in: Client, proof_id: str) -> None:
    """Rules: LED-13"""
    assert post(signed_in, "checkpoint") == (200, log().head())
    assert [note for _, _, note in log().checkpoints()][-1] == log().head()


def test_who_is_no_owner_sees_sums_and_reads_no_record(editor: Client, proof_id: str) -> None:
    """Rules: LED-16"""
    page = editor.get(PAGE).content.decode()
    assert "2 records in all" in page
    assert "for owners only" in page
    for name in ("look-up", "proof", "receipt", "erase"):
        assert post(editor, name, id=proof_id, sure="yes")[0] == 403
    assert editor.get(f"{PAGE}days/2026-11-25/").status_code == 403
    assert (log().reads(), len(log().history(proof_id))) == ([], 1)


def test_strangers_are_led_to_the_sign_in(client: Client, proof_id: str) -> None:
    """Rules: LED-16"""
    assert client.get(PAGE).status_code == 302
    assert client.post(f"{PAGE}erase/", {"id": proof_id, "sure": "yes"}).status_code in (302, 403)
    assert len(log().history(proof_id)) == 1


def test_a_ledger_out_of_order_is_told_with_its_cure(signed_in: Client, proof_id: str, data: Path) -> None:
    log().close()
    (data / "ledger" / "town" / "log.sqlite3").write_bytes(b"no database at all, and long enough to be read" * 99)
    answer = signed_in.get(PAGE)
    assert answer.status_code == 503
    assert "bredele ledger verify town" in answer.content.decode()


def test_a_look_up_sends_no_proof_id_in_an_address(signed_in: Client, proof_id: str) -> None:
    """Rules: LED-08"""
    action, fields = form(signed_in.get(PAGE), "id")
    assert (action, set(fields)) == (f"{PAGE}look-up/", {"csrfmiddlewaretoken", "id"})


def test_only_the_newest_are_counted_and_a_day_is_found_among_many(signed_in: Client, proof_id: str) -> None:
    for _ in range(5):
        say(browser(HOST), choice="refuse")
    held = overview(log(), newest=3)
    assert (held.size, held.since, [line.kinds for line in held.lines]) == (7, 4, [{"refusal": 3}])
    found, total = records_of(log(), datetime.now(UTC).date(), 2, 3)
    assert ([entry.seq for entry in found], total) == ([2, 3, 4], 7)
