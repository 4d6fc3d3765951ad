"""`POST /collect` answered by uvicorn's protocol itself: no task, no messages between server and app, one write.

A server spends more on those than the collector does on the event. Everything else goes the usual way, and so does a
request that is out of the ordinary (in pieces, pipelined, `Expect`, HTTP/1.0, a header twice, behind a prefix): the app
answers it the same.
"""

import asyncio
import logging
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from bredele.collector.collect import ACCEPTED, NO_STORE, Collect, Reply, refused
from bredele.collector.committer import Full
from bredele.collector.forwarded import as_sent, is_proxy
from bredele.collector.whole import Post, Reader

log = logging.getLogger(__name__)


class Told:
    """Stands where the server keeps what wakes an app: there is none to be woken."""

    def set(self) -> None:
        """Nothing waits."""


class Exchange:
    """A connection's events, one after the other, each from its head until the disk has it (`committer.Waiter`).

    It stands in place of the server's own `RequestResponseCycle`, whose names it has.
    """

    __slots__ = ("disconnected", "keep_alive", "protocol", "reply", "response_complete")
    message_event = Told()

    def __init__(self, protocol: "DirectProtocol") -> None:
        self.protocol, self.reply = protocol, ACCEPTED
        self.keep_alive, self.disconnected, self.response_complete = True, False, True

    def begin(self, collect: Collect, post: Post) -> None:
        """Answer, now or when the event is durable."""
        headers, body, self.keep_alive = post
        self.response_complete = False
        try:
            protocol = self.protocol
            scheme: str = protocol.scheme or "http"
            address = protocol.peer
            if protocol.proxied:
                scheme, host, address = as_sent(headers, scheme, address, collect.counting.proxies)
                if host:
                    headers[b"host"] = host
            event, self.reply = collect.begin(headers, scheme, address, body)
            if event is None:
                self.answer(self.reply)
            else:
                collect.counting.committer.queue(event, self)
        except Exception as error:  # noqa: BLE001  # the server would let the connection go without a word
            self.set_exception(error)

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """See `committer.Waiter`."""
        return self.protocol.loop

    def done(self) -> bool:
        """See `committer.Waiter`."""
        return self.response_complete

    def set_result(self, _: None) -> None:
        """It is durable."""
        self.response_complete = True
        self.protocol.send(self, self.reply)

    def set_exception(self, error: Exception) -> None:
        """It is not: told to the sender where it may try again, else to the operator."""
        if isinstance(error, Full):
            self.answer(refused(error))
            return
        log.error("An event was not counted.", exc_info=error)
        self.keep_alive = False
        self.answer((500, [], b""))

    def answer(self, reply: Reply) -> None:
        """Send it, once."""
        self.response_complete = True
        self.protocol.send(self, reply)


class DirectProtocol(HttpToolsProtocol):
    """uvicorn's HTTP/1.1, whose app may offer a `collect` to be asked without it: `uvicorn --http`."""

    ready: tuple[list[tuple[bytes, bytes]], bytes, bytes] = [], b"", b""
    """What every answer begins with (the date is new each second), the same as bytes, and the commonest answer whole;
    for all connections."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Who speaks is the same for every request of a connection."""
        super().connection_made(transport)
        offered = getattr(self.app, "collect", None)
        self.collect: Collect | None = None if self.root_path or self.limit_concurrency is not None else offered
        self.peer = (self.client or ("",))[0]
        proxies = self.collect.counting.proxies if self.collect else ()
        self.proxied = bool(proxies) and is_proxy(self.peer, proxies)
        self.reader, self.exchange = Reader(), Exchange(self)
        self.between, self.answered = True, 0.0

    def data_received(self, data: bytes) -> None:
        """Take an ordinary event where the last request has come and been answered; leave the rest to the app."""
        before: Any = self.cycle
        if (
            self.collect is not None
            and self.between
            and (before is None or before.response_complete)
            and not self.flow.write_paused
            and (post := self.reader.read(data)) is not None
        ):
            self.cycle = self.exchange  # type: ignore[assignment]  # the same names
            self.exchange.begin(self.collect, post)
        else:
            super().data_received(data)

    def on_message_begin(self) -> None:
        """Until it is complete, what comes belongs to this request."""
        self.between = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """What comes now is another one."""
        self.between = True
        super().on_message_complete()

    def send(self, exchange: Exchange, reply: Reply) -> None:
        """Write an answer whole, and let the next request come."""
        assert self.collect is not None  # noqa: S101  # there was an exchange
        self.collect.answers[reply[0]] += 1
        if exchange.disconnected or self.transport.is_closing():
            return
        if self.ready[0] is not self.server_state.default_headers:
            self.prepare()
        if reply is ACCEPTED and exchange.keep_alive:
            self.transport.write(self.ready[2])
        else:
            self.transport.write(written(self.ready[1], reply, keep_alive=exchange.keep_alive))
        if not exchange.keep_alive:
            self.transport.close()
        if self.pipeline or not exchange.keep_alive:
            self.on_response_complete()
        else:
            self.rest()

    def prepare(self) -> None:
        """A new second began."""
        defaults = self.server_state.default_headers
        lines = b"".join(b"%s: %s\r\n" % header for header in (*defaults, NO_STORE))
        DirectProtocol.ready = defaults, lines, written(lines, ACCEPTED, keep_alive=True)

    def rest(self) -> None:
        """Wait for the next request: one timer a connection, not one a request."""
        self.server_state.total_requests += 1
        self.answered = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection if it has been quiet for long enough; look again when it might be, else."""
        self.timeout_keep_alive_task = None
        if not self.cycle.response_complete:
            return  # the answer sets the timer
        left = self.answered + self.timeout_keep_alive - self.loop.time()
        if left <= 0:
            super().timeout_keep_alive_handler()
        else:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)


def written(start: bytes, reply: Reply, *, keep_alive: bool) -> bytes:
    """An answer as it goes over the wire; `start`: the lines every answer has."""
    status, headers, body = reply
    more = b"".join(b"%s: %s\r\n" % header for header in headers)
    end = b"\r\n" if keep_alive else b"connection: close\r\n\r\n"
    return b"%s%scontent-length: %d\r\n%s%s%s" % (STATUS_LINE[status], start, len(body), more, end, body)
