"""The scanner's own proxy: what it connects to, what it refuses, and how a worker's script begins."""

import asyncio
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

import pytest

from bredele.scanner.addresses import Addresses, Refused
from bredele.scanner.plan import Address
from bredele.scanner.proxy import Proxy, own_headers
from bredele.scanner.worker_traffic import WorkerTraffic, begun_with

Talk = Callable[[Proxy, int], Awaitable[bytes]]


async def site(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers with the request's own head, as a script, with a cookie."""
    head = await reader.readuntil(b"\r\n\r\n")
    body = b"/*" + head + b"*/"
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nSet-Cookie: told=1\r\n")
    writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    await writer.drain()
    writer.close()


def asked(head: bytes, *, private: bool = True, workers: WorkerTraffic | None = None) -> bytes:
    """What the proxy answers to one request; PORT in it is the site's."""

    async def talk() -> bytes:
        server = await asyncio.start_server(site, "127.0.0.1", 0)
        port = int(server.sockets[0].getsockname()[1])
        async with Proxy(Addresses(private), workers) as proxy:
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            writer.write(head.replace(b"PORT", b"%d" % port))
            await writer.drain()
            answer = await asyncio.wait_for(reader.read(), 10)
            writer.close()
        server.close()
        return answer

    return asyncio.run(talk())


def test_a_request_is_passed_on_in_origin_form_without_what_is_meant_for_a_proxy() -> None:
    answer = asked(
        b"GET http://a.localhost:PORT/x?y=1 HTTP/1.1\r\nHost: a\r\nProxy-Connection: keep-alive\r\nTE: x\r\n\r\n"
    )
    assert b"GET /x?y=1 HTTP/1.1" in answer
    assert b"Proxy-Connection" not in answer
    assert b"Connection: close" in answer


@pytest.mark.parametrize(
    "target",
    [b"http://127.0.0.1:PORT/", b"http://a.localhost:PORT/", b"http://[::1]:PORT/", b"http://169.254.169.254/"],
)
def test_private_addresses_are_refused_where_they_are_not_allowed(target: bytes) -> None:
    answer = asked(b"GET " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n", private=False)
    assert answer.startswith(b"HTTP/1.1 403")
    assert b"X-Bredele-Proxy" in answer


def test_a_tunnel_to_a_private_address_is_refused_too() -> None:
    assert asked(b"CONNECT 127.0.0.1:PORT HTTP/1.1\r\n\r\n", private=False).startswith(b"HTTP/1.1 403")
    assert asked(b"CONNECT a.localhost:PORT HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("target", [b"ftp://a/", b"file:///etc/passwd", b"data:text/plain,x", b"/relative"])
def test_nothing_but_web_addresses_leaves_the_machine(target: bytes) -> None:
    assert asked(b"GET " + target + b" HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 403")


def test_a_name_is_resolved_once_so_that_it_cannot_change_its_mind() -> None:
    asked_for: list[str] = []

    async def look_up(name: str) -> tuple[list[Address], str]:
        asked_for.append(name)
        return [ip_address("1.1.1.1" if len(asked_for) == 1 else "127.0.0.1")], name

    async def twice() -> list[str]:
        addresses = Addresses(allow_private=False, resolver=look_up)
        return [str(await addresses.of("rebinding.example")) for _ in range(2)]

    assert asyncio.run(twice()) == ["1.1.1.1", "1.1.1.1"]
    assert asked_for == ["rebinding.example"]


def test_a_name_with_only_private_addresses_is_refused_and_remembered() -> None:
    async def look_up(name: str) -> tuple[list[Address], str]:
        return [ip_address("10.0.0.1"), ip_address("::1")], ""

    addresses = Addresses(allow_private=False, resolver=look_up)
    with pytest.raises(Refused, match="private network"):
        asyncio.run(addresses.of("inside.example"))
    assert addresses.refused == {"inside.example"}


def test_a_worker_s_script_begins_with_ours_and_its_length_is_right() -> None:
    """Rules: SCN-11"""
    workers = WorkerTraffic(lambda signal: f"/*ours {signal}*/")
    head = b"GET http://a.localhost:PORT/w.js HTTP/1.1\r\nHost: a\r\nSec-Fetch-Dest: worker\r\nSec-GPC: 1\r\n\r\n"
    answer_head, _, body = asked(head, workers=workers).partition(b"\r\n\r\n")
    assert body.startswith(b"/*ours True*//*GET /w.js")
    assert b"Content-Length: %d" % len(body) in answer_head
    asked(b"GET http://a.localhost:PORT/by HTTP/1.1\r\nReferer: http://a.localhost:9/other.js\r\n\r\n", workers=workers)
    assert workers.cookies == {}
    script = next(iter(workers.scripts)).encode()
    asked(b"GET http://a.localhost:PORT/by HTTP/1.1\r\nReferer: " + script + b"\r\n\r\n", workers=workers)
    assert set(workers.cookies) == {("told", "a.localhost")}


def test_what_is_no_script_stays_as_it_is() -> None:
    for head in (b"HTTP/1.1 404 No\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
                 b"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Encoding: br\r\n\r\n"):  # fmt: skip
        assert begun_with(b"ours", head) == head
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert begun_with(b"ours", chunked) == chunked + b"4\r\nours\r\n"


def test_headers_for_a_proxy_are_dropped() -> None:
    assert own_headers(b"Host: a\r\nKeep-Alive: 5\r\n\r\n") == b"Host: a\r\nConnection: close\r\n\r\n"
