"""A visitor fetches their receipt by the id in their cookie, and checks any receipt, without JavaScript."""

import re
from urllib.parse import urlencode

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from bredele.core.consent import CHOICE_COOKIE
from bredele.core.registry import Version
from bredele.core.set_cookie import parse
from bredele.ledger.receipt import LONGEST, Receipt, verify_receipt
from bredele.web.enforcement.index import site_index
from bredele.web.ledger.logs import log_of
from tests.web.conftest import browser

pytestmark = pytest.mark.django_db
PAGE = "/cookies/receipt/"
DOWNLOAD = "/cookies/receipt/download/"
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def answered(choice: str, host: str = "town.localhost:8000") -> Client:
    """A visitor who pressed a button on the preference page, and the cookie they were given."""
    visitor = browser(host)
    body = urlencode({"choice": choice, "version": "1"})
    answer = visitor.post("/cookies/preferences/", body, content_type="application/x-www-form-urlencoded")
    given = [parse(morsel.output(header="").strip()) for morsel in answer.cookies.values()]
    visitor.cookies.clear()
    visitor.cookies[CHOICE_COOKIE] = next(cookie.value for cookie in given if cookie.name == CHOICE_COOKIE)
    return visitor


def text(answer: HttpResponse) -> str:
    """The page's words."""
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def send(visitor: Client, receipt: bytes, **headers: str) -> HttpResponse:
    """Upload a file."""
    return visitor.post(PAGE, {"file": SimpleUploadedFile("receipt.json", receipt)}, headers={**BROWSER, **headers})


def verdict(answer: HttpResponse) -> str:
    """The outcome on the page."""
    found = re.search(r'data-bredele-verdict="([^"]+)"', answer.content.decode())
    return found.group(1) if found else ""


def test_a_grant_is_downloaded_as_a_receipt_that_verifies_offline(asking_site: Version) -> None:
    """Rules: LED-06, LED-13"""
    visitor = answered("accept")
    page = visitor.get(PAGE, headers=BROWSER)
    assert f'href="{DOWNLOAD}"' in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert not page.cookies
    file = visitor.get(DOWNLOAD, headers=BROWSER)
    assert file["Content-Type"] == "application/json"
    receipt = msgspec.json.decode(file.content, type=Receipt)
    assert receipt.receipt_id in file["Content-Disposition"]
    assert set(receipt.record.granted) == {"personalisation", "advertising"}
    site = site_index().by_slug("town")
    assert site is not None
    report = verify_receipt(file.content, log_of(site).verifiers())
    assert report.holds
    assert report.trusted


def test_a_program_gets_the_receipt_at_the_page_itself(asking_site: Version) -> None:
    """Rules: LED-06"""
    visitor = answered("accept")
    for accept in ("application/json", "*/*"):
        answer = visitor.get(PAGE, headers={"accept": accept})
        assert answer["Content-Type"] == "application/json"
        assert answer.content == visitor.get(DOWNLOAD).content


@pytest.mark.parametrize(
    ("visitor", "words"),
    [
        (lambda: browser("town.localhost:8000"), "in this browser you have not answered"),
        (lambda: answered("refuse"), "a refusal leaves no number on your device"),
    ],
    ids=["unanswered", "refused"],
)
def test_where_there_is_no_receipt_the_page_says_why(asking_site: Version, visitor: object, words: str) -> None:
    """Rules: LED-09"""
    made = visitor()  # type: ignore[operator]  # one of the two above
    assert words in text(made.get(PAGE, headers=BROWSER))
    assert made.get(PAGE).status_code == 200
    assert made.get(DOWNLOAD).status_code == 404


def test_an_id_nobody_gave_out_names_no_record(asking_site: Version) -> None:
    visitor = answered("accept")
    value = visitor.cookies[CHOICE_COOKIE].value
    visitor.cookies[CHOICE_COOKIE] = value.rpartition(".")[0] + "." + "A" * 22
    assert "was erased" in text(visitor.get(PAGE, headers=BROWSER))


def test_a_true_receipt_is_found_true_step_by_step_with_the_key(asking_site: Version) -> None:
    """Rules: LED-06, LED-01"""
    visitor = answered("accept")
    receipt = visitor.get(DOWNLOAD).content
    for answer in (send(browser("town.localhost:8000"), receipt), visitor.post(PAGE, {"text": receipt.decode()})):
        assert verdict(answer) == "true"
        page = text(answer)
        assert "The record stands in the signed log, exactly as written here." in page
        assert "Key used:" in page
        assert "town.localhost:8000/ledger+" in page
        assert "fails" not in page
        assert not answer.cookies


def test_a_changed_receipt_is_found_false_whatever_was_changed(asking_site: Version) -> None:
    """Rules: LED-13"""
    visitor = answered("accept")
    receipt = visitor.get(DOWNLOAD).content
    for before, after in (
        (b'"advertising"', b'"advertisinG"'),
        (b'"version": 1', b'"version": 2'),
        (b'"number": 0', b'"number": 1'),
        (b"}", b"} "),
    ):
        assert before in receipt
        assert verdict(send(visitor, receipt.replace(before, after))) == "false"


def test_another_sites_receipt_is_whole_but_not_vouched_for(asking_site: Version) -> None:
    """Rules: LED-06"""
    receipt = answered("accept").get(DOWNLOAD).content
    answer = send(browser("localhost:8000"), receipt)
    assert verdict(answer) == "unknown-key"
    assert "does not know the key" in text(answer)


@pytest.mark.parametrize("junk", [b"hello", b"{}", b"\xff\x00", b"[" * 5000, b"null"])
def test_what_is_no_receipt_is_told_plainly(asking_site: Version, junk: bytes) -> None:
    answer = send(browser("town.localhost:8000"), junk)
    assert answer.status_code == 200
    assert verdict(answer) == "false"
    assert "The file is no receipt" in text(answer)


def test_nothing_sent_and_too_much_sent_are_told_with_the_cure(asking_site: Version) -> None:
    visitor = browser("town.localhost:8000")
    empty = visitor.post(PAGE, {"text": "  "})
    assert empty.status_code == 422
    assert "Choose the file of a receipt" in text(empty)
    huge = send(visitor, b"x" * (LONGEST + 200_000))
    assert huge.status_code == 413
    assert "too long" in text(huge)


def test_another_site_cannot_send_a_visitor_here_with_a_file(asking_site: Version) -> None:
    answer = send(browser("town.localhost:8000"), b"{}", **{"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_the_page_speaks_the_visitors_language(asking_site: Version) -> None:
    """Rules: POL-08"""
    visitor = answered("accept")
    receipt = visitor.get(DOWNLOAD).content
    answer = send(visitor, receipt, **{"accept-language": "fr"})
    assert "Ce reçu est authentique." in text(answer)


def test_the_preference_page_leads_to_the_receipt_of_a_grant_only(asking_site: Version) -> None:
    """Rules: BAN-10"""
    assert f'href="{PAGE}"' in answered("accept").get("/cookies/preferences/").content.decode()
    assert f'href="{PAGE}"' not in answered("refuse").get("/cookies/preferences/").content.decode()
