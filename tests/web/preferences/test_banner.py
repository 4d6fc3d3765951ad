"""The banner as the server writes it; how it looks and works is tested in a browser."""

import re
from datetime import UTC, datetime

import pytest

from bredele.core.consent import choose, encode
from bredele.core.registry import Version
from tests.web.conftest import browser

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC).date()


def banner(page: str) -> str:
    """The banner's markup, or nothing."""
    found = re.search(r"<section[^>]*data-bredele-banner.*?</section>", page, re.DOTALL)
    return found.group() if found else ""


def visit(version: Version | None = None, *granted: str, path: str = "/", **headers: str) -> str:
    """The banner a visitor of the town sees, before or after an answer."""
    visitor = browser("town.localhost:8000")
    if version is not None:
        visitor.cookies["cookies_preferences"] = encode(choose(version, granted, TODAY))
    return banner(visitor.get(path, headers=headers).content.decode())


@pytest.mark.parametrize("path", ["/", "/terms/cookies-policy/", "/data/", "/terms/cookies-policy/versions/"])
def test_the_banner_is_on_every_page_until_an_answer(asking_site: Version, path: str) -> None:
    """Rules: BAN-11, POL-12"""
    assert visit(path=path)
    assert not visit(asking_site, path=path)
    assert not visit(asking_site, "advertising", path=path)


def test_the_banner_says_all_that_layer_one_must_say(asking_site: Version) -> None:
    """Rules: BAN-13, BAN-06, POL-13, REG-08"""
    words = visit()
    assert "Words (en)" in words
    assert "Partner can read it" in words
    assert "not answering counts as a refusal" in words
    assert "change your mind at any time" in words
    assert 'href="/terms/cookies-policy/"' in words
    assert words.index("<li>") < words.index("<button")


def test_the_english_banner_adds_no_sign_that_is_slow_to_draw(asking_site: Version) -> None:
    """A sign beyond Latin-1 (a curly quote) takes a browser's slower way, in the first layout of every page."""
    assert visit().encode("latin-1")


def test_nothing_is_ticked_in_the_banner(asking_site: Version) -> None:
    """Rules: BAN-05"""
    boxes = re.findall(r'<input type="checkbox"[^>]*>', visit())
    assert len(boxes) == 2
    assert not any("checked" in box for box in boxes)


def test_refusing_is_a_button_beside_accepting(asking_site: Version) -> None:
    """Rules: BAN-02, BAN-03, BAN-04"""
    first, second = re.findall(r"<button([^>]*)>", visit().split("<details>")[0])
    assert first.replace("accept", "") == second.replace("refuse", "")


def test_the_banner_is_a_region_before_the_content_and_no_wall(asking_site: Version) -> None:
    """Rules: BAN-08, POL-12"""
    page = browser("town.localhost:8000").get("/terms/cookies-policy/").content.decode()
    assert page.index("data-bredele-banner") < page.index("<main")
    assert 'aria-modal="true"' not in page
    assert "<dialog" not in page


def test_the_signal_of_the_browser_is_honoured_in_words(asking_site: Version) -> None:
    """Rules: BAN-20, BAN-21"""
    assert "Global Privacy Control" in visit(**{"sec-gpc": "1"})
    assert "Global Privacy Control" not in visit(**{"sec-gpc": "0"})


def test_the_banner_is_quiet_on_the_page_that_asks_itself(asking_site: Version) -> None:
    assert not visit(path="/cookies/preferences/")


def test_the_banner_comes_back_to_the_page_it_was_on(asking_site: Version) -> None:
    assert 'name="next" value="/data/"' in visit(path="/data/?lang=en")


def test_the_banner_speaks_french(asking_site: Version) -> None:
    """Rules: POL-08, BAN-28"""
    words = visit(path="/?lang=fr")
    assert "Tout accepter" in words
    assert "Tout refuser" in words
    assert "Accept all" not in words


STEERING = re.compile(
    r"newsletter|discount|offer|free|gift|subscribe|best experience|improve|essential|sorry|sad|miss out|please accept"
    r"|offre|gratuit|cadeau|abonne|remise|réduction|meilleure expérience|désolé|dommage|privilège|s’il vous plaît",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_banner_sells_nothing_and_steers_nobody(asking_site: Version, language: str) -> None:
    """No advert, no newsletter, no discount, no emotion, no vague word in the default texts.

    Rules: BAN-29, REG-14
    """
    words = re.sub(r"<[^>]+>", " ", visit(path=f"/?lang={language}"))
    assert STEERING.findall(words) == []
