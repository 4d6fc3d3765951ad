"""What a cache may do with the policy page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bredele.core.registry import Version

pytestmark = pytest.mark.django_db
POLICY = "/terms/cookies-policy/"


def test_the_policy_costs_at_most_six_queries(client: Client, published_site: Version) -> None:
    """Rules: V1"""
    client.get(POLICY)
    with CaptureQueriesContext(connection) as queries:
        client.get(POLICY)
    assert len(queries) <= 6


@pytest.mark.parametrize("address", [POLICY, "/", "/data/", "/terms/cookies-policy.json", f"{POLICY}versions/1/"])
def test_an_unchanged_page_is_answered_with_304(client: Client, published_site: Version, address: str) -> None:
    """Rules: C9"""
    first = client.get(address)
    assert first["Cache-Control"] == "no-cache"
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in first["Vary"].split(",")}
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_another_language_is_another_page(client: Client, published_site: Version) -> None:
    english = client.get(POLICY, headers={"accept-language": "en"})
    french = client.get(POLICY, headers={"accept-language": "fr", "if-none-match": english["ETag"]})
    assert french.status_code == 200
    assert french["ETag"] != english["ETag"]


def test_the_same_page_has_the_same_validator(client: Client, published_site: Version) -> None:
    assert client.get(POLICY)["ETag"] == client.get(POLICY)["ETag"]
