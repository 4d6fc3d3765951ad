"""What the collector reads of a request: headers, cookies, a body with a limit and a time-out."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping, MutableMapping
from functools import partial
from typing import Any

from bredele.collector.errors import RefusedPost

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def headers_of(scope: Scope) -> dict[str, str]:
    """Header names in lower case; of a repeated header the first counts."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return headers


def host_of(headers: Mapping[str, str]) -> str:
    """The Host without port, lower case."""
    host = headers.get("host", "").lower().strip()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name.rstrip(".")


def origin_of(scheme: str, headers: Mapping[str, str]) -> str:
    """The request's own origin."""
    return f"{scheme}://{headers.get('host', '').lower()}"


def cookies_of(headers: Mapping[str, str]) -> dict[str, str]:
    """Name to value of the Cookie header (RFC 6265bis 4.2); of a repeated name the first, narrower one counts."""
    cookies: dict[str, str] = {}
    for pair in headers.get("cookie", "").split(";"):
        name, equals, value = pair.strip().partition("=")
        if equals and name:
            cookies.setdefault(name, value)
    return cookies


async def body_of(receive: Receive, limit: int, seconds: float) -> bytes:
    """The body; RefusedPost 413 beyond the limit, 408 after the time.

    Mostly it came with the request and nothing has to be waited for: only then there is no timer.
    """
    reading = collect(receive, limit)
    try:
        waits_for = reading.send(None)
    except StopIteration as finished:
        found: bytes = finished.value
        return found
    try:
        async with asyncio.timeout(seconds):
            return await Begun(reading, waits_for)
    except TimeoutError:
        raise too_slow() from None


class Begun:
    """A coroutine that was begun already and waits for something; awaiting this goes on with it."""

    def __init__(self, coroutine: Coroutine[Any, Any, bytes], waits_for: Any) -> None:
        self._coroutine, self._waits_for = coroutine, waits_for

    def __await__(self) -> Generator[Any, Any, bytes]:
        waits_for = self._waits_for
        while True:
            try:
                yield waits_for
            except BaseException as error:  # noqa: BLE001  # a time-out or a cancellation: the coroutine's to end by
                step = partial(self._coroutine.throw, error)
            else:
                step = partial(self._coroutine.send, None)
            try:
                waits_for = step()
            except StopIteration as finished:
                found: bytes = finished.value
                return found


async def collect(receive: Receive, limit: int) -> bytes:
    """Every part of the body, never more than the limit in memory."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise RefusedPost(400, "The connection ended before the answer did.", cure="Send it again.")
        part: bytes = message.get("body", b"")
        body += part
        if len(body) > limit:
            raise too_long(limit)
        if not message.get("more_body"):
            return body


def too_long(limit: int) -> RefusedPost:
    """A body beyond the limit."""
    return RefusedPost(413, f"The answer is longer than {limit} bytes.", cure="Send the five fields only.")


def too_slow() -> RefusedPost:
    """A body that did not come in time."""
    return RefusedPost(408, "The answer did not arrive in time.", cure="Send it again.")


async def healthy(send: Send) -> None:
    """200: the process is alive (`/readyz` says whether it can work)."""
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store"), (b"content-length", b"3")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok\n"})
