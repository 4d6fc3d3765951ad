"""Consent records over the API: who may read them, that each reading is written down, and what is handed over."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.ledger.export_check import verify_export
from bredele.ledger.log import Log
from bredele.ledger.receipt import verify_receipt
from bredele.ledger.record import ConsentRecord
from bredele.web.accounts import people, tokens
from bredele.web.enforcement.index import site_index
from bredele.web.ledger.logs import log_of
from tests.web.conftest import browser
from tests.web.publishing import MOMENT

BASE = "/api/v1/sites/town/ledger"


@pytest.fixture
def log(asking_site: Version) -> Log:
    """The town's ledger: a grant and a refusal."""
    for choice in ("accept", "refuse"):
        fields = urlencode({"choice": choice})
        answer = browser("town.localhost:8000").post(
            "/cookies/preferences/", fields, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 303
    site = site_index().by_slug("town")
    assert site is not None
    return log_of(site)


def machine(label: str, *, site: str = "", ledger: bool = True) -> Client:
    """A client with a token of these rights."""
    text = tokens.add(label, MOMENT, site=site, may_read_ledger=ledger)
    return Client(headers={"host": "localhost:8000", "authorization": f"Bearer {text}"})


def proof_id(log: Log) -> str:
    """The id of the grant."""
    return log.entry(0).record.principal


def test_an_export_verifies_by_itself_and_holds_the_exact_texts(log: Log) -> None:
    """Rules: LED-01, LED-14"""
    answer = machine("authority", site="town").get(f"{BASE}/export")
    lines = b"".join(answer.streaming_content).splitlines(keepends=True)  # type: ignore[attr-defined]  # it streams
    report = verify_export(lines, log.verifiers())
    assert report.faults == ()
    assert (report.records, report.trusted) == (2, True)
    assert any(b'"line":"artefact","name":"banner.en.html"' in line for line in lines)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="town-consent.jsonl"'


@pytest.mark.parametrize(("query", "count"), [("from=2000-01-01&to=2000-01-02", 0), ("from=2020-01-01", 2), ("id=", 2)])
def test_an_export_is_of_a_period_or_of_all(log: Log, query: str, count: int) -> None:
    """Rules: LED-14"""
    answer = machine("authority").get(f"{BASE}/export?{query}")
    lines = b"".join(answer.streaming_content).splitlines(keepends=True)  # type: ignore[attr-defined]  # it streams
    report = verify_export(lines, log.verifiers())
    assert (report.holds, report.records) == (True, count)


def test_the_records_of_a_proof_id_are_told_in_full_and_its_receipt_verifies(log: Log) -> None:
    """Rules: LED-04, LED-06, PLT-12"""
    client = machine("authority")
    (found,) = client.get(f"{BASE}/records/{proof_id(log)}").json()
    assert found["header"]["pii_principal_id"] == proof_id(log)
    assert found["event"]["event_type"] == "grant"
    receipt = client.get(f"{BASE}/receipts/{proof_id(log)}").content
    assert verify_receipt(receipt, log.verifiers()).holds
    assert client.get(f"{BASE}/records/nobody").status_code == 404


def test_only_owners_and_tokens_that_say_so_read_records(log: Log, signed_in: Client) -> None:
    """Rules: LED-16"""
    paths = [
        f"{BASE}{rest}" for rest in ("", "/export", "/reads", f"/records/{proof_id(log)}", f"/receipts/{proof_id(log)}")
    ]
    people.add("editor", password="a few random words 8")
    editor = Client(headers={"host": "localhost:8000"})
    assert editor.login(username="editor", password="a few random words 8")
    csrf = {"headers": {"host": "localhost:8000"}}
    for path in paths:
        assert Client(headers={"host": "localhost:8000"}).get(path).status_code == 401
        assert machine(f"reader of {path}", ledger=False).get(path).status_code == 403
        assert machine(f"other site {path}", site="civis").get(path).status_code == 403
        assert editor.get(path, **csrf).status_code == 403
        assert machine(f"good {path}", site="town").get(path).status_code == 200
    assert machine("nowhere").get("/api/v1/sites/none/ledger").status_code == 404


def test_each_reading_is_written_down_with_who_and_how_much(log: Log) -> None:
    """Rules: LED-16"""
    client = machine("authority")
    client.get(f"{BASE}/records/{proof_id(log)}")
    client.get(f"{BASE}/receipts/{proof_id(log)}")
    answer = client.get(f"{BASE}/export")
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it streams
    told = [(row["who"], row["what"], row["records"]) for row in client.get(f"{BASE}/reads").json()]
    assert told == [
        ("authority", "export, all", 2),
        ("authority", "receipt", 1),
        ("authority", "records of one proof id", 1),
    ]


def test_wrong_questions_are_422_with_a_cure(log: Log) -> None:
    client = machine("authority")
    for query in ("from=2026-02-01&to=2026-01-01", "from=yesterday", f"id={proof_id(log)}&from=2026-01-01"):
        answer = client.get(f"{BASE}/export?{query}")
        assert answer.status_code == 422, query
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_state_tells_no_record(log: Log) -> None:
    body = machine("authority").get(BASE).json()
    assert (body["size"], body["origin"]) == (2, "town.localhost:8000/ledger")
    assert isinstance(log.entry(0).record, ConsentRecord)
    assert proof_id(log) not in str(body)
