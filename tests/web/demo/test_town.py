"""The town's cookies are set only by their verdict, exactly as declared, and no form of it believes what it is sent."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests.web.demo.conftest import answer, ask, given

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/", "/news/", "/bookshop/", "/bookshop/cart/", "/film/", "/what-happened/", "/lost/"]
)
def test_no_page_sets_anything_before_an_answer(town: Client, path: str) -> None:
    """Rules: BAN-01, PLT-02"""
    response = ask(town, path)
    assert response.status_code == (404 if path == "/lost/" else 200)
    assert not response.cookies
    assert b"partner.localhost:8000/frame" not in response.content


def test_a_book_is_put_into_the_cart_without_asking(town: Client) -> None:
    """Rules: REG-03"""
    response = ask(town, "/bookshop/cart/", {"book": "bredele", "change": "add", "next": "/bookshop/?added=bredele"})
    assert (response.status_code, response["Location"]) == (303, "/bookshop/?added=bredele")
    cookie = given(response)["cart"]
    assert (cookie.value, cookie.session, cookie.http_only, cookie.same_site, cookie.path) == (
        "bredele.1", True, True, "Lax", "/"
    )  # fmt: skip


def test_an_emptied_cart_leaves_no_cookie(town: Client) -> None:
    ask(town, "/bookshop/cart/", {"book": "bredele", "change": "add"})
    response = ask(town, "/bookshop/cart/", {"book": "bredele", "change": "remove"})
    assert given(response)["cart"].max_age == 0


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/bookshop/cart/", {"book": "no-such-book", "change": "add"}),
        ("/bookshop/cart/", {"book": "bredele", "change": "steal"}),
        ("/bookshop/cart/", {}),
        ("/theme/", {"theme": "night"}),
        ("/theme/", {}),
    ],
)
def test_what_is_not_offered_is_422_and_sets_nothing(town: Client, path: str, fields: dict[str, str]) -> None:
    response = ask(town, path, fields)
    assert response.status_code == 422
    assert b"must be one of" in response.content
    assert not response.cookies


@pytest.mark.parametrize("path", ["/bookshop/cart/", "/theme/"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_fill_the_cart_or_change_the_season(town: Client, path: str, site: str) -> None:
    """Rules: BAN-07"""
    fields = {"book": "bredele", "change": "add", "theme": "advent"}
    response = ask(town, path, fields, sec_fetch_site=site)
    assert response.status_code == 403
    assert not response.cookies


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1"])
def test_no_form_leads_to_another_site(town: Client, target: str) -> None:
    for path, fields in (
        ("/bookshop/cart/", {"book": "bredele", "change": "add"}),
        ("/theme/", {"theme": "advent"}),
    ):
        location = ask(town, path, {**fields, "next": target})["Location"]
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))


def test_a_season_is_in_the_address_until_it_may_be_remembered(town: Client) -> None:
    """Rules: BAN-01"""
    before = ask(town, "/theme/", {"theme": "advent", "next": "/news/?q=1&theme=cherry"})
    assert (before["Location"], len(before.cookies)) == ("/news/?q=1&theme=advent", 0)
    answer(town, "save", "personalisation")
    after = ask(town, "/theme/", {"theme": "advent", "next": "/news/"})
    assert after["Location"] == "/news/"
    assert given(after)["theme"].value == "advent"
    assert b'data-season="advent"' in ask(town, "/bookshop/").content


@pytest.mark.parametrize("value", ["night", "", "<script>", "advent;x"])
def test_a_season_nobody_offers_is_not_worn(town: Client, value: str) -> None:
    answer(town, "save", "personalisation")
    town.cookies["theme"] = value
    assert b'data-season="cherry"' in ask(town, "/").content
    assert b'data-season="cherry"' in ask(town, f"/?theme={quote(value)}").content


def test_pages_are_counted_in_the_visitor_s_own_cookie_up_to_ten(town: Client) -> None:
    """Rules: BAN-01"""
    answer(town, "save", "measurement")
    counts = []
    for _ in range(12):
        response = ask(town, "/news/")
        counts.append(given(response)["pages_read"].value)
    assert counts == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "10", "10"]


@pytest.mark.parametrize("value", ["0", "-3", "11", "ten", "9e9", "1 "])
def test_a_forged_count_starts_again(town: Client, value: str) -> None:
    answer(town, "save", "measurement")
    town.cookies["pages_read"] = value
    assert given(ask(town, "/news/"))["pages_read"].value == "1"


def test_the_box_is_on_the_page_only_after_a_grant(town: Client) -> None:
    """Rules: C17, BAN-01"""
    assert b"<iframe" not in ask(town, "/news/").content
    answer(town, "save", "advertising")
    page = ask(town, "/news/").content.decode()
    assert 'src="http://partner.localhost:8000/frame/?page=%2Fnews%2F&amp;lang=en"' in page
    assert "<iframe" in ask(town, "/film/").content.decode()
    answer(town, "refuse")
    assert b"<iframe" not in ask(town, "/news/").content
