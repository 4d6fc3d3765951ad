"""One click withdraws: what is deleted, what is not, and that the visitor reads both."""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from bredele.core.consent import CHOICE_COOKIE, choose, encode
from bredele.core.registry import Version
from bredele.core.set_cookie import parse
from tests.web.conftest import Publish, asking, browser, registry

pytestmark = pytest.mark.django_db
PAGE = "/cookies/preferences/"
TODAY = datetime.now(UTC).date()
EVERYTHING = ("personalisation", "advertising", "measurement")


@pytest.fixture
def storing_site(publish: Publish) -> Version:
    """A site with an own cookie, own storage, and two third parties of which one can be asked to erase."""
    return publish(
        "shop",
        registry(
            asking("theme", "personalisation"),
            asking("seen_items", "personalisation", kind="local_storage"),
            asking("ad", "advertising", hosts=("ads.example",), third_party_access=("Ads",)),
            asking(
                "b", "advertising", hosts=("b.example",), third_party_access=("B",), erase="https://b.example/erase"
            ),
            origin="http://shop.localhost:8000",
        ),
        "shop.localhost",
    )


def withdraw(version: Version, **cookies: str) -> tuple[Client, HttpResponse]:
    """A visitor of the shop who granted everything presses the button."""
    visitor = browser("shop.localhost:8000")
    visitor.cookies[CHOICE_COOKIE] = encode(choose(version, EVERYTHING, TODAY))
    for name, value in cookies.items():
        visitor.cookies[name] = value
    body = urlencode({"choice": "refuse", "version": version.number, "next": "/data/?by=day"})
    answer = visitor.post(PAGE, body, content_type="application/x-www-form-urlencoded")
    visitor.cookies[CHOICE_COOKIE] = encode(choose(version, (), TODAY))
    return visitor, answer


def told(page: str) -> str:
    """The outcome on a page, or nothing."""
    found = re.search(r"<section[^>]*data-bredele-withdrawn>.*?</section>", page, re.DOTALL)
    return found.group() if found else ""


def test_the_page_where_the_visitor_was_tells_what_was_deleted_and_what_was_not(storing_site: Version) -> None:
    """Rules: BAN-16, BAN-27"""
    visitor, answer = withdraw(storing_site, theme="dark")
    assert answer.status_code == 303
    assert answer["Location"].startswith("/data/?by=day&withdrawn=")
    expired = {parse(line.output(header="").strip()).name for line in answer.cookies.values()}
    assert expired == {CHOICE_COOKIE, "theme"}
    page = visitor.get(answer["Location"])
    section = told(page.content.decode())
    deleted, rest = section.split("Kept by your browser for this site")
    stored, foreign = rest.split("Kept by others")
    assert "theme" in deleted
    assert 'data-bredele-delete="local_storage"' in stored
    assert "seen_items" in stored
    assert "scripts are off" in stored
    assert "data-bredele-by-hand" in stored
    assert "b.example was asked just now to delete it." in foreign
    assert "Nothing is sent to ads.example from here any more." in foreign
    assert 'role="status"' in section


def test_a_third_party_is_asked_once_even_if_the_page_is_loaded_again(storing_site: Version) -> None:
    """Rules: BAN-16"""
    visitor, answer = withdraw(storing_site)
    first = visitor.get(answer["Location"])
    again = visitor.get(answer["Location"])
    assert 'src="https://b.example/erase"' in first.content.decode()
    assert "https://b.example" in first["Content-Security-Policy"]
    assert "b.example/erase" not in again.content.decode()
    assert "https://b.example" not in again["Content-Security-Policy"]
    assert told(again.content.decode())
    assert first["Cache-Control"] == "private, no-store"


def test_only_what_lost_its_consent_is_told(storing_site: Version) -> None:
    """Rules: BAN-16"""
    visitor = browser("shop.localhost:8000")
    visitor.cookies[CHOICE_COOKIE] = encode(choose(storing_site, EVERYTHING, TODAY))
    body = urlencode({"choice": "save", "purpose": "personalisation", "next": "/"})
    answer = visitor.post(PAGE, body, content_type="application/x-www-form-urlencoded")
    section = told(visitor.get(answer["Location"]).content.decode())
    assert "ads.example" in section
    assert "theme" not in section
    assert "seen_items" not in section


def test_refusing_without_having_granted_is_no_withdrawal(storing_site: Version) -> None:
    visitor = browser("shop.localhost:8000")
    answer = visitor.post(PAGE, urlencode({"choice": "refuse"}), content_type="application/x-www-form-urlencoded")
    assert "withdrawn=" not in answer["Location"]


@pytest.mark.parametrize("token", ["x", "1.1.1.1." + "0" * 64, "9" * 600, "%00", "1.1.f.f." + "a" * 64])
def test_a_forged_note_tells_and_loads_nothing(storing_site: Version, token: str) -> None:
    answer = browser("shop.localhost:8000").get(f"/?withdrawn={token}")
    assert answer.status_code == 200
    assert not told(answer.content.decode())
    assert "b.example" not in answer["Content-Security-Policy"]


def test_the_outcome_is_told_in_french(storing_site: Version) -> None:
    """Rules: POL-08"""
    visitor, answer = withdraw(storing_site)
    section = told(visitor.get(answer["Location"] + "&lang=fr").content.decode())
    assert "Votre consentement est retiré" in section
    assert "withdrawn" not in re.sub(r"<[^>]*>", "", section)
