"""Another site's tracker: counts who calls, leaves cookies in every scope it can, and beats while it lives."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HOST = "tracker.localhost"
PIXEL = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")
BEAT = (
    "(()=>{{const call=(name)=>{{new Image().src=(window.TRACKER||'')+'/hit?i='+name+'&r='+Math.random()}};"
    "call('{0}');setInterval(()=>call('{0}-beat'),250)}})();"
)
INLINE = (
    "document.cookie='st_host=1;path=/;max-age=86400';"
    "document.cookie='st_parent=1;path=/;domain=site.localhost;max-age=86400';localStorage.setItem('st_ls','1');"
    "window.ranInline=(window.ranInline||0)+1;"
)
EXTERNAL = (
    "document.cookie='mk_host=1;path=/;max-age=86400';document.cookie='mk_path=1;path=/p;max-age=86400';"
    "localStorage.setItem('mk_ls','1');window.TRACKER=new URL(document.currentScript.src).origin;"
)
"""`currentScript` is there only if the script was let out as a classic one."""


class Tracker(ThreadingHTTPServer):
    """`hits`: what was asked for, in order."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Answer)
        self.hits: list[str] = []

    @property
    def origin(self) -> str:
        """As a page names it."""
        return f"http://{HOST}:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *facts: Any) -> None:  # noqa: A002  # the standard library's name
        """Nothing is written."""

    def do_GET(self) -> None:  # the standard library's name
        """A pixel, a script, a frame."""
        address = urlsplit(self.path)
        tracker = self.server
        assert isinstance(tracker, Tracker)
        if address.path == "/hit":
            tracker.hits.append(parse_qs(address.query)["i"][0])
            self.say(PIXEL, "image/gif")
        elif address.path.endswith(".js"):
            name = address.path[1:-3]
            tracker.hits.append(f"{name}-file")
            self.say((EXTERNAL + BEAT.format(name)).encode(), "text/javascript", "tp=1; Path=/")
        elif address.path == "/frame.html":
            tracker.hits.append("frame")
            self.say(b"<!doctype html><title>frame</title><p>A frame of another site</p>", "text/html", "tpf=1; Path=/")
        else:
            self.say(b"", "text/plain")

    def say(self, body: bytes, kind: str, cookie: str = "") -> None:
        """200 with the body."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        with suppress(ConnectionError):  # the page that asked is gone
            self.wfile.write(body)


@contextmanager
def tracking(port: int = 0) -> Iterator[Tracker]:
    """A tracker on loopback until the end of the block."""
    server = Tracker(port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
