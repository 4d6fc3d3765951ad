"""Who may call what: strangers, signed-in browsers with their CSRF token, machines with theirs."""

import json

import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.web.accounts import tokens
from tests.web.api.conftest import Machine, calls, problem, send
from tests.web.publishing import MOMENT

pytestmark = pytest.mark.django_db
PRIVATE = (
    ("GET", "/sites"),
    ("GET", "/sites/civis/draft"),
    ("PUT", "/sites/civis/draft"),
    ("GET", "/sites/civis/problems"),
    ("POST", "/sites/civis/publish"),
    ("GET", "/sites/civis/versions"),
    ("GET", "/sites/civis/versions/1"),
    ("GET", "/sites/civis/proof"),
    ("GET", "/sites/civis/proof/evidence"),
    ("POST", "/query"),
)
QUESTION = {"dataset": "cookies"}


@pytest.mark.parametrize(("method", "path"), PRIVATE)
def test_a_stranger_is_told_how_to_become_known(
    client: Client, published_site: Version, method: str, path: str
) -> None:
    """Rules: C12, API-01"""
    answer = send(client, method, path, QUESTION if method != "GET" else None)
    assert "Bearer" in problem(answer, 401)["cure"]
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("scheme", ["Bearer bredele_wrong", "Bearer ", "Bearer x", "Basic b3duZXI6cHc=", "bredele_x"])
def test_a_wrong_token_is_refused(client: Client, published_site: Version, scheme: str) -> None:
    """Rules: API-01"""
    problem(send(client, "GET", "/sites", authorization=scheme), 401)


def test_a_wrong_token_is_refused_even_beside_a_session(signed_in: Client) -> None:
    """Rules: API-01"""
    problem(send(signed_in, "GET", "/sites", authorization="Bearer bredele_wrong"), 401)


def test_a_revoked_token_is_refused(published_site: Version) -> None:
    """Rules: API-01"""
    machine = calls(tokens.add("gone", MOMENT))
    assert machine("GET", "/sites").status_code == 200
    tokens.revoke("gone", MOMENT)
    problem(machine("GET", "/sites"), 401)


def test_a_session_without_its_csrf_token_is_403_and_gets_no_cookie(signed_in: Client) -> None:
    """Rules: API-01, C11"""
    for method, path in (("POST", "/query"), ("PUT", "/sites/civis/draft"), ("POST", "/sites/civis/publish")):
        answer = send(signed_in, method, path, QUESTION)
        assert "X-CSRFToken" in problem(answer, 403)["cure"]
        wrong = send(signed_in, method, path, QUESTION, x_csrftoken="x" * 32)
        problem(wrong, 403)


def test_a_session_with_its_csrf_token_is_answered(signed_in: Client) -> None:
    """Rules: API-01, C11"""
    token = signed_in.cookies["csrftoken"].value
    answer = send(signed_in, "POST", "/query", QUESTION, x_csrftoken=token)
    assert answer.status_code == 200, answer.content
    assert next(row["names"] for row in json.loads(answer.content)["rows"]) == ["sessionid"]
    assert "sessionid" not in answer.cookies


def test_the_session_call_tells_who_and_renders_the_token_for_the_signed_in_only(
    client: Client, signed_in: Client
) -> None:
    """Rules: API-01, PLT-02"""
    from tests.web.conftest import browser

    stranger = send(browser("localhost:8000"), "GET", "/session")
    assert json.loads(stranger.content) == {"signed_in": False, "name": None}
    assert not stranger.cookies
    known = send(signed_in, "GET", "/session")
    assert json.loads(known.content) == {"signed_in": True, "name": "owner"}


@pytest.mark.parametrize(("method", "path"), PRIVATE)
def test_a_machine_is_never_given_a_cookie(machine: Machine, method: str, path: str) -> None:
    """Rules: API-01, C11"""
    answer = machine(method, path, QUESTION if path == "/query" else None)
    assert not answer.cookies
    assert answer.status_code != 403


def test_a_reading_token_writes_nothing(reader: Machine) -> None:
    """Rules: API-01"""
    draft = reader("GET", "/sites/civis/draft")
    assert draft.status_code == 200
    saved = reader("PUT", "/sites/civis/draft", draft.content, if_match=draft["ETag"])
    assert "--write" in problem(saved, 403)["cure"]
    problem(reader("POST", "/sites/civis/publish", if_match=draft["ETag"]), 403)


def test_a_token_of_one_site_sees_no_other(asking_site: Version) -> None:
    """Rules: API-01"""
    machine = calls(tokens.add("town only", MOMENT, site="town", may_write=True))
    assert [site["slug"] for site in json.loads(machine("GET", "/sites").content)] == ["town"]
    assert machine("GET", "/sites/town/draft").status_code == 200
    assert "town only" in problem(machine("GET", "/sites/civis/draft"), 403)["detail"]
    problem(machine("POST", "/query", QUESTION), 403)


def test_private_answers_are_kept_by_no_cache(machine: Machine) -> None:
    """Rules: API-01"""
    assert machine("GET", "/sites")["Cache-Control"] == "private, no-store"
