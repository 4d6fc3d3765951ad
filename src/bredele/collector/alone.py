"""The collector alone, for any ASGI server: `/collect`, `/consent` and `/healthz`, without Django and its pages.

`uvicorn --factory bredele.collector.alone:application --no-access-log --no-proxy-headers`, with as many `--workers` as
there are cores: they share one inbox; `--http bredele.collector.direct:DirectProtocol` saves work. It reads what the
platform published in the same `BREDELE_DATA`.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime

from bredele.collector.app import Collector
from bredele.collector.collect import Collect
from bredele.collector.counting import Counting
from bredele.collector.forwarded import forwarded
from bredele.collector.prefix import stripped
from bredele.collector.request import Receive, Scope, Send, healthy
from bredele.core.settings import Settings, read_settings


def now() -> datetime:
    """The server's clock in UTC."""
    return datetime.now(UTC)


class Alone:
    """One process of it. Folding is shared: whoever finds it free does it."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = now) -> None:
        self.counting = Counting(settings, clock)
        self.collect = Collect(self.counting)
        self.consent = Collector(settings, self.counting, clock)
        self.counting.start()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
            return
        seen = forwarded(scope, self.counting.proxies)
        inner, _ = stripped(seen, trusted=seen is not scope)
        path = inner["path"]
        if path == "/collect":
            await self.collect(inner, receive, send)
        elif path == "/consent":
            await self.consent(inner, receive, send)
        elif path == "/healthz":
            await healthy(send)
        else:
            await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})

    async def live(self, receive: Receive, send: Send) -> None:
        """Start and stop when the server says so; what waits is folded at the end."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                self.counting.close()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def application() -> Alone:
    """The app of this process, from `BREDELE_*`."""
    return Alone(read_settings(os.environ))
