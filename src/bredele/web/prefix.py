"""A site of another kind reaches the platform below `/bredele/` of its own origin (CONTRACTS 2).

Pages are made without knowing of it; on their way out the root-relative addresses in their HTML get the prefix.
"""

import re

from bredele.collector.prefix import PREFIX
from bredele.collector.request import Message, Send

ADDRESS = re.compile(rb"""((?:\s(?:href|src|action)|\sname="next" value)=")/(?!/)""")
MOVED = (301, 302, 307, 308)
"""Redirections the platform makes itself. A 303 answers a form: its address came from the page, prefix and all."""


class Prefixed:
    """Sends an answer with the prefix put before every address of the platform's own."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message = {}
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = {**message, "headers": [moved(message["status"], *pair) for pair in message["headers"]]}
            if not self.is_page:
                await self.send(self.start)
        elif not self.is_page:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self.page()

    @property
    def is_page(self) -> bool:
        """Whether the answer is HTML that was sent as it is."""
        headers = dict(self.start["headers"])
        return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers

    async def page(self) -> None:
        """The whole page, with its new length; an answer to HEAD keeps none."""
        body = ADDRESS.sub(rb"\1" + PREFIX.encode() + rb"/", self.body)
        kept = [(name, value) for name, value in self.start["headers"] if name != b"content-length"]
        length = [(b"content-length", str(len(body)).encode())] if body else []
        await self.send({**self.start, "headers": [*kept, *length]})
        await self.send({"type": "http.response.body", "body": body})


def moved(status: int, name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A header; the address of a redirection with the prefix."""
    name = name.lower()
    own = name == b"location" and status in MOVED and value.startswith(b"/") and not value.startswith(b"//")
    return name, PREFIX.encode() + value if own else value
