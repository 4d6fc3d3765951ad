"""The partner's frame, player and erase address, asked directly."""

import pytest
from django.test import Client

from tests.web.demo.conftest import given

pytestmark = pytest.mark.django_db
FRAMED = {"sec-fetch-dest": "iframe"}


def test_a_framed_page_is_remembered_as_declared(partner: Client) -> None:
    """Rules: REG-05, REG-06"""
    response = partner.get("/frame/?page=/news/", headers=FRAMED)
    assert response.status_code == 200
    line = given(response)["partner_pages"]
    assert (line.value, line.max_age) == ("/news/", 30 * 24 * 3600)
    assert (line.secure, line.http_only, line.same_site) == (True, True, "None")
    assert line.partitioned


def test_opened_by_hand_it_sets_nothing(partner: Client) -> None:
    """Rules: PLT-02"""
    for path in ("/", "/frame/?page=/news/", "/player/?page=/film/"):
        response = partner.get(path)
        assert response.status_code == 200
        assert not response.cookies


@pytest.mark.parametrize("page", ["", "news", "//evil.example/", "/a?b", "/%3Cscript%3E/", "/" + "a" * 41 + "/"])
def test_what_is_no_page_of_the_town_is_422(partner: Client, page: str) -> None:
    for path in ("/frame/", "/player/"):
        response = partner.get(path, {"page": page}, headers=FRAMED)
        assert response.status_code == 422
        assert not response.cookies


def test_only_the_town_may_frame_it(partner: Client) -> None:
    policy = partner.get("/frame/?page=/news/", headers=FRAMED)["Content-Security-Policy"]
    assert "frame-ancestors http://town.localhost:8000" in policy
    assert "frame-ancestors 'none'" in partner.get("/")["Content-Security-Policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


def test_erasing_expires_it_with_the_same_attributes(partner: Client) -> None:
    """A partitioned cookie goes only by its own partition. Rules: C15, C17"""
    response = partner.get("/erase/")
    assert response["Content-Type"].startswith("image/")
    assert "no-store" in response["Cache-Control"]
    line = given(response)["partner_pages"]
    assert (line.max_age, line.value, line.partitioned, line.secure, line.same_site) == (0, "", True, True, "None")


@pytest.mark.parametrize(("query", "words"), [("", "Lorgnette"), ("?lang=fr", "Lorgnette")])
def test_it_speaks_both_languages(partner: Client, query: str, words: str) -> None:
    page = partner.get(f"/{query}").content.decode()
    assert words in page
    assert f'lang="{query[-2:] or "en"}"' in page
