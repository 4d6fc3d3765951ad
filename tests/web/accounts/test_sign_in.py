"""Sign-in and sign-out: which cookies, when, with which attributes."""

from datetime import timedelta
from http.cookies import Morsel

import pytest
from django.test import Client
from pytest_django import Settings as SettingsWrapper

from bredele.core.registry import Version
from tests.web.conftest import PASSWORD, browser

LOGIN, LOGOUT = "/accounts/login/", "/accounts/logout/"


def token_of(client: Client, path: str = LOGIN) -> str:
    """The token in a page's form."""
    page = client.get(path).content.decode()
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def sign_in(client: Client, name: str, **more: str) -> "dict[str, Morsel[str]]":
    """The cookies of the answer to a good sign-in."""
    form = {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": token_of(client), **more}
    answer = client.post(LOGIN, form)
    assert (answer.status_code, answer["Location"]) == (302, "/backoffice/")
    return dict(answer.cookies)


def attributes(morsel: "Morsel[str]") -> dict[str, object]:
    """What a Set-Cookie says beside name and value."""
    return {key: value for key, value in morsel.items() if value}


@pytest.mark.parametrize("path", ["/", "/terms/cookies-policy/", "/cookies/preferences/", "/data/", "/readyz"])
def test_a_public_page_sets_nothing(client: Client, published_site: Version, path: str) -> None:
    """Rules: C1, PLT-02"""
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies


def test_the_sign_in_page_sets_csrftoken_and_nothing_else(client: Client, published_site: Version) -> None:
    """Rules: C2, PLT-01"""
    cookies = client.get(LOGIN).cookies
    assert list(cookies) == ["csrftoken"]
    assert attributes(cookies["csrftoken"]) == {"path": "/", "samesite": "Lax"}


def test_sign_in_sets_a_browser_session_and_renews_csrftoken(
    client: Client, owner: str, published_site: Version
) -> None:
    """Rules: C3, PLT-03, PLT-04, PLT-07"""
    before = client.get(LOGIN).cookies["csrftoken"].value
    cookies = sign_in(client, owner)
    assert set(cookies) == {"sessionid", "csrftoken"}
    assert attributes(cookies["sessionid"]) == {"path": "/", "samesite": "Lax", "httponly": True}
    assert cookies["csrftoken"].value != before


def test_stay_signed_in_keeps_it_fourteen_days(client: Client, owner: str, published_site: Version) -> None:
    """Rules: C3, PLT-04"""
    session = sign_in(client, owner, remember="on")["sessionid"]
    assert session["max-age"] == timedelta(days=14).total_seconds()


def test_an_email_signs_in_too(client: Client, owner: str, published_site: Version) -> None:
    assert "sessionid" in sign_in(client, "owner@example.org")


def test_sign_in_gives_a_new_session_id(client: Client, owner: str, published_site: Version) -> None:
    """Rules: PLT-03"""
    client.cookies["sessionid"] = "planted0planted0planted0planted0"
    assert sign_in(client, owner)["sessionid"].value != "planted0planted0planted0planted0"


def test_over_https_both_cookies_are_secure(
    client: Client, owner: str, published_site: Version, settings: SettingsWrapper
) -> None:
    """Rules: C2, C3, PLT-03"""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    cookies = sign_in(client, owner)
    assert cookies["sessionid"]["secure"]
    assert cookies["csrftoken"]["secure"]


def test_a_wrong_password_sets_no_session(client: Client, owner: str, published_site: Version) -> None:
    form = {"login": owner, "password": "wrong", "csrfmiddlewaretoken": token_of(client)}
    answer = client.post(LOGIN, form)
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    assert 'role="alert"' in answer.content.decode()


def test_sign_out_deletes_sessionid_and_leaves_the_others(signed_in: Client) -> None:
    """Rules: C6, PLT-03"""
    signed_in.cookies["django_language"] = "en"
    answer = signed_in.post(LOGOUT, {"csrfmiddlewaretoken": token_of(signed_in, LOGOUT)})
    assert answer.status_code == 302
    assert list(answer.cookies) == ["sessionid"]
    assert answer.cookies["sessionid"]["max-age"] == 0
    assert signed_in.get("/backoffice/").status_code == 302


def test_sign_out_needs_its_form(signed_in: Client) -> None:
    """Rules: API-01"""
    assert signed_in.post(LOGOUT).status_code == 403
    assert signed_in.get("/backoffice/").status_code == 200


def test_the_back_office_sends_a_stranger_to_the_sign_in(client: Client, published_site: Version) -> None:
    """Rules: C12"""
    answer = client.get("/backoffice/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)
    assert not answer.cookies


def test_sign_in_returns_to_the_page_asked_for_and_to_no_other_site(
    client: Client, owner: str, published_site: Version
) -> None:
    good = {"login": owner, "password": PASSWORD, "csrfmiddlewaretoken": token_of(client), "next": "/data/"}
    assert client.post(LOGIN, good)["Location"] == "/data/"
    other = browser("localhost:8000")
    bad = {**good, "csrfmiddlewaretoken": token_of(other), "next": "https://evil.example/"}
    assert other.post(LOGIN, bad)["Location"] == "/backoffice/"


def test_nobody_can_sign_up(client: Client, published_site: Version) -> None:
    assert client.get("/accounts/signup/").status_code == 404


def test_password_managers_find_their_fields(client: Client, published_site: Version) -> None:
    """Rules: PLT-09"""
    page = client.get(LOGIN).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "placeholder" not in page


def test_the_password_can_be_changed_and_the_session_stays(signed_in: Client) -> None:
    page = signed_in.get("/accounts/password/").content.decode()
    assert 'autocomplete="new-password"' in page
    new = "quite another phrase 9"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    answer = signed_in.post(
        "/accounts/password/", {**form, "csrfmiddlewaretoken": token_of(signed_in, "/accounts/password/")}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/backoffice/")
    assert signed_in.get("/backoffice/").status_code == 200


def test_a_short_password_is_refused_with_words(signed_in: Client) -> None:
    form = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    answer = signed_in.post(
        "/accounts/password/", {**form, "csrfmiddlewaretoken": token_of(signed_in, "/accounts/password/")}
    )
    assert answer.status_code == 200
    assert "12" in answer.content.decode()


def test_the_sign_out_page_says_who_is_signed_in(signed_in: Client) -> None:
    assert "You are signed in as owner." in signed_in.get(LOGOUT).content.decode()
