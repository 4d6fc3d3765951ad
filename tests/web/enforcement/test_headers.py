"""Who may keep a copy of an answer, and what every answer says to the browser."""

import pytest
from django.test import Client

from bredele.core.registry import Version

POLICY = "/terms/cookies-policy/"


def test_a_page_that_did_not_change_is_answered_with_304(client: Client, published_site: Version) -> None:
    first = client.get(POLICY)
    assert first["Cache-Control"] == "no-cache"
    again = client.get(POLICY, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    assert again["ETag"] == first["ETag"]
    assert {"Accept-Language", "Cookie"} <= set(again["Vary"].split(", "))


def test_another_language_is_another_copy(client: Client, published_site: Version) -> None:
    english = client.get(POLICY)
    french = client.get(POLICY, headers={"accept-language": "fr", "if-none-match": english["ETag"]})
    assert french.status_code == 200


@pytest.mark.parametrize("path", ["/accounts/login/", "/backoffice/"])
def test_private_pages_are_kept_by_nobody(client: Client, published_site: Version, path: str) -> None:
    answer = client.get(path)
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer


def test_an_answer_that_sets_a_cookie_is_kept_by_nobody(client: Client, published_site: Version) -> None:
    answer = client.post("/language/", {"language": "fr", "next": "/"})
    assert answer.cookies["django_language"].value == "fr"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/", POLICY, "/accounts/login/", "/nothing-here/"])
def test_every_answer_has_the_strict_headers(client: Client, published_site: Version, path: str) -> None:
    answer = client.get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "nonce" not in answer["Content-Security-Policy"]
