"""A site that is not on Django: files, and a proxy that hands `/bredele/` to the platform, as docs/widget.md tells."""

import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

PREFIX = "/bredele/"
HOP = {"connection", "transfer-encoding", "keep-alive"}
TAG = '<script src="/bredele/bredele.js" defer></script>'


class Plain(ThreadingHTTPServer):
    """`pages`: path to HTML; `headers`: sent with each page; `asked`: paths below the prefix, in order."""

    daemon_threads = True

    def __init__(self, platform: int, host: str, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Answer)
        self.platform, self.host = platform, host
        self.pages: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []

    @property
    def origin(self) -> str:
        """As visitors see it."""
        return f"http://{self.host}:{self.server_port}"

    def show(self, body: str, *, path: str = "/", head: str = TAG, language: str = "en", **headers: str) -> str:
        """Put a page there and say its address; `_` in a header name means `-`."""
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        direction = "rtl" if language == "ar" else "ltr"
        self.pages[path] = (
            f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><title>Shop</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>'
            f'<body><header><a href="#main">Skip</a></header><main id="main"><h1>Shop</h1>{body}</main></body></html>'
        )
        return self.origin + path


class Answer(BaseHTTPRequestHandler):
    """One request: a page, or the platform's answer."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *facts: Any) -> None:  # noqa: A002  # the standard library's name
        """Nothing is written."""

    def do_GET(self) -> None:  # the standard library's name
        """A page of the site, or what lies below the prefix."""
        site = self.server
        assert isinstance(site, Plain)
        if self.path.startswith(PREFIX):
            self.hand_over(site)
            return
        page = site.pages.get(urlsplit(self.path).path)
        kind = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "public, max-age=600"}
        self.say(404 if page is None else 200, {**kind, **site.headers}, (page or "").encode())

    def do_POST(self) -> None:  # the standard library's name
        """Only the platform takes posts."""
        site = self.server
        assert isinstance(site, Plain)
        self.hand_over(site)

    def hand_over(self, site: Plain) -> None:
        """Ask the platform the same; the Host stays the visitor's."""
        site.asked.append(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        inner = http.client.HTTPConnection("127.0.0.1", site.platform, timeout=30)
        sent = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        inner.request(self.command, self.path, body or None, sent)
        answer = inner.getresponse()
        content = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {*HOP, "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        inner.close()

    def say(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """An answer of the site's own."""
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def plain_site(platform: int, host: str, port: int = 0) -> Iterator[Plain]:
    """The site on loopback until the end of the block."""
    server = Plain(platform, host, port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
