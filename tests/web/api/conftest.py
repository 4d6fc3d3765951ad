"""Callers of the API: a machine with a token, a signed-in browser, a stranger; and the one shape of every error."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from bredele.core.registry import Version
from bredele.web.accounts import tokens
from tests.web.conftest import browser
from tests.web.publishing import MOMENT

Machine = Callable[..., HttpResponse]
API = "/api/v1"


@pytest.fixture
def machine(published_site: Version) -> Machine:
    """`machine("GET", "/sites")`: a call with a token that may write, which carries no cookie."""
    token = tokens.add("a machine", MOMENT, may_write=True)
    return calls(token)


@pytest.fixture
def reader(published_site: Version) -> Machine:
    """A token that may only read."""
    return calls(tokens.add("a reader", MOMENT))


def calls(token: str) -> Machine:
    """A caller with this token; a dict or list is sent as JSON, bytes as they are."""
    client = browser("localhost:8000")

    def call(method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return send(client, method, path, body, authorization=f"Bearer {token}", **headers)

    return call


def send(client: Client, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
    """One call; `_` in a header's name means `-`."""
    content = body if isinstance(body, (bytes, str)) or body is None else json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer: HttpResponse = client.generic(
        method, API + path, content or b"", content_type="application/json", headers=named
    )
    return answer


def problem(answer: HttpResponse, status: int) -> dict[str, Any]:
    """The body of an error, after everything every error has in common (RFC 9457)."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    body: dict[str, Any] = json.loads(answer.content)
    assert {"type", "title", "status", "detail", "cure", "errors"} == body.keys()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["type"].startswith("/api/v1/docs")
    assert all({"where", "message", "cure"} == place.keys() for place in body["errors"])
    return body
