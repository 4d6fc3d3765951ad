"""`POST /collect` answered by uvicorn's protocol itself: no task, no messages between server and app, one write.

A server spends more on those than the collector does on the event. Everything else goes the usual way, and so does a
request that is out of the ordinary (pipelined, `Expect`, HTTP/1.0, behind a prefix): the app answers it the same.
"""

import asyncio
import logging
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from bredele.collector.collect import BODY_SECONDS, NO_STORE, Collect, Headers, Reply, refused
from bredele.collector.committer import Full
from bredele.collector.forwarded import as_sent, is_proxy
from bredele.collector.prefix import HEADER
from bredele.collector.request import too_long, too_slow
from bredele.collector.seen import BODY_LIMIT

log = logging.getLogger(__name__)
PATH: Final = b"/collect"
LEFT_TO_THE_APP = frozenset((HEADER, b"expect", b"upgrade"))
"""Headers of requests that need more than an answer."""


class Told:
    """Stands where the server keeps what wakes an app: there is none to be woken."""

    def set(self) -> None:
        """Nothing waits."""


class Exchange:
    """One event from its head to its answer, in place of the server's own `RequestResponseCycle`, whose names it has.

    It waits for its body and for the disk (`committer.Waiter`).
    """

    __slots__ = (
        *("body", "collect", "disconnected", "headers", "keep_alive", "patience", "protocol", "reply"),
        *("response_complete", "said", "whole"),
    )
    message_event = Told()

    def __init__(
        self,
        protocol: "DirectProtocol",
        collect: Collect,
        headers: dict[bytes, bytes],
        said: Headers,
        *,
        keep_alive: bool,
    ) -> None:
        self.protocol, self.collect, self.keep_alive = protocol, collect, keep_alive
        self.headers, self.said = headers, said
        self.body = b""
        self.disconnected = self.response_complete = self.whole = False
        self.patience: asyncio.TimerHandle | None = None
        self.reply: Reply | None = None

    def add(self, part: bytes) -> None:
        """A part of the body; 413 beyond the limit, and what follows is passed over."""
        self.body += part
        if len(self.body) > BODY_LIMIT:
            self.answer(refused(too_long(BODY_LIMIT)))

    def judge(self) -> None:
        """The body is there: answer, now or when the event is durable."""
        self.whole = True
        try:
            headers, said = self.headers, self.said
            scheme: str = self.protocol.scheme or "http"
            address = self.protocol.peer
            if self.protocol.proxied:
                proxies = self.collect.counting.proxies
                nearest = headers if len(headers) == len(said) else dict(said)
                scheme, host, address = as_sent(nearest, scheme, address, proxies)
                if host:
                    headers[b"host"] = host
            event, self.reply = self.collect.begin(headers, scheme, address, self.body)
            if event is None:
                self.answer(self.reply)
            else:
                self.collect.counting.committer.queue(event, self)
        except Exception as error:  # noqa: BLE001  # the parser would call it the sender's fault
            self.set_exception(error)

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """See `committer.Waiter`."""
        return self.protocol.loop

    def done(self) -> bool:
        """See `committer.Waiter`."""
        return self.response_complete

    def set_result(self, _: None) -> None:
        """It is durable."""
        assert self.reply is not None  # noqa: S101  # set before the event was queued
        self.answer(self.reply)

    def set_exception(self, error: Exception) -> None:
        """It is not: told to the sender where it may try again, else to the operator."""
        if isinstance(error, Full):
            self.answer(refused(error))
            return
        log.error("An event was not counted.", exc_info=error)
        self.keep_alive = False
        self.answer((500, [], b""))

    def wait(self) -> None:
        """The body did not come with its head: it is given a time."""
        if not self.whole and self.patience is None:
            self.patience = self.protocol.loop.call_later(BODY_SECONDS, self.late)

    def late(self) -> None:
        """The time is over."""
        if not self.whole and not self.response_complete:
            self.keep_alive = False
            self.answer(refused(too_slow()))

    def answer(self, reply: Reply) -> None:
        """Send it, once."""
        self.response_complete = True
        if self.patience is not None:
            self.patience.cancel()
        self.collect.answers[reply[0]] += 1
        self.protocol.send(self, reply)


class DirectProtocol(HttpToolsProtocol):
    """uvicorn's HTTP/1.1, whose app may offer a `collect` to be asked without it: `uvicorn --http`."""

    head: tuple[Headers, bytes] = [], b""
    """What every answer begins with (the date is new each second), and the same as bytes; for all connections."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Who speaks is the same for every request of a connection."""
        super().connection_made(transport)
        self.collect: Collect | None = getattr(self.app, "collect", None)
        self.peer = (self.client or ("",))[0]
        proxies = self.collect.counting.proxies if self.collect else ()
        self.proxied = bool(proxies) and is_proxy(self.peer, proxies)

    def on_message_begin(self) -> None:
        """A request begins; what an app would be told of it is made when an app is asked."""
        self.url, self.headers, self.expect_100_continue = b"", [], False

    def on_headers_complete(self) -> None:
        """Take an ordinary event; leave the rest to the app."""
        if self.collect is None or self.url != PATH:
            self.to_the_app()
            return
        first = dict(reversed(self.headers))  # of a repeated header the first counts
        if self.ordinary() and LEFT_TO_THE_APP.isdisjoint(first):
            keep = self.parser.should_keep_alive()
            self.cycle = Exchange(self, self.collect, first, self.headers, keep_alive=keep)  # type: ignore[assignment]  # the same names
        else:
            self.to_the_app()

    def to_the_app(self) -> None:
        """The usual way, from its beginning."""
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers += headers
        super().on_headers_complete()

    def ordinary(self) -> bool:
        """Whether a request follows the last answer, asks for nothing but its own, and may be answered now."""
        before: Any = self.cycle
        return (
            self.parser.get_method() == b"POST"
            and self.parser.get_http_version() == "1.1"
            and (before is None or before.response_complete)
            and not self.root_path
            and not self.flow.write_paused
            and self.limit_concurrency is None
        )

    def data_received(self, data: bytes) -> None:
        """An event mostly comes whole: only one that does not is given a time."""
        super().data_received(data)
        cycle: Any = self.cycle
        if type(cycle) is Exchange:
            cycle.wait()

    def on_body(self, body: bytes) -> None:
        """A part of a body."""
        cycle: Any = self.cycle
        if type(cycle) is not Exchange:
            super().on_body(body)
        elif not cycle.response_complete:
            cycle.add(body)

    def on_message_complete(self) -> None:
        """A body is there."""
        cycle: Any = self.cycle
        if type(cycle) is not Exchange:
            super().on_message_complete()
        elif not cycle.response_complete:
            cycle.judge()

    def send(self, exchange: Exchange, reply: Reply) -> None:
        """Write an answer whole, and let the next request come."""
        if exchange.disconnected or self.transport.is_closing():
            return
        status, headers, body = reply
        more = b"".join(b"%s: %s\r\n" % header for header in headers)
        end = b"\r\n" if exchange.keep_alive else b"connection: close\r\n\r\n"
        self.transport.write(
            b"%s%scontent-length: %d\r\n%s%s%s" % (STATUS_LINE[status], self.fixed(), len(body), more, end, body)
        )
        if not exchange.keep_alive:
            self.transport.close()
        self.on_response_complete()

    def fixed(self) -> bytes:
        """What every answer begins with."""
        defaults = self.server_state.default_headers
        if DirectProtocol.head[0] is not defaults:
            lines = b"".join(b"%s: %s\r\n" % header for header in (*defaults, NO_STORE))
            DirectProtocol.head = defaults, lines
        return DirectProtocol.head[1]
