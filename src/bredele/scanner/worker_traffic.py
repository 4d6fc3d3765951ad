"""Workers run before DevTools can listen to them; our own proxy sees what they load and what they are answered.

Over http only: what goes through a tunnel is closed to the proxy. There the jar and the storages still show every item.
"""

import asyncio
import re
from collections.abc import Callable

from bredele.scanner.masking import bare_address, host_of

SCRIPT = re.compile(rb"\r\nsec-fetch-dest:[ \t]*(worker|sharedworker|serviceworker)[ \t]*\r\n", re.IGNORECASE)
REFERER = re.compile(rb"\r\nreferer:[ \t]*([^\r\n]+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie:[ \t]*([^=;\r\n]+)=", re.IGNORECASE)
LENGTH = re.compile(rb"\ncontent-length:\s*(\d+)", re.IGNORECASE)
Prelude = Callable[[bool], str]
"""What a worker's script begins with; the flag says whether Global Privacy Control is on."""


class WorkerTraffic:
    """What workers were seen to do. `cookies`: name and host of a cookie to the address whose answer set it."""

    def __init__(self, prelude: Prelude) -> None:
        self.prelude = prelude
        self.scripts: set[str] = set()
        self.cookies: dict[tuple[str, str], str] = {}

    def begins(self, url: str, headers: bytes) -> bytes:
        """What goes before the answer: our script, if the browser asks for that of a worker."""
        asked = SCRIPT.search(b"\r\n" + headers)
        if asked is None:
            return b""
        if asked[1].lower() != b"serviceworker":
            self.scripts.add(bare_address(url))
        return self.prelude(b"\r\nsec-gpc:" in (b"\r\n" + headers).lower()).encode()

    def asks(self, headers: bytes) -> bool:
        """Whether a worker asks: then the browser names its script as the place it comes from."""
        referer = REFERER.search(b"\r\n" + headers)
        return referer is not None and bare_address(referer[1].decode("latin-1")) in self.scripts

    def note(self, url: str, head: bytes) -> None:
        """Remember the cookies of an answer to a worker."""
        for name in COOKIE.findall(head):
            self.cookies[(name.decode("latin-1").strip(), host_of(url))] = url


async def read_head(site: asyncio.StreamReader) -> bytes:
    """The head of an answer."""
    return await site.readuntil(b"\r\n\r\n")


def begun_with(before: bytes, head: bytes) -> bytes:
    """The head of a worker's script, and ours before its first line; any other answer stays as it is."""
    lower = head.lower()
    good = lower.startswith((b"http/1.1 200", b"http/1.0 200"))
    if not good or b"javascript" not in lower or b"\ncontent-encoding:" in lower:
        return head
    if b"\ntransfer-encoding:" in lower:
        return head + b"%x\r\n%s\r\n" % (len(before), before)
    if length := LENGTH.search(head):
        head = head[: length.start(1)] + b"%d" % (int(length[1]) + len(before)) + head[length.end(1) :]
    return head + before
