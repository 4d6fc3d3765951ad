"""`sessionid` is re-sent only when it must be."""

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from bredele.core.registry import Version
from tests.web.accounts.test_sign_in import sign_in
from tests.web.conftest import browser

PAGE = "/backoffice/"


@pytest.fixture
def at(request: pytest.FixtureRequest) -> object:
    """Another moment for the whole of Django."""

    def later(**more: float) -> object:
        moment: datetime = timezone.now() + timedelta(**more)
        return patch("django.utils.timezone.now", return_value=moment)

    return later


def test_the_session_form_is_never_rewritten(client: Client, owner: str, published_site: Version, at) -> None:
    """Rules: PLT-04"""
    sign_in(client, owner)
    assert "sessionid" not in client.get(PAGE).cookies
    with at(days=2):
        assert "sessionid" not in client.get(PAGE).cookies


def test_the_long_form_slides_once_a_day(client: Client, owner: str, published_site: Version, at) -> None:
    """Rules: C4"""
    key = sign_in(client, owner, remember="on")["sessionid"].value
    assert "sessionid" not in client.get(PAGE).cookies
    with at(days=1):
        first, second = client.get(PAGE), client.get(PAGE)
    assert first.cookies["sessionid"].value == key
    assert first.cookies["sessionid"]["max-age"] == 14 * 86_400
    assert "sessionid" not in second.cookies


@pytest.mark.parametrize("form", [{}, {"remember": "on"}])
def test_a_visit_a_day_keeps_a_session_beyond_fourteen_days(
    client: Client, owner: str, published_site: Version, at, form: dict[str, str]
) -> None:
    """Rules: C4"""
    sign_in(client, owner, **form)
    for day in (10, 20):
        with at(days=day):
            assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("form", [{}, {"remember": "on"}])
def test_fourteen_days_without_a_visit_end_it(
    client: Client, owner: str, published_site: Version, at, form: dict[str, str]
) -> None:
    """Rules: C5"""
    sign_in(client, owner, **form)
    with at(days=14, seconds=1):
        answer = client.get(PAGE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_a_session_nobody_knows_is_forgotten_by_the_browser(published_site: Version) -> None:
    made = browser("localhost:8000")
    made.cookies["sessionid"] = "x" * 32
    answer = made.get(PAGE)
    assert answer.cookies["sessionid"]["max-age"] == 0


def test_the_store_holds_no_address_and_no_user_agent(client: Client, owner: str, published_site: Version) -> None:
    client.defaults["HTTP_USER_AGENT"] = "Curious/9.9"
    client.defaults["REMOTE_ADDR"] = "203.0.113.77"
    sign_in(client, owner)
    kept = str(Session.objects.get().get_decoded())
    assert "203.0.113" not in kept
    assert "Curious" not in kept
