"""Global Privacy Control on the pages: refused before rendering, said to be honoured, and nothing written."""

import re
from datetime import UTC, datetime

import pytest

from bredele.core.consent import choose, encode
from bredele.core.registry import Version
from bredele.web.statistics.store import statistics_store
from tests.web.conftest import browser

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC).date()
PAGE = "/cookies/preferences/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0"
VISIT = {"user-agent": FIREFOX, "sec-fetch-dest": "document"}


def test_the_signal_hides_no_banner_grants_nothing_and_writes_nothing(asking_site: Version) -> None:
    """Rules: BAN-20, BAN-21, PLT-02"""
    answer = browser("town.localhost:8000").get("/", headers={"sec-gpc": "1"})
    page = answer.content.decode()
    assert "data-bredele-banner" in page
    assert not answer.cookies
    assert not re.search(r"<input[^>]* checked", page)
    assert "partner.localhost" not in answer["Content-Security-Policy"]
    assert "data-bredele-withdraw" not in page


def test_the_preference_page_shows_everything_refused(asking_site: Version) -> None:
    """Rules: BAN-19, BAN-21"""
    visitor = browser("town.localhost:8000")
    page = visitor.get(PAGE, headers={"sec-gpc": "1"}).content.decode()
    assert "data-bredele-signal" in page
    assert "Not answered" not in page
    assert page.count("Refused") == 2
    assert "data-bredele-signal" not in visitor.get(PAGE, headers={"sec-gpc": "0"}).content.decode()


def test_an_answer_given_on_this_site_goes_before_the_signal(asking_site: Version) -> None:
    """Rules: BAN-20"""
    visitor = browser("town.localhost:8000")
    visitor.cookies["cookies_preferences"] = encode(choose(asking_site, ("advertising",), TODAY))
    answer = visitor.get(PAGE, headers={"sec-gpc": "1"})
    assert re.search(r'id="purpose-advertising"[^>]* checked', answer.content.decode())
    assert "partner.localhost" in answer["Content-Security-Policy"]


def test_the_signal_is_only_counted(asking_site: Version) -> None:
    """Rules: BAN-21, ANA-22"""
    visitor = browser("town.localhost:8000")
    visitor.get("/", headers={**VISIT, "sec-gpc": "1"})
    visitor.get("/?lang=fr", headers=VISIT)
    store = statistics_store()
    assert store.choices("town", TODAY, TODAY) == {
        (TODAY.isoformat(), 1, "en", "gpc"): 1,
        (TODAY.isoformat(), 1, "fr", "shown"): 1,
    }
    assert sum(store.hourly("town", TODAY, TODAY).values()) == 3


def test_pages_with_and_without_the_signal_have_different_validators(asking_site: Version) -> None:
    """Rules: ENF-13"""
    plain, signal = (browser("town.localhost:8000").get("/", headers=sent) for sent in ({}, {"sec-gpc": "1"}))
    assert plain["ETag"] != signal["ETag"]
    assert "Sec-GPC" in plain["Vary"]


def test_the_support_resource_says_that_the_signal_is_honoured(asking_site: Version) -> None:
    """Rules: API-04"""
    answer = browser("town.localhost:8000").get("/.well-known/gpc.json")
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {"gpc": True, "lastUpdate": "2026-11-24"}
    assert not answer.cookies
