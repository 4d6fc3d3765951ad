"""What the collector is measured against, behind the same server: no-op, bare durable append, Django async view."""

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

Scope, Receive, Send = dict[str, Any], Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]


async def body_of(receive: Receive) -> bytes:
    """The whole body."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def accepted(send: Send) -> None:
    """202 without a body."""
    await send({"type": "http.response.start", "status": 202, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


async def noop(scope: Scope, receive: Receive, send: Send) -> None:
    """The least a Python server can do."""
    if scope["type"] == "http":
        await body_of(receive)
        await accepted(send)


class Append:
    """202 after the bytes and an fdatasync; what queued meanwhile goes with the next one."""

    def __init__(self, path: str) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.turn = threading.Condition()
        self.waiting: list[tuple[bytes, asyncio.Future[None]]] = []
        threading.Thread(target=self.work, daemon=True).start()

    def work(self) -> None:
        """Write, synchronise, tell."""
        while True:
            with self.turn:
                while not self.waiting:
                    self.turn.wait()
                batch, self.waiting = self.waiting, []
            os.write(self.file, b"".join(body for body, _ in batch))
            os.fdatasync(self.file)
            batch[0][1].get_loop().call_soon_threadsafe(lambda done=batch: [one.set_result(None) for _, one in done])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        body = await body_of(receive)
        with self.turn:
            self.waiting.append((body, future))
            self.turn.notify()
        await future
        await accepted(send)


append: Any = Append(os.environ["APPEND"]) if "APPEND" in os.environ else None


@cache
def django_view() -> Any:
    """An async view of Django without any middleware, that keeps nothing."""
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.http import HttpResponse
    from django.urls import path
    from django.views.decorators.csrf import csrf_exempt

    @csrf_exempt
    async def view(request: Any) -> HttpResponse:
        _ = request.body
        return HttpResponse(status=202)

    urls = type("urls", (), {"urlpatterns": [path("collect", view)]})
    settings.configure(ROOT_URLCONF=urls, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", MIDDLEWARE=[])  # noqa: S106  # signs nothing
    return get_asgi_application()


def __getattr__(name: str) -> Any:
    if name == "django":
        return django_view()
    if name == "ours":
        from bench.stats.ours import application

        return application
    raise AttributeError(name)
