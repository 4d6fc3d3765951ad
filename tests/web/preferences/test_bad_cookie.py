"""Whatever stands in the choice cookie: a working page in the most protective state."""

import pytest
from django.test import Client

from bredele.core.registry import Version
from tests.web.conftest import browser
from tests.web.ledger.test_public import kept

HOST = "town.localhost:8000"
BAD = {
    "forged": "anything at all",
    "truncated": "1.1y",
    "too many bits": "1.1y0.1111",
    "of an unknown version": "9.1y0.11",
    "of the future": "1.zzz.11",
    "with an invented id": "1.1y0.11.<script>alert(1)</script>",
    "oversized": "1" * 7000,
    "not text": "\udcff\udcfe".encode("utf-8", "surrogateescape").decode("latin-1"),
    "empty": "",
}


@pytest.fixture
def visitor(asking_site: Version) -> Client:
    """A visitor of the town."""
    return browser(HOST)


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_a_bad_choice_is_none_and_every_page_works(visitor: Client, value: str) -> None:
    """Rules: BAN-01"""
    said = {"HTTP_COOKIE": f"cookies_preferences={value}"}
    page = visitor.get("/terms/cookies-policy/", **said)
    assert page.status_code == 200
    assert "data-bredele-banner" in page.content.decode()
    assert "partner.localhost" not in page.headers.get("Content-Security-Policy", "")
    preferences = visitor.get("/cookies/preferences/", **said)
    assert preferences.status_code == 200
    assert " checked" not in preferences.content.decode()
    receipt = visitor.get("/cookies/receipt/", **said)
    assert receipt.status_code in (200, 404)
    assert "<script>alert" not in page.content.decode() + preferences.content.decode() + receipt.content.decode()


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_who_carries_a_bad_choice_can_still_answer(visitor: Client, value: str) -> None:
    answer = visitor.post(
        "/cookies/preferences/",
        "choice=refuse",
        content_type="application/x-www-form-urlencoded",
        HTTP_COOKIE=f"cookies_preferences={value}",
    )
    assert answer.status_code == 303
    assert kept(visitor).startswith("1.")
