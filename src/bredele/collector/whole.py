"""A whole `POST /collect` in one piece, as browsers and proxies mostly send it, read without a call into Python a
header."""

from types import SimpleNamespace
from typing import Final

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

from bredele.collector.prefix import HEADER
from bredele.collector.seen import BODY_LIMIT

START: Final = b"POST /collect HTTP/1.1\r\n"
END: Final = b"\r\n\r\n"
NOT_ORDINARY = frozenset((HEADER, b"expect", b"transfer-encoding", b"upgrade"))
"""Headers of requests that need more than an answer."""
CONNECTION = {b"keep-alive": True, b"close": False}
"""Whether the connection stays, by its header; whoever says anything else is not ordinary."""


Post = tuple[dict[bytes, bytes], bytes, bool]
"""Headers by their names in lower case, none of them repeated; the body; whether the connection stays."""


class Reader:
    """Reads the ordinary requests of one connection; the strict parser the server itself uses judges them."""

    def __init__(self) -> None:
        self._sent: dict[bytes, bytes] = {}
        self._renew()

    def _renew(self) -> None:
        """A parser that has been told half a message, or that a connection ends, is of no more use."""
        self._parser = HttpRequestParser(SimpleNamespace(on_header=self._sent.setdefault))

    def read(self, data: bytes) -> Post | None:
        """The one request that these bytes are, from the first to the last; None where they are anything else."""
        if not data.startswith(START) or (end := data.find(END)) < 0:
            return None
        self._sent.clear()
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            self._renew()
            return None
        headers = {name.lower(): value for name, value in self._sent.items()}
        body = data[end + len(END) :]
        connection = headers.get(b"connection", b"keep-alive").lower()
        if (
            len(headers) != data.count(b"\r\n", 0, end)  # a repeated one, or a line that is none
            or headers.get(b"content-length") != b"%d" % len(body)
            or len(body) > BODY_LIMIT
            or connection not in CONNECTION
            or not NOT_ORDINARY.isdisjoint(headers)
        ):
            self._renew()
            return None
        if not (stays := CONNECTION[connection]):
            self._renew()
        return headers, body, stays
