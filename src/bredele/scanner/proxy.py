"""Our own forward proxy on loopback: every byte of the browser goes through it, so names are resolved, checked and
pinned here, and nothing but http and https leaves the machine."""

import asyncio
import contextlib
from collections.abc import Callable, Set
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from bredele.scanner.addresses import Addresses, Refused
from bredele.scanner.self_test import answer as self_test_answer
from bredele.scanner.worker_traffic import WorkerTraffic, begun_with, read_head

HEAD_BYTES = 64 * 1024
EXCHANGE_BYTES = 100 * 1024 * 1024
IDLE_SECONDS, CONNECT_SECONDS = 60, 10
CONNECTIONS = 256
HOP_BY_HOP = {b"connection", b"proxy-connection", b"proxy-authorization", b"keep-alive", b"te", b"trailer"}
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Proxy:
    """Accepts absolute-form HTTP and CONNECT on a free loopback port while it is entered."""

    def __init__(self, addresses: Addresses, workers: WorkerTraffic | None = None) -> None:
        self.addresses, self.workers = addresses, workers
        self.server: asyncio.Server | None = None
        self.port = 0
        self.unreachable: set[str] = set()
        self.slots = asyncio.Semaphore(CONNECTIONS)
        self.open: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self.server = await asyncio.start_server(self.accept, "127.0.0.1", 0, limit=HEAD_BYTES)
        self.port = int(self.server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.server:
            self.server.close()
        for task in self.open:
            task.cancel()
        await asyncio.gather(*self.open, return_exceptions=True)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def flags(self) -> tuple[str, ...]:
        """What tells Chromium to send everything here, loopback too."""
        return (f"--proxy-server={self.address}", "--proxy-bypass-list=<-loopback>")

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one connection of the browser."""
        task = asyncio.create_task(self.serve((reader, writer)))
        self.open.add(task)
        task.add_done_callback(self.open.discard)

    async def serve(self, browser: Stream) -> None:
        """One request, then the connection ends: no state is shared between requests."""
        with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            async with self.slots:
                await self.exchange(browser)
        await close(browser[1])

    async def exchange(self, browser: Stream) -> None:
        """Read the head, connect, and pass on both ways."""
        async with asyncio.timeout(IDLE_SECONDS):
            head = await browser[0].readuntil(b"\r\n\r\n")
        first, _, headers = head.partition(b"\r\n")
        method, target, _ = (*first.split(b" "), b"", b"", b"")[:3]
        if method == b"CONNECT":
            host, _, port = target.decode("latin-1").rpartition(":")
            site = await self.connect(browser[1], host, int(port) if port.isdigit() else 0)
            if site:
                browser[1].write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await tunnel(browser, site)
            return
        parts = urlsplit(target.decode("latin-1"))
        if parts.scheme != "http" or not parts.hostname:
            await refuse(browser[1], 403, "Only http and https addresses are scanned.")
            return
        own = self_test_answer(parts.hostname)
        if own is not None:
            browser[1].write(own)
            return
        site = await self.connect(browser[1], parts.hostname, parts.port or 80)
        if site:
            path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
            url, workers = target.decode("latin-1"), self.workers
            before = workers.begins(url, headers) if workers else b""
            dropped = HOP_BY_HOP | {b"accept-encoding"} if before else HOP_BY_HOP
            site[1].write(b" ".join((method, path.encode("latin-1"), b"HTTP/1.1\r\n")) + own_headers(headers, dropped))
            if workers and (before or workers.asks(headers)):
                await tunnel(browser, site, lambda head: self.answered(url, before, head))
            else:
                await tunnel(browser, site)

    def answered(self, url: str, before: bytes, head: bytes) -> bytes:
        """The head of an answer to a worker, or of its script."""
        if self.workers and not before:
            self.workers.note(url, head)
        return begun_with(before, head) if before else head

    async def connect(self, writer: asyncio.StreamWriter, host: str, port: int) -> Stream | None:
        """A connection to the pinned address; None after the browser was told why not."""
        try:
            address = await self.addresses.of(host)
        except Refused as reason:
            await refuse(writer, 403, f"{reason}.")
            return None
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                return await asyncio.open_connection(str(address), port, limit=HEAD_BYTES)
        except (OSError, TimeoutError, OverflowError):
            self.unreachable.add(f"{host}:{port}")
            await refuse(writer, 502, f"{host}:{port} does not answer.")
            return None


def own_headers(headers: bytes, dropped: Set[bytes] = HOP_BY_HOP) -> bytes:
    """The browser's headers without those meant for a proxy; the connection ends after one answer."""
    lines = [line for line in headers.split(b"\r\n") if line]
    kept = [line for line in lines if line.partition(b":")[0].strip().lower() not in dropped]
    return b"\r\n".join([*kept, b"Connection: close", b"", b""])


async def refuse(writer: asyncio.StreamWriter, status: int, reason: str) -> None:
    """Say no in plain text, marked as our own answer."""
    body = reason.encode()
    head = f"HTTP/1.1 {status} Refused\r\nContent-Type: text/plain\r\nX-Bredele-Proxy: refused\r\n"
    writer.write(head.encode() + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
    await writer.drain()


async def tunnel(browser: Stream, site: Stream, first: Callable[[bytes], bytes] | None = None) -> None:
    """Pass bytes both ways until one side ends or a limit is reached; `first` sees the head of the answer."""
    ways = [asyncio.create_task(pump(browser[0], site[1])), asyncio.create_task(pump(site[0], browser[1], first))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        await close(site[1])


async def pump(
    source: asyncio.StreamReader, drain: asyncio.StreamWriter, first: Callable[[bytes], bytes] | None = None
) -> None:
    """Copy one direction, bounded in bytes and in idle time."""
    passed = 0
    if first is not None:
        async with asyncio.timeout(IDLE_SECONDS):
            drain.write(first(await read_head(source)))
    while passed < EXCHANGE_BYTES:
        async with asyncio.timeout(IDLE_SECONDS):
            piece = await source.read(HEAD_BYTES)
        if not piece:
            return
        passed += len(piece)
        drain.write(piece)
        await drain.drain()


async def close(writer: asyncio.StreamWriter) -> None:
    """End a connection; the other side may be gone already."""
    writer.close()
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(1):
            await writer.wait_closed()
