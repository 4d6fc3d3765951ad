"""The sign-in link of `bredele start` works once, for one minute."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import signing
from django.test import Client

from bredele.core.registry import Version
from bredele.web.accounts import once
from bredele.web.accounts.models import Account
from tests.web.conftest import browser


@pytest.fixture
def link(owner: str, published_site: Version) -> str:
    """A fresh link for the owner."""
    return f"/accounts/once/{once.make(Account.objects.get(username=owner))}/"


def test_a_fresh_link_signs_in(client: Client, link: str) -> None:
    answer = client.get(link)
    assert (answer.status_code, answer["Location"]) == (302, "/backoffice/")
    assert not answer.cookies["sessionid"]["max-age"]
    assert client.get("/backoffice/").status_code == 200


def test_it_works_once(client: Client, link: str) -> None:
    client.get(link)
    answer = browser("localhost:8000").get(link)
    assert answer.status_code == 410
    assert "sessionid" not in answer.cookies


def test_it_is_over_after_a_minute(client: Client, link: str) -> None:
    with patch.object(signing.time, "time", return_value=signing.time.time() + timedelta(seconds=61).total_seconds()):
        assert client.get(link).status_code == 410


def test_a_forged_link_explains_itself(client: Client, link: str) -> None:
    answer = client.get("/accounts/once/forged/")
    assert answer.status_code == 410
    assert "/accounts/login/" in answer.content.decode()


def test_it_does_not_open_a_closed_account(client: Client, link: str) -> None:
    Account.objects.update(is_active=False)
    assert client.get(link).status_code == 410
