"""Open data: what anyone may read, and what every wrong question is told."""

import json
from typing import Any

import pytest
from django.test import Client

from bredele.core.registry import Version
from tests.web.api.conftest import Machine, problem, send
from tests.web.conftest import browser

pytestmark = pytest.mark.django_db


def rows(answer: Any) -> list[dict[str, Any]]:
    """The rows of a table."""
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = json.loads(answer.content)["rows"]
    return found


@pytest.mark.parametrize("path", ["/cookies", "/choices", "/views", "/views?by=page", "/views?by=day"])
def test_a_stranger_reads_every_table_from_any_page_without_a_cookie(
    client: Client, published_site: Version, path: str
) -> None:
    """Rules: C10, PLT-02"""
    answer = send(client, "GET", path)
    rows(answer)
    assert not answer.cookies
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer


def test_the_cookies_are_those_of_the_version_in_force_in_the_language_asked_for(
    client: Client, published_site: Version
) -> None:
    """Rules: POL-03, C9"""
    english, french = (json.loads(send(client, "GET", f"/cookies?lang={code}").content) for code in ("en", "fr"))
    assert (english["language"], french["language"]) == ("en", "fr")
    assert english["version"] == published_site.number
    assert [row["names"] for row in english["rows"]] == [list(entry.names) for entry in published_site.registry.cookies]
    assert english["rows"][0]["lifetime_text"] != french["rows"][0]["lifetime_text"]


def test_each_host_gives_its_own_site(asking_site: Version) -> None:
    town = json.loads(send(browser("town.localhost:8000"), "GET", "/cookies").content)
    assert town["site"] == "http://town.localhost:8000"
    assert ["theme"] in [row["names"] for row in town["rows"]]


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/views?by=minute", "query.by"),
        ("/views?by=visitor", "query.by"),
        ("/views?from=yesterday", "query.from"),
        ("/views?from=2026-13-01", "query.from"),
        ("/choices?to=x", "query.to"),
    ],
)
def test_a_parameter_of_the_wrong_shape_is_422_with_its_place_and_cure(
    client: Client, published_site: Version, path: str, where: str
) -> None:
    """Rules: API-05"""
    told = problem(send(client, "GET", path), 422)
    assert [place["where"] for place in told["errors"]] == [where]
    assert all(place["message"] and place["cure"] for place in told["errors"])


@pytest.mark.parametrize(
    "path",
    [
        "/views?from=2026-11-20&to=2026-11-01",
        "/views?from=2021-01-01&to=2026-01-01",
        "/views?by=hour",
        "/views?from=0001-01-01&to=0001-01-02",
    ],
)
def test_a_question_no_table_answers_is_422_with_a_cure(client: Client, published_site: Version, path: str) -> None:
    """Rules: API-05, ANA-14"""
    told = problem(send(client, "GET", path), 422)
    assert told["cure"]


WRONG: tuple[tuple[Any, str], ...] = (
    (b"", "body"),
    (b"not json", "body"),
    (b"\x00\xff\xfe", "body"),
    (b"[]", "body"),
    (b"null", "body"),
    (b'"cookies"', "body"),
    (b"12", "body"),
    ({}, "body.dataset"),
    ({"dataset": None}, "body.dataset"),
    ({"dataset": "visitors"}, "body.dataset"),
    ({"dataset": ["cookies"]}, "body.dataset"),
    ({"dataset": "views", "by": "ip"}, "body.by"),
    ({"dataset": "views", "from": "soon"}, "body.from"),
    ({"dataset": "views", "filter": {"page": "/"}}, "body.filter"),
)


@pytest.mark.parametrize(("body", "where"), WRONG, ids=[str(body)[:30] for body, _ in WRONG])
def test_a_body_of_the_wrong_shape_is_422_with_its_place(machine: Machine, body: Any, where: str) -> None:
    """Rules: API-05"""
    told = problem(machine("POST", "/query", body), 422)
    assert where in [place["where"] for place in told["errors"]]
    assert all(place["cure"] for place in told["errors"])


def test_a_grouping_belongs_to_views_only(machine: Machine) -> None:
    assert "by" in problem(machine("POST", "/query", {"dataset": "cookies", "by": "day"}), 422)["detail"]


def test_a_body_of_five_megabytes_is_413(machine: Machine) -> None:
    told = problem(machine("POST", "/query", b'{"dataset": "' + b"x" * 5_000_000 + b'"}'), 413)
    assert told["cure"]


def test_a_deeply_nested_body_is_refused_and_answered(machine: Machine) -> None:
    problem(machine("POST", "/query", b"[" * 100_000), 422)


@pytest.mark.parametrize("dataset", ["cookies", "choices", "views"])
def test_the_same_table_comes_by_get_and_by_post(client: Client, machine: Machine, dataset: str) -> None:
    """Rules: API-01"""
    assert rows(send(client, "GET", f"/{dataset}")) == rows(machine("POST", "/query", {"dataset": dataset}))


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("POST", "/cookies", "GET"), ("GET", "/query", "POST"), ("DELETE", "/sites/civis/draft", "GET, PUT")],
)
def test_a_wrong_method_is_405_and_says_the_right_ones(
    client: Client, published_site: Version, method: str, path: str, allowed: str
) -> None:
    answer = send(client, method, path)
    problem(answer, 405)
    assert {name.strip() for name in answer["Allow"].split(",")} >= set(allowed.split(", "))


@pytest.mark.parametrize("path", ["/nowhere", "/sites/civis/nowhere", "/cookies/", "//"])
def test_an_address_it_does_not_have_is_a_problem_too(client: Client, published_site: Version, path: str) -> None:
    problem(send(client, "GET", path), 404)


def test_head_is_answered_where_get_is(client: Client, published_site: Version) -> None:
    answer = send(client, "HEAD", "/cookies")
    assert (answer.status_code, answer.content) == (200, b"")
