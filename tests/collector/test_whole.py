"""What is read in one piece is what the server's own parser reads; whatever is doubtful is left to it."""

import httptools
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.collector.seen import BODY_LIMIT
from bredele.collector.whole import Post, Reader

LINES = (
    *("Host: town.example", "host: shop.example", "HOST: town.example"),
    *("Accept: */*", "Cookie: a=1; b=2", "X-Forwarded-For: 8.8.8.8, 9.9.9.9", "Empty:", "Empty: "),
    *("Connection: close", "Connection: Keep-Alive", "connection: keep-alive, close", "Connection: upgrade"),
    *("Upgrade: websocket", "Transfer-Encoding: chunked", "Expect: 100-continue", "X-Forwarded-Prefix: /x"),
    *(" folded", "No colon", "Name : space", ": nameless", "Sign\x01: x", "Value: \x00", "Latin: \xe9", "LF: a\nB: b"),
)
LENGTHS = (
    "Content-Length: {}",
    "content-length: {}",
    "Content-Length: +{}",
    "Content-Length: 0{}",
    "Content-Length: 3",
)
BODIES = (b"", b"{}", b'{"name":"view"}', b"a\r\n\r\nb", b"2\r\n{}\r\n0\r\n\r\n", b"x" * (BODY_LIMIT + 1))


class Reference:
    """Every message the server's parser finds, and what it says of each."""

    def __init__(self, data: bytes) -> None:
        self.begun = 0
        self.messages: list[tuple[list[tuple[bytes, bytes]], bytes, bool]] = []
        self.failed = False
        parser = self.parser = httptools.HttpRequestParser(self)
        try:
            parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self.failed = True

    def on_message_begin(self) -> None:
        """One more."""
        self.begun += 1
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""

    def on_header(self, name: bytes, value: bytes) -> None:
        """As sent, in order."""
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Asked now: it knows no more afterwards."""
        self.stays = self.parser.should_keep_alive()

    def on_body(self, part: bytes) -> None:
        """A part."""
        self.body += part

    def on_message_complete(self) -> None:
        """Whole."""
        self.messages.append((self.headers, self.body, self.stays))


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    """Mostly nearly right."""
    body = draw(st.sampled_from(BODIES))
    lines = draw(st.lists(st.sampled_from(LINES), max_size=4))
    lengths = draw(st.sampled_from(((0,), (0,), (0,), (1,), (2,), (3,), (4,), (), (0, 0))))
    lines += [LENGTHS[number].format(len(body)) for number in lengths]
    end = draw(st.sampled_from(("\r\n", "\r\n", "\r\n", "\n")))
    start = draw(st.sampled_from(("POST /collect HTTP/1.1", "POST /collect HTTP/1.1", "POST /collect HTTP/1.0", "P")))
    head = end.join([start, *draw(st.permutations(lines)), "", ""]).encode("latin-1")
    return head + body + draw(st.sampled_from((b"", b"", b"", b"P", b"\r\n", head + body)))


def agrees(found: Post | None, data: bytes) -> None:
    """Whatever was read is the only message there is, told the same way."""
    if found is None:
        return
    reference = Reference(data)
    assert not reference.failed
    headers, body, stays = found
    assert reference.begun == 1
    assert [(sorted(headers.items()), body, stays)] == [
        (sorted(told), content, keeps) for told, content, keeps in reference.messages
    ]


@given(st.lists(requests(), min_size=1, max_size=4))
def test_what_is_read_is_what_the_servers_parser_reads(many: list[bytes]) -> None:
    reader = Reader()
    for data in many:
        found = reader.read(data)
        agrees(found, data)
        assert found == Reader().read(data)  # nothing is left of the requests before


@given(requests(), st.data())
def test_a_request_in_pieces_is_none(data: bytes, draw: st.DataObject) -> None:
    if Reader().read(data) is not None:
        assert Reader().read(data[: draw.draw(st.integers(0, len(data) - 1))]) is None


@pytest.mark.parametrize(
    ("lines", "stays"),
    [
        ("Host: a\r\n", True),
        ("HOST: a\r\nX: \r\n", True),
        ("connection: Keep-Alive\r\n", True),
        ("Connection: close\r\n", False),
    ],
)
def test_ordinary_requests_are_read(lines: str, stays: bool) -> None:
    data = f"POST /collect HTTP/1.1\r\n{lines}Content-Length: 6\r\n\r\na\r\n\r\nb".encode()
    reader = Reader()
    for _ in range(2):
        found = reader.read(data)
        assert found is not None
        assert (found[1], found[2]) == (b"a\r\n\r\nb", stays)
        agrees(found, data)


@pytest.mark.parametrize("line", [*LINES[10:], "Content-Length: 2", "Host: a\r\nhost: b"])
def test_whatever_is_out_of_the_ordinary_is_left_to_the_server(line: str) -> None:
    data = f"POST /collect HTTP/1.1\r\n{line}\r\nContent-Length: 2\r\n\r\n{{}}".encode("latin-1")
    assert (Reader().read(data) is None) is (line != "Latin: \xe9")
