"""The OpenAPI document is complete, true to the answers, and readable without a script or a cookie."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from bredele.core.registry import Version
from bredele.web.api.api import api
from bredele.web.api.urls import calls
from tests.web.api.conftest import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client: Client, published_site: Version) -> dict[str, Any]:
    """The document as it is served."""
    answer = send(client, "GET", "/openapi.json")
    assert answer.status_code == 200
    assert not answer.cookies
    found: dict[str, Any] = json.loads(answer.content)
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Method, path and operation of every call."""
    return [(method, path, found) for path, methods in document["paths"].items() for method, found in methods.items()]


def test_the_documentation_lists_every_call_and_no_other(document: dict[str, Any], root: Path) -> None:
    """Rules: API-06, API-01"""
    page = (root / "docs" / "api.md").read_text()
    listed = set(re.findall(r"^\| `([A-Z]+ /api/v1/[^`]+)`", page, re.MULTILINE))
    assert listed == {f"{method.upper()} {path}" for method, path, _ in operations(document)}


def references(part: Any) -> set[str]:
    """Everything it refers to."""
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*(references(value) for value in part.values()))
    return set().union(*(references(value) for value in part)) if isinstance(part, list) else set()


def test_every_address_of_the_api_is_in_it(document: dict[str, Any]) -> None:
    """Rules: API-06"""
    routes = {str(one.pattern) for one in calls() if isinstance(one, URLPattern)} - {"openapi.json"}
    written = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route) for route in routes}
    listed = {re.sub(r"\{(?:\w+:)?(\w+)\}", r"{\1}", path.removeprefix("/api/v1/")) for path in document["paths"]}
    assert written == listed


def test_it_is_made_once_however_often_it_is_asked_for() -> None:
    assert api.get_openapi_schema() is api.get_openapi_schema()


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert references(document) <= known


def test_every_call_says_what_it_is_and_what_it_answers(document: dict[str, Any]) -> None:
    found = operations(document)
    assert len({one["operationId"] for _, _, one in found}) == len(found)
    for method, path, one in found:
        assert one["summary"], path
        assert one["description"], path
        assert any(status < "400" for status in map(str, one["responses"])), (method, path)


def test_errors_are_described_as_problems(document: dict[str, Any]) -> None:
    """Rules: API-05"""
    for _, path, one in operations(document):
        for status, response in one["responses"].items():
            if int(status) >= 400:
                content = response["content"]
                assert list(content) == ["application/problem+json"], path
                assert content["application/problem+json"]["schema"]["$ref"].endswith("/ProblemOut")


def test_what_needs_a_caller_says_so_and_nothing_else_does(document: dict[str, Any]) -> None:
    """Rules: API-01"""
    for _, path, one in operations(document):
        private = "/sites" in path or path.endswith("/query")
        assert ("security" in one) is private, path
        assert ("401" in map(str, one["responses"])) is private, path


def test_the_document_s_own_examples_of_answers_fit_it(document: dict[str, Any], client: Client) -> None:
    """Each open table has exactly the fields its component requires."""
    for path, component in (("/cookies", "CookiesOut"), ("/choices", "ChoicesOut"), ("/views", "ViewsOut")):
        schema = document["components"]["schemas"][component]
        body = json.loads(send(client, "GET", path).content)
        assert set(schema["required"]) <= body.keys() <= set(schema["properties"]), path


def test_the_documentation_page_lists_every_call_without_a_cookie_or_a_script(
    document: dict[str, Any], client: Client
) -> None:
    """Rules: C1, PLT-02"""
    page = send(client, "GET", "/docs")
    text = unescape(page.content.decode())
    assert not page.cookies
    assert "<script" not in text
    for _, _, one in operations(document):
        assert one["summary"] in text
    assert 'id="problems"' in text


def test_the_root_leads_to_the_documentation(client: Client, published_site: Version) -> None:
    answer = client.get("/api/v1/")
    assert (answer.status_code, answer["Location"]) == (302, "/api/v1/docs")
