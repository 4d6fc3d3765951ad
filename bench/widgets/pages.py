"""The pages measured: ours as the platform serves it, ours beside a plain site, each peer on the same bare page."""

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench.widgets.peers import PEERS, Peer
from tests.projects.tracker import INLINE


@dataclass(frozen=True)
class Target:
    """One column of the table; `bare` is the page its cost is measured against. No banner: it is a bare page itself.

    `full`: a policy (`off self nonce tt`) to the address of the page with content that waits. `own`: what of the page's
    own style sheet is the banner's. `preferences`: the page that works without scripts, if there is one.
    """

    name: str
    address: str
    bare: str
    banner: str = ""
    accept: str = ""
    refuse: str = ""
    choose: str = ""
    dialog: str = ""
    withdraw: tuple[str, ...] = ()
    full: Callable[[str], str] = str
    preferences: str = ""
    languages: tuple[str, ...] = ("",)


def policy(mode: str, tracker: str, nonce: str = "abc") -> str:
    """A strict Content-Security-Policy; `trusted-types` names nobody's policy, so that each may bring its own."""
    known = f" 'nonce-{nonce}'" if mode in ("nonce", "tt") else ""
    types = "; require-trusted-types-for 'script'" if mode == "tt" else ""
    return (
        f"default-src 'none'; img-src 'self' {tracker}; connect-src 'self'; frame-src {tracker}; base-uri 'none'; "
        f"script-src 'self' {tracker}{known}; style-src 'self'{known}; form-action 'self'{types}"
    )


def install(folder: Path) -> None:
    """The peers' packages, by npm, into a folder that is thrown away."""
    needed = {peer.package: peer.version for peer in PEERS}
    (folder / "package.json").write_text(json.dumps({"name": "bench", "private": True, "dependencies": needed}))
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=folder, check=True, timeout=300)  # noqa: S603  # the list above


class Site(ThreadingHTTPServer):
    """The peers' pages: `/p/<package>/` is the bare page with the peer on it, `/p/bare/` without.

    `?csp=off|self|nonce|tt` adds content that waits, and that policy.
    """

    daemon_threads = True

    def __init__(self, packages: Path, page: str, style: bytes, tracker: str) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.packages, self.page, self.style, self.tracker = packages, page, style, tracker

    @property
    def origin(self) -> str:
        """As a browser names it."""
        return f"http://peers.site.localhost:{self.server_port}"

    def html(self, peer: Peer | None, mode: str) -> str:
        """The bare page, with the peer's tags in its head and, under a policy, what waits in its body."""
        if peer is None:
            return self.page
        nonce = ' nonce="abc"' if mode in ("nonce", "tt") else ""
        tags = [
            f'<link rel="stylesheet" href="/p/{peer.package}/{name}">'
            if name.endswith(".css")
            else f'<script defer src="/p/{peer.package}/{name}"{nonce}></script>'
            for name in peer.files
        ]
        own = f'<script defer src="/p/{peer.package}/configuration.js"{nonce}></script>'
        tags.insert(0 if peer.first else len(tags), own)
        page = self.page.replace("</head>", "".join(tags) + "</head>")
        if not mode:
            return page
        facts = f'<script defer src="/p/{peer.package}/page.js"{nonce}></script>' if "tac_iframe" in peer.gated else ""
        waiting = peer.gated.replace("TRACKER", self.tracker).replace("NONCE", nonce)
        page = page.replace("<head>", f"<head>{facts}", 1)
        return page.replace("</main>", waiting + "</main>")


class Answer(BaseHTTPRequestHandler):
    """One request, kept by the browser for ten minutes if it is no page."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *facts: Any) -> None:  # noqa: A002  # the standard library's name
        """Nothing is written."""

    def do_GET(self) -> None:  # the standard library's name
        """A page, a configuration, a file of a package, the page's own style."""
        site = self.server
        assert isinstance(site, Site)  # noqa: S101  # no other server makes one
        parts = urlsplit(self.path)
        package, _, name = parts.path.removeprefix("/p").strip("/").partition("/")
        peer = next((one for one in PEERS if one.package == package), None)
        mode = parse_qs(parts.query).get("csp", [""])[0]
        file = (site.packages / "node_modules" / package / name).resolve()
        if parts.path == "/static/bredele/base.css":
            self.say(site.style, "text/css")
        elif peer is None or not name:
            self.say(site.html(peer, mode).encode(), "text/html; charset=utf-8", mode, site.tracker)
        elif name == "configuration.js":
            self.say(peer.configuration.encode(), "text/javascript")
        elif name == "page.js":
            what = f"window.TRACKER_FILE = '{site.tracker}/ext.js'; window.INLINE = () => {{ {INLINE} }};"
            self.say(what.encode(), "text/javascript")
        elif file.is_file() and file.is_relative_to(site.packages):
            self.say(file.read_bytes(), guess_type(file.name)[0] or "application/octet-stream")
        else:
            self.send_error(404)

    def say(self, body: bytes, kind: str, mode: str = "", tracker: str = "") -> None:
        """200, under a policy if one is asked for."""
        self.send_response_only(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store" if kind.startswith("text/html") else "max-age=600")
        if mode in ("self", "nonce", "tt"):
            self.send_header("Content-Security-Policy", policy(mode, tracker))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(packages: Path, page: str, style: bytes, tracker: str) -> Iterator[Site]:
    """The peers' site until the end of the block."""
    site = Site(packages, page, style, tracker)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
