"""The platform below `/bredele/` of another site's origin: same answers, addresses that lead through the proxy."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bredele.collector.prefix import stripped
from bredele.web.prefix import Prefixed
from tests.serving import Answer, Demo, Running

TOWN = "town.localhost"


@pytest.fixture(scope="module")
def server(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demo behind a proxy of this machine."""
    data: Path = tmp_path_factory.mktemp("prefixed")
    with demo(data, BREDELE_TRUSTED_PROXIES="127.0.0.1") as served:
        yield served


def addresses(answer: Answer) -> set[str]:
    return set(re.findall(r'\s(?:href|src|action)="(/[^"]*)"', answer.body))


def test_every_address_of_a_page_leads_through_the_proxy(server: Running) -> None:
    page = server.ask("/bredele/terms/cookies-policy/", host=TOWN)
    assert page.status == 200
    assert addresses(page)
    assert {one for one in addresses(page) if not one.startswith("/bredele/")} == set()
    assert 'name="next" value="/bredele/terms/cookies-policy/"' in page.body
    assert int(page.headers["content-length"]) == len(page.body.encode())


def test_the_same_page_without_the_prefix_is_untouched(server: Running) -> None:
    page = server.ask("/terms/cookies-policy/", host=TOWN)
    assert not any(one.startswith("/bredele/") for one in addresses(page))


def test_every_address_so_made_answers(server: Running) -> None:
    page = server.ask("/bredele/cookies/preferences/", host=TOWN)
    pages = [one for one in addresses(page) if one not in ("/bredele/consent", "/bredele/language/")]
    assert {one: server.ask(one, host=TOWN).status for one in pages} == dict.fromkeys(pages, 200)


def test_the_widget_and_its_configuration_are_there(server: Running) -> None:
    assert server.ask("/bredele/bredele.js", host=TOWN).body == server.ask("/bredele.js").body
    said = json.loads(server.ask("/bredele/bredele.json?lang=fr", host=TOWN).body)
    assert 'action="/consent"' in said["html"]  # the widget puts its own base before it, whatever that is


def test_a_choice_through_the_proxy_is_set_by_the_server_for_the_whole_site(server: Running) -> None:
    """Rules: PLT-08"""
    answer = server.ask(
        "/bredele/consent",
        host=TOWN,
        method="POST",
        body="choice=accept&version=1&next=/blog/",
        Content_Type="application/x-www-form-urlencoded",
        Sec_Fetch_Site="same-origin",
    )
    assert (answer.status, answer.headers["location"]) == (303, "/blog/")
    assert "Path=/;" in answer.cookies[0]
    assert "Domain" not in answer.cookies[0]


def test_a_redirection_of_the_platforms_own_keeps_the_prefix(server: Running) -> None:
    assert (
        server.ask("/bredele/terms/cookies-policy", host=TOWN).headers["location"] == "/bredele/terms/cookies-policy/"
    )


def test_a_proxy_that_strips_the_prefix_says_so(server: Running) -> None:
    page = server.ask("/data/", host="inner", X_Forwarded_Host=TOWN, X_Forwarded_Prefix="/bredele")
    assert "Kirschwihr" in page.body
    assert all(one.startswith("/bredele/") for one in addresses(page))


def test_another_prefix_is_not_believed(server: Running) -> None:
    page = server.ask("/data/", host=TOWN, X_Forwarded_Prefix='/x" onload="')
    assert "onload" not in page.body


def test_a_copy_is_confirmed_as_current_under_the_prefix_too(server: Running) -> None:
    page = server.ask("/bredele/data/", host=TOWN)
    assert server.ask("/bredele/data/", host=TOWN, If_None_Match=page.headers["etag"]).status == 304


def test_what_only_looks_like_the_prefix_is_no_prefix() -> None:
    for path in ("/bredele.js", "/bredele", "/bredeleX/", "/x/bredele/"):
        scope = {"path": path, "headers": []}
        assert stripped(scope, trusted=False) == (scope, False)


def test_a_page_in_pieces_is_rewritten_as_a_whole() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def page() -> None:
        out = Prefixed(send)
        headers = [(b"Content-Type", b"text/html"), (b"Content-Length", b"9")]
        await out({"type": "http.response.start", "status": 200, "headers": headers})
        await out({"type": "http.response.body", "body": b"<a hre", "more_body": True})
        await out({"type": "http.response.body", "body": b'f="/x/"><a href="//other/"><p title="/y">'})

    asyncio.run(page())
    assert sent[1]["body"] == b'<a href="/bredele/x/"><a href="//other/"><p title="/y">'
    assert dict(sent[0]["headers"])[b"content-length"] == str(len(sent[1]["body"])).encode()
