"""The collector over ASGI: statuses, headers, who may post, what is counted."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from bredele.collector import secret
from bredele.collector.app import Collector
from bredele.collector.committer import Full
from bredele.collector.counting import Counting
from bredele.collector.public_post import refuse_cross_site
from bredele.core.declaration import Declaration
from bredele.core.registry import Registry, Site
from bredele.core.settings import Settings
from bredele.core.versions import next_version
from bredele.formats.published import IndexEntry, encode_version, write_index, write_version

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
REGISTRY = Registry(
    site=Site(origin="http://localhost:8000"), cookies=(Declaration(names=("x",), purpose=("social",)),)
)


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Collector]:
    """A collector over one published site."""
    version = next_version(REGISTRY, None, NOW)
    write_version(tmp_path, "town", encode_version(version), 1)
    entry = IndexEntry(slug="town", hosts=("localhost",), origin="http://localhost:8000", default=True, current=1)
    write_index(tmp_path, (entry,))
    settings = Settings(data=tmp_path)
    counting = Counting(settings, lambda: NOW)
    yield Collector(settings, counting, clock=lambda: NOW)
    counting.close()


class Reply:
    """Status, headers and body of an answer."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.body = b""

    async def send(self, message: dict) -> None:
        """Collect one ASGI message."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(name.decode(), value.decode()) for name, value in message["headers"]]
        else:
            self.body += message["body"]

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for header, value in self.headers if header == name]


def post(
    collector: Collector, body: bytes, kind: str = FORM, method: str = "POST", client: str = "127.0.0.1", **headers: str
) -> Reply:
    """One request; header names are written with `_`."""
    given = {"host": "localhost:8000", "content-type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}}
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": "/consent",
        "client": (client, 50_000),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    reply = Reply()

    async def receive() -> dict:
        return {"type": "http.request", "body": body, "more_body": False}

    asyncio.run(collector(scope, receive, reply.send))
    return reply


def counted(collector: Collector) -> dict:
    """Answers in the store."""
    return dict(collector.counting.fresh_store().choices("town", date(2026, 11, 1), date(2026, 11, 30)))


def test_a_form_is_answered_303_with_the_cookie_and_counted(collector: Collector) -> None:
    """Rules: C13"""
    reply = post(collector, b"choice=accept&next=%2Fnews%2F")
    assert (reply.status, reply.all("location")) == (303, ["/news/"])
    (cookie,) = reply.all("set-cookie")
    assert cookie.startswith("cookies_preferences=1.")
    assert "Secure" not in cookie
    assert reply.all("cache-control") == ["no-store"]
    assert counted(collector) == {("2026-11-24", 1, "en", "accepted"): 1}


def test_json_is_answered_200_with_the_choice(collector: Collector) -> None:
    reply = post(collector, b'{"choice": "refuse"}', JSON)
    assert reply.status == 200
    assert msgspec.json.decode(reply.body) == {
        "choice": {"social": False},
        "version": 1,
        "expires": "2027-05-24T12:00:00Z",
        "receipt": None,
    }


def test_the_same_key_is_counted_once_and_answered_again(collector: Collector) -> None:
    """Rules: API-05"""
    replies = [post(collector, b"choice=accept&key=abcdefgh") for _ in range(3)]
    assert {reply.status for reply in replies} == {303}
    assert len({reply.all("set-cookie")[0] for reply in replies}) == 1
    assert counted(collector) == {("2026-11-24", 1, "en", "accepted"): 1}


def test_what_cannot_be_counted_is_answered_all_the_same_and_the_operator_told(
    collector: Collector, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(events: object) -> None:
        raise Full("The disk is full.")

    monkeypatch.setattr(collector.counting.inbox, "keep", full)
    assert post(collector, b"choice=refuse").status == 303
    assert counted(collector) == {}
    assert "not counted: The disk is full." in caplog.text


def test_a_refused_post_sets_nothing_and_says_why_to_a_program_and_to_a_person(collector: Collector) -> None:
    json = post(collector, b'{"choice": "save", "purpose": ["spying"]}', JSON)
    assert (json.status, json.all("content-type")) == (422, ["application/problem+json"])
    problem = msgspec.json.decode(json.body)
    assert (problem["where"], problem["status"]) == ("purpose", 422)
    form = post(collector, b"choice=save&purpose=%3Cscript%3E", accept_language="fr-FR,fr")
    assert form.status == 422
    assert '<html lang="fr" dir="ltr">' in form.body.decode()
    assert "<script>" not in form.body.decode()
    assert json.all("set-cookie") == form.all("set-cookie") == []
    assert counted(collector) == {}


def test_other_methods_are_told_what_to_use(collector: Collector) -> None:
    reply = post(collector, b"", method="GET")
    assert (reply.status, reply.all("allow")) == (405, ["POST"])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"sec_fetch_site": "same-origin"}, 303),
        ({"sec_fetch_site": "none"}, 303),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": "same-origin", "origin": "null"}, 303),
        ({"origin": "http://localhost:8000"}, 303),
        ({"origin": "null"}, 403),
        ({"origin": "https://localhost:8000"}, 403),
        ({"origin": "http://town.localhost:8000"}, 403),
    ],
)
def test_only_the_site_itself_and_scripts_may_post(collector: Collector, headers: dict[str, str], status: int) -> None:
    assert post(collector, b"choice=refuse", **headers).status == status


def test_the_rule_reads_sec_fetch_site_before_origin() -> None:
    assert refuse_cross_site({"sec-fetch-site": "same-origin", "origin": "http://evil"}, "http://good") is None
    assert refuse_cross_site({"origin": "http://evil"}, "http://good")


def test_a_body_that_never_ends_is_cut_off(collector: Collector) -> None:
    assert post(collector, b"choice=accept&x=" + b"y" * 100_000).status == 413


def test_an_unknown_host_is_answered_for_the_default_site(collector: Collector) -> None:
    assert post(collector, b"choice=refuse", host="unknown.example").status == 303


def test_nothing_of_the_visitor_reaches_a_file(collector: Collector, tmp_path: Path) -> None:
    """Rules: PLT-11"""
    post(
        collector,
        b"choice=accept&key=canary-key-1",
        user_agent="CanaryBrowser/1.0",
        x_forwarded_for="203.0.113.77",
        cookie="x=canaryvalue",
        referer="https://canary.example/path",
    )
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"anary" not in path.read_bytes()
            assert b"203.0.113" not in path.read_bytes()


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = secret.load(tmp_path / "var")
    assert len(first) == 64
    assert secret.load(tmp_path / "var") == first
    assert (tmp_path / "var" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret.key"]
    assert secret.key(Settings(data=tmp_path / "var", secret="stated")) == b"stated"
