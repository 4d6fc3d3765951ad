"""The embedded form: one process, one port. The collector's paths directly, all else to Django in a thread pool."""

import os
from collections.abc import Awaitable, Callable
from typing import cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bredele.web.settings")  # before anything reads settings

from django.conf import settings

from bredele.collector.app import Collector
from bredele.collector.collect import Collect
from bredele.collector.forwarded import forwarded, networks
from bredele.collector.prefix import stripped
from bredele.collector.request import Receive, Scope, Send, healthy
from bredele.web.prefix import Prefixed
from bredele.web.statistics.store import counting
from bredele.web.wsgi import application as django_application

THREADS = 8
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Platform:
    """Answers `/consent` and `/collect` with the collector, `/healthz` itself, and hands all else to Django."""

    def __init__(self) -> None:
        self.collector = Collector(settings.BREDELE, counting())
        self.collect = Collect(counting())
        counting().start()
        bridge = WSGIMiddleware(cast(WSGIApp, django_application), workers=THREADS)
        self.django = cast(Application, bridge)
        self.proxies = networks(settings.BREDELE.trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.django(scope, receive, send)
            return
        seen = forwarded(scope, self.proxies)
        inner, prefixed = stripped(seen, trusted=seen is not scope)
        await self.answer(inner, receive, Prefixed(send) if prefixed else send)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to whom it concerns."""
        if scope["path"] == "/consent":
            await self.collector(scope, receive, send)
        elif scope["path"] == "/collect":
            await self.collect(scope, receive, send)
        elif scope["path"] == "/healthz":
            await healthy(send)
        else:
            await self.django(tidy(scope), receive, send)


def tidy(scope: Scope) -> Scope:
    """Raw bytes of a query percent-encoded (WSGI wants ASCII); headers with `_` dropped (WSGI reads them as `-`)."""
    query = b"".join(bytes([byte]) if byte < 128 else b"%%%02X" % byte for byte in scope["query_string"])
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
    return {**scope, "query_string": query, "headers": headers}


application = Platform()
