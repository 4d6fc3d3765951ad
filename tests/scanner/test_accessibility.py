"""Faults of a cookie page that keep somebody from using it; files the browser merely shows have none."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.scanner.scanning import scan_of

pytestmark = pytest.mark.e2e
PAGES = {
    "/": ("text/html", '<html lang="en"><title>A</title><a href="/cookies/kept">kept</a> <a href="/cookies/">ours</a>'),
    "/cookies/kept": ("application/json", '{"no": "language"}'),
    "/cookies/": ("text/html", "<title>B</title><p>No language is stated."),
}


class Answer(BaseHTTPRequestHandler):
    """One of the pages."""

    def log_message(self, *_: object) -> None:
        """Nothing is written."""

    def do_GET(self) -> None:
        """The page, or 404."""
        kind, body = PAGES.get(self.path, ("text/plain", ""))
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())


@pytest.fixture
def site() -> Iterator[str]:
    """Its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_page_is_measured_and_a_file_is_not(site: str) -> None:
    """Rules: SCN-13"""
    scan = scan_of(site, "no_choice", max_pages=3)
    assert len(scan.pages) == 3
    faulty = [str(one.evidence["page"]) for one in scan.findings if one.rule == "banner-accessibility"]
    assert faulty == [f"{site}cookies/"]
