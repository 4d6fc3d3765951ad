"""The choice reaches the views; what it refuses does not."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bredele.core.consent import choose, encode
from bredele.core.registry import Version
from tests.web.conftest import browser

PREFERENCES = "/cookies/preferences/"


def visitor(version: Version, *granted: str, day: date | None = None) -> Client:
    """A visitor of the town who answered."""
    made = browser("town.localhost:8000")
    made.cookies["cookies_preferences"] = encode(choose(version, granted, day or timezone.now().date()))
    return made


def test_a_choice_is_read_from_its_cookie(asking_site: Version) -> None:
    request = visitor(asking_site, "personalisation").get(PREFERENCES).wsgi_request
    assert request.choice.granted == {"personalisation"}


@pytest.mark.parametrize("value", ["", "zz", "9.1.1", "1.1.1", "1.zzzz.111", "'; DROP TABLE"])
def test_an_unreadable_choice_is_no_choice(asking_site: Version, value: str) -> None:
    made = browser("town.localhost:8000")
    made.cookies["cookies_preferences"] = value
    assert made.get(PREFERENCES).wsgi_request.choice is None


def test_a_choice_of_tomorrow_is_no_choice(asking_site: Version) -> None:
    day = timezone.now().date() + timedelta(days=2)
    assert visitor(asking_site, day=day).get(PREFERENCES).wsgi_request.choice is None


def test_a_refused_cookie_is_hidden_from_the_views_and_expired(asking_site: Version) -> None:
    """Rules: ENF-08, BAN-01"""
    made = visitor(asking_site)
    made.cookies["theme"] = "dark"
    answer = made.get(PREFERENCES)
    assert "theme" not in answer.wsgi_request.COOKIES
    sent = [morsel.output(header="") for morsel in answer.cookies.values()]
    assert any(line.strip().startswith("theme=;") and "Max-Age=0" in line and "Path=/" in line for line in sent)
    assert len(sent) <= 8


def test_a_granted_cookie_is_seen_and_left_alone(asking_site: Version) -> None:
    """Rules: ENF-08"""
    made = visitor(asking_site, "personalisation")
    made.cookies["theme"] = "dark"
    answer = made.get(PREFERENCES)
    assert answer.wsgi_request.COOKIES["theme"] == "dark"
    assert not answer.cookies


def test_a_cookie_nobody_declared_is_not_touched(asking_site: Version) -> None:
    made = visitor(asking_site)
    made.cookies["other"] = "1"
    answer = made.get(PREFERENCES)
    assert answer.wsgi_request.COOKIES["other"] == "1"
    assert not answer.cookies


def test_the_own_four_are_never_expired(asking_site: Version) -> None:
    """Rules: PLT-01"""
    made = visitor(asking_site)
    made.cookies["django_language"] = "en"
    assert not made.get(PREFERENCES).cookies


def test_a_made_up_withdrawal_token_loads_nothing(asking_site: Version) -> None:
    answer = visitor(asking_site).get(PREFERENCES + "?withdrawn=forged")
    assert answer.wsgi_request.erase == ()
    assert "img-src 'self';" in answer["Content-Security-Policy"]


def test_the_header_itself_no_longer_holds_a_refused_cookie(asking_site: Version) -> None:
    """Rules: ENF-08"""
    made = visitor(asking_site)
    made.cookies["theme"] = "dark"
    made.cookies["django_language"] = "en"
    request = made.get(PREFERENCES).wsgi_request
    assert "theme" not in request.META["HTTP_COOKIE"]
    assert "django_language=en" in request.META["HTTP_COOKIE"]
    assert "cookies_preferences=" in request.META["HTTP_COOKIE"]
