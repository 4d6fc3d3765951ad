"""The pages measured: ours as the platform serves it, ours beside a plain site, each peer on the same bare page."""

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.widgets.peers import PEERS, Peer


@dataclass(frozen=True)
class Target:
    """One column of the table; `bare` is the page its cost is measured against. No banner: it is a bare page itself."""

    name: str
    address: str
    bare: str
    banner: str = ""
    refuse: str = ""


def install(folder: Path) -> None:
    """The peers' packages, by npm, into a folder that is thrown away."""
    needed = {peer.package: peer.version for peer in PEERS}
    (folder / "package.json").write_text(json.dumps({"name": "bench", "private": True, "dependencies": needed}))
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=folder, check=True, timeout=300)  # noqa: S603  # the list above


class Site(ThreadingHTTPServer):
    """The peers' pages: `/<package>/` is the bare page with the peer on it, `/bare/` without."""

    daemon_threads = True

    def __init__(self, packages: Path, page: str, style: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.packages, self.page, self.style = packages, page, style

    @property
    def origin(self) -> str:
        """As a browser names it."""
        return f"http://peers.site.localhost:{self.server_port}"

    def html(self, peer: Peer | None) -> str:
        """The bare page, with the peer's tags in its head."""
        if peer is None:
            return self.page
        tags = [
            f'<link rel="stylesheet" href="/{peer.package}/{name}">'
            if name.endswith(".css")
            else f'<script defer src="/{peer.package}/{name}"></script>'
            for name in peer.files
        ]
        tags.insert(0 if peer.first else len(tags), f'<script defer src="/{peer.package}/configuration.js"></script>')
        return self.page.replace("</head>", "".join(tags) + "</head>")


class Answer(BaseHTTPRequestHandler):
    """One request, kept by the browser for ten minutes if it is no page."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *facts: Any) -> None:  # noqa: A002  # the standard library's name
        """Nothing is written."""

    def do_GET(self) -> None:  # the standard library's name
        """A page, a configuration, a file of a package, the page's own style."""
        site = self.server
        assert isinstance(site, Site)  # noqa: S101  # no other server makes one
        path = urlsplit(self.path).path
        package, _, name = path.strip("/").partition("/")
        peer = next((one for one in PEERS if one.package == package), None)
        file = (site.packages / "node_modules" / package / name).resolve()
        if path == "/static/bredele/base.css":
            self.say(site.style, "text/css")
        elif peer is None or not name:
            self.say(site.html(peer).encode(), "text/html; charset=utf-8")
        elif name == "configuration.js":
            self.say(peer.configuration.encode(), "text/javascript")
        elif file.is_file() and file.is_relative_to(site.packages):
            self.say(file.read_bytes(), guess_type(file.name)[0] or "application/octet-stream")
        else:
            self.send_error(404)

    def say(self, body: bytes, kind: str) -> None:
        """200."""
        self.send_response_only(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store" if kind.startswith("text/html") else "max-age=600")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(packages: Path, page: str, style: bytes) -> Iterator[Site]:
    """The peers' site until the end of the block."""
    site = Site(packages, page, style)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
