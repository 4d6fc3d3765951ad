"""The short way of an event through the server: byte for byte what the app answers, and nothing else goes it."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bredele.collector import collect
from bredele.collector.alone import Alone
from bredele.collector.committer import Full
from bredele.collector.direct import DirectProtocol
from bredele.collector.request import Receive, Scope, Send
from bredele.core.settings import Settings
from tests.collector.conftest import FIREFOX, NOON, publish
from tests.serving import free_port

BODY = b'{"name":"view","url":"http://town.example/a","referrer":"","width":1280}'
SHOP = BODY.replace(b"town", b"shop")


def post(
    body: bytes = BODY,
    path: str = "/collect",
    host: str = "town.example",
    method: str = "POST",
    http: str = "1.1",
    **more: str,
) -> bytes:
    """A request as it goes over the wire; `_` in a header name means `-`."""
    headers = {"Host": host, "User_Agent": FIREFOX, "Content_Length": str(len(body)), **more}
    lines = [
        f"{method} {path} HTTP/{http}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items() if value),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def twice(request: bytes, line: bytes) -> bytes:
    """The request with one header line more."""
    return request.replace(b"\r\n\r\n", b"\r\n" + line + b"\r\n\r\n", 1)


ORDINARY = {
    "a view": [post()],
    "a view of a site that tells visitors": [post(SHOP, host="shop.example")],
    "a browser that objects": [post(Sec_GPC="1")],
    "a choice that objects": [post(Cookie="cookies_preferences=1.1y0.0")],
    "a robot": [post(User_Agent="curl/8")],
    "no JSON": [post(b"{")],
    "an unknown field": [post(b'{"name":"view","url":"/","id":1}')],
    "no body": [post(b"")],
    "another site's page": [post(Sec_Fetch_Site="cross-site", Origin="http://other.example")],
    "a page of another site": [post(BODY.replace(b"town", b"quiet"))],
    "by a proxy": [post(host="inner", X_Forwarded_Host="town.example", X_Forwarded_For="8.8.8.8")],
    "one after the other": [post(), post(b"{"), post()],
    "and close": [post(Connection="close")],
}
"""Requests that are answered without the app."""
OTHERS = {
    "too much": [post(b"x" * 5000)],
    "too much in pieces, and a view after it": [post(b"x" * 5000)[:3000], post(b"x" * 5000)[3000:], post()],
    "by two proxies": [twice(post(host="inner", X_Forwarded_Host="shop.example"), b"X-Forwarded-Host: town.example")],
    "as two browsers": [twice(post(User_Agent="curl/8"), b"User-Agent: Mozilla/5.0 Firefox/147.0")],
    "in small pieces": [post()[:20], post()[20:200], post()[200:230], post()[230:]],
    "in chunks": [
        post(b"", Content_Length="", Transfer_Encoding="chunked"),
        *(b"%x\r\n%s\r\n" % (len(part), part) for part in (BODY[:9], BODY[9:])),
        b"0\r\n\r\n",
    ],
    "the image": [post(b"", method="GET", Referer="http://town.example/a")],
    "another method": [post(method="PUT")],
    "another path": [post(path="/elsewhere")],
    "a query": [post(path="/collect?x=1")],
    "behind the prefix": [post(path="/bredele/collect")],
    "a proxy's prefix": [post(X_Forwarded_Prefix="/bredele")],
    "a choice": [post(b"choice=refuse", path="/consent", Content_Type="application/x-www-form-urlencoded")],
    "HTTP/1.0": [post(http="1.0")],
    "expecting a word": [post(Expect="100-continue")],
    "a piece of one, then whole ones": [post()[:50], post()[50:], post(), post(b"{")],
    "another path between events": [post(), post(path="/elsewhere"), post(), post(b"{")],
    "a head that ends early": [post().replace(b"\r\nContent", b"\n\nContent")],
    "no HTTP": [b"hello\r\n\r\n"],
}
"""Requests that are the app's."""
NO_HTTP = ("no HTTP", "a head that ends early")
"""Nobody is asked about these."""
END = post(b"", path="/healthz", method="GET", Connection="close")


class Counted(Alone):
    """An app that counts how often it is asked for anything but its health."""

    asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += scope["path"] != "/healthz"
        await super().__call__(scope, receive, send)


@contextmanager
def served(data: Path, protocol: type[Any], keep_alive: float = 5) -> Iterator[tuple[int, Counted]]:
    """The collector behind one of the protocols, on a free port."""
    publish(
        data,
        ("town", "town.example", "pageviews"),
        ("shop", "shop.example", "visitors"),
        ("quiet", "quiet.example", "off"),
    )
    app, port = Counted(Settings(data=data, trusted_proxies=("127.0.0.1",)), lambda: NOON), free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            port=port,
            http=protocol,
            lifespan="off",
            log_level="critical",
            proxy_headers=False,
            timeout_keep_alive=keep_alive,  # type: ignore[arg-type]  # parts of a second do as well
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield port, app
    finally:
        server.should_exit = True
        thread.join(20)
        app.counting.close()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[tuple[int, Counted], tuple[int, Counted]]]:
    """uvicorn's own protocol and ours."""
    with (
        served(tmp_path_factory.mktemp("own"), HttpToolsProtocol) as own,
        served(tmp_path_factory.mktemp("ours"), DirectProtocol) as ours,
    ):
        yield own, ours


def answer_each(port: int, requests: list[bytes]) -> None:
    """Send each when the one before is answered."""
    with socket.create_connection(("127.0.0.1", port), 20) as line:
        for request in requests:
            line.sendall(request)
            assert line.recv(65536).startswith(b"HTTP/1.1 ")


def talk(port: int, parts: list[bytes], end: bytes = END) -> bytes:
    """All that is answered to these parts, sent a moment apart, without the date; the last request closes."""
    said = b""
    with socket.create_connection(("127.0.0.1", port), 20) as line, suppress(ConnectionError):
        for part in (*parts, end):
            line.sendall(part)
            time.sleep(0.01)
        while more := line.recv(65536):
            said += more
    return re.sub(rb"date: [^\r]*", b"date", said)


@pytest.mark.parametrize("parts", [*ORDINARY.values(), *OTHERS.values()], ids=[*ORDINARY, *OTHERS])
def test_the_answer_is_the_apps_own(both: tuple[tuple[int, Counted], tuple[int, Counted]], parts: list[bytes]) -> None:
    """Rules: ANA-13, ANA-22"""
    (own, _), (ours, _) = both
    expected = talk(own, parts)
    assert expected.startswith(b"HTTP/1.1 ")
    assert talk(ours, parts) == expected


@pytest.mark.parametrize("name", [*ORDINARY, *(name for name in OTHERS if name not in NO_HTTP)])
def test_ordinary_events_go_the_short_way_and_all_else_to_the_app(
    both: tuple[tuple[int, Counted], tuple[int, Counted]], name: str
) -> None:
    port, app = both[1]
    before = app.asked
    if name == "one after the other":  # who does not wait for each answer is answered in order, by the app
        answer_each(port, ORDINARY[name])
    else:
        talk(port, (ORDINARY | OTHERS)[name])
    assert (app.asked == before) is (name in ORDINARY)


def test_requests_sent_without_waiting_are_answered_in_their_order(
    both: tuple[tuple[int, Counted], tuple[int, Counted]],
) -> None:
    many = post() + post(b"{") + post(path="/elsewhere") + post(Sec_GPC="1") + post(b"{")
    found = [re.findall(rb"HTTP/1.1 (\d+)", talk(port, [many])) for port, _ in both]
    assert found == [[b"202", b"422", b"404", b"202", b"422", b"200"]] * 2


def test_what_is_counted_is_what_the_app_counts(tmp_path: Path) -> None:
    """Robots apart, each from its country, as its browser: answers alone tell none of it. Rules: ANA-13, ANA-22"""
    found = []
    for name, protocol in (("own", HttpToolsProtocol), ("ours", DirectProtocol)):
        with served(tmp_path / name, protocol) as (port, app):
            for parts in (ORDINARY | OTHERS).values():
                talk(port, parts)
            store, day = app.counting.fresh_store(), app.counting.now().date()
            cells = [
                store.daily(site, kind, day, day)
                for site in ("town", "shop")
                for kind in ("country", "browser", "page")
            ]
            found.append(([dict(store.hourly(site, day, day)) for site in ("town", "shop", "quiet")], cells))
    own, ours = found
    assert ours == own
    totals = own[0][0]
    assert (
        sum(by for (_, metric), by in totals.items() if metric == "bots") == 2
    )  # of a repeated header the first counts
    assert {value for _, value, _ in own[1][0]} == {"US", "unknown"}


def test_what_is_answered_is_counted(tmp_path: Path) -> None:
    with served(tmp_path, DirectProtocol) as (port, app):
        for _ in range(3):
            assert talk(port, [post() + post()]).count(b"HTTP/1.1 202") == 2
        day = app.counting.now().date()
        hourly = app.counting.fresh_store().hourly("town", day, day)
        assert sum(total for (_, metric), total in hourly.items() if metric == "views") == 6
        assert app.collect.answers[202] == 6


def test_a_body_that_does_not_come_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "BODY_SECONDS", 0.1)
    with served(tmp_path, DirectProtocol) as (port, _):
        assert talk(port, [post()[:-10]], end=b"").startswith(b"HTTP/1.1 408 ")
        monkeypatch.setattr(collect, "BODY_SECONDS", 10)
        assert talk(port, [post()[:-10], post()[-10:]]).startswith(b"HTTP/1.1 202 ")


def test_a_connection_is_closed_when_it_was_quiet_for_long_enough_and_no_sooner(tmp_path: Path) -> None:
    with (
        served(tmp_path, DirectProtocol, keep_alive=1) as (port, _),
        socket.create_connection(("127.0.0.1", port), 20) as line,
    ):
        for _ in range(3):  # longer than the limit, never quiet for as long
            line.sendall(post())
            assert line.recv(65536).startswith(b"HTTP/1.1 202 ")
            time.sleep(0.4)
        line.settimeout(5)
        assert line.recv(65536) == b""


def test_a_connection_whose_event_waits_for_the_disk_is_not_quiet(tmp_path: Path) -> None:
    with (
        served(tmp_path, DirectProtocol, keep_alive=0.4) as (port, app),
        socket.create_connection(("127.0.0.1", port), 20) as line,
    ):
        line.sendall(post())
        assert line.recv(65536).startswith(b"HTTP/1.1 202 ")  # now a timer runs
        broken(app, slow(app, 1))
        line.sendall(post())
        assert line.recv(65536).startswith(b"HTTP/1.1 202 ")
        assert line.recv(65536) == b""


def test_what_comes_while_an_event_waits_for_the_disk_is_answered_after_it(tmp_path: Path) -> None:
    with served(tmp_path, DirectProtocol) as (port, app):
        broken(app, slow(app, 0.2))
        found = re.findall(rb"HTTP/1.1 (\d+)", talk(port, [post(), post(path="/elsewhere"), post(b"{"), post()]))
        assert found == [b"202", b"404", b"422", b"202", b"200"]


def broken(app: Counted, write: Callable[[Any], list[None]]) -> None:
    """Keep events so."""
    app.counting.inbox.keep = write  # type: ignore[method-assign]  # a strange disk


def slow(app: Counted, seconds: float) -> Callable[[Any], list[None]]:
    """A disk that takes its time, and is known to: its thread writes."""
    app.counting.committer.disk.took(1)
    write = app.counting.inbox.keep

    def slowly(events: Any) -> list[None]:
        time.sleep(seconds)
        return write(events)

    return slowly


def failing(error: Exception) -> Callable[..., list[None]]:
    """A disk that fails."""

    def write(*_: object) -> list[None]:
        raise error

    return write


@pytest.mark.parametrize(
    ("error", "answer"),
    [(Full("no room"), b"HTTP/1.1 503 "), (RuntimeError("broken"), b"HTTP/1.1 500 ")],
    ids=["full", "broken"],
)
def test_what_could_not_be_kept_is_never_called_kept(tmp_path: Path, error: Exception, answer: bytes) -> None:
    with served(tmp_path, DirectProtocol) as (port, app):
        broken(app, failing(error))
        assert talk(port, [post()]).startswith(answer)
        app.counting.committer.disk.took(1)
        assert talk(port, [post()]).startswith(answer)


def test_a_sender_that_goes_away_disturbs_nobody(tmp_path: Path) -> None:
    with served(tmp_path, DirectProtocol) as (port, _):
        for part in (post()[:-10], post()):
            with socket.create_connection(("127.0.0.1", port), 10) as line:
                line.sendall(part)
        assert talk(port, [post()]).startswith(b"HTTP/1.1 202 ")
