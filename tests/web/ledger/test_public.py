"""What anyone may read of a site's ledger, and what the operator is told when it is out of order."""

from pathlib import Path
from urllib.parse import urlencode

import msgspec
import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.ledger.checkpoint import open_checkpoint
from bredele.ledger.note import decode64, read_key
from bredele.ledger.record import ConsentRecord
from bredele.ledger.tree import verify_consistency
from bredele.web.enforcement.index import site_index
from bredele.web.ledger.logs import log_of
from tests.web.conftest import browser

TOWN = "town.localhost:8000"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def town(asking_site: Version) -> Client:
    """A visitor of the town."""
    return browser(TOWN)


def say(client: Client, **fields: str) -> int:
    """Answer on the preference page; the status."""
    return client.post("/cookies/preferences/", urlencode(fields), content_type=FORM).status_code


def kept(client: Client) -> str:
    """The value of the browser's choice cookie."""
    return next(one.value for one in client.cookies.values() if one.key == "cookies_preferences")


def test_before_the_first_answer_there_is_no_key_and_no_head(town: Client) -> None:
    published = town.get("/.well-known/cookie-ledger.json")
    assert (published.status_code, published.json()["keys"]) == (200, [])
    assert town.get("/ledger/checkpoint").status_code == 404
    assert town.get("/ledger/consistency/1/1").status_code == 404


def test_published_keys_verify_the_published_head_and_that_it_only_grew(town: Client) -> None:
    """Rules: LED-13"""
    say(town, choice="accept")
    first = town.get("/ledger/checkpoint")
    say(browser(TOWN), choice="refuse")
    second = town.get("/ledger/checkpoint").content.decode()
    keys = [read_key(one["key"]) for one in town.get("/.well-known/cookie-ledger.json").json()["keys"]]
    old, _ = open_checkpoint(first.content.decode(), keys)
    new, key = open_checkpoint(second, keys)
    assert (old.size, new.size, key.name) == (1, 2, "town.localhost:8000/ledger")
    proof = [decode64(line) for line in town.get("/ledger/consistency/1/2").content.decode().split()]
    verify_consistency(old.size, new.size, proof, old.root, new.root)
    assert town.get("/ledger/consistency/1/3").status_code == 404
    assert town.get("/ledger/consistency/0/2").status_code == 404
    assert first.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert not first.cookies


def test_an_answer_on_the_page_without_javascript_is_recorded_the_same(town: Client) -> None:
    """Rules: LED-01, LED-09, PLT-08"""
    assert say(town, choice="save", purpose="advertising") == 303
    site = site_index().by_slug("town")
    assert site is not None
    record = log_of(site).entry(0).record
    assert isinstance(record, ConsentRecord)
    assert (record.granted, record.denied) == (("advertising",), ("personalisation",))
    assert record.control.place == "preferences"
    assert kept(town).endswith(f".{record.principal}")
    assert say(town, choice="refuse") == 303
    assert kept(town).count(".") == 2
    withdrawn = log_of(site).entry(1).record
    assert isinstance(withdrawn, ConsentRecord)
    assert (withdrawn.event, withdrawn.principal) == ("withdrawal", record.principal)


def test_a_retried_page_answer_is_recorded_once(town: Client) -> None:
    """Rules: API-05"""
    for _ in range(2):
        assert say(town, choice="accept", key="abcdefgh") == 303
    site = site_index().by_slug("town")
    assert site is not None
    assert log_of(site).size() == 1


def test_a_ledger_out_of_order_is_told_by_readyz_and_the_pages_go_on(town: Client, client: Client, data: Path) -> None:
    """Rules: LED-01"""
    say(town, choice="accept")
    assert client.get("/readyz").status_code == 200
    for path in (data / "ledger" / "town" / "keys").iterdir():
        path.unlink()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"The ledger of town is out of order" in answer.content
    assert str(data).encode() not in answer.content
    assert town.get("/cookies/preferences/").status_code == 200
    assert town.get("/.well-known/cookie-ledger.json").status_code == 200


def test_a_damaged_ledger_answers_503_without_a_word_of_the_machine(town: Client, data: Path) -> None:
    say(town, choice="accept")
    site = site_index().by_slug("town")
    assert site is not None
    log_of(site).close()
    for path in (data / "ledger" / "town").glob("log.sqlite3*"):
        path.write_bytes(b"damaged" * 1000)
    for address in ("/.well-known/cookie-ledger.json", "/ledger/checkpoint", "/ledger/consistency/1/1"):
        answer = town.get(address)
        assert answer.status_code == 503
        assert str(data).encode() not in answer.content
    assert say(browser(TOWN), choice="accept") == 503
    assert town.get("/cookies/preferences/").status_code == 200


def test_the_published_keys_are_what_bredele_reads(town: Client) -> None:
    """The shape is documented: `keys[].key`."""
    say(town, choice="accept")
    body = msgspec.json.decode(town.get("/.well-known/cookie-ledger.json").content)
    assert set(body) == {"site", "origin", "keys", "checkpoint", "consistency"}
    assert set(body["keys"][0]) == {"key", "size", "since"}
