"""The ground-truth site: many hosts on one loopback port, told apart by Host. truth.py says what each page writes."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from bench.scanner import banners
from bench.scanner.means import Means
from bench.scanner.truth import ADS, ITEMS, OWN, Item

PAGES = ("/", "/cookies/", "/storage/", "/workers/", "/timing/", "/second/", "/deep/1/", "/app/", "/search/", "/frames/",
         "/decoys/", *(f"/news/{number}/" for number in range(1, 9)))  # fmt: skip
HIDDEN = ("/deep/2/", "/deep/3/", "/deep/4/", "/map/")
DECOY_LINES = (
    "x_none=1; SameSite=None",
    "__Host-x_domain=1; Secure; Path=/; Domain=shop.localhost",
    "__Secure-x_plain=1",
    "x_foreign=1; Domain=other.example",
    "x_parts=1; Partitioned",
    f"x_huge={'x' * 4200}",
    "x_gone=; Max-Age=0",
)
DECOY_HTML = """<p>document.cookie = 'x_text=1'</p>
<script type="text/plain">document.cookie = 'x_gated=1'</script>
<script>
// document.cookie = 'x_comment=1'
document.cookie = 'x_only_script=1; HttpOnly';
localStorage.getItem('x_read');
if (navigator.cookieEnabled === 'never') document.cookie = 'x_never=1';
fetch('http://HOST/w/x_omit.decoy', { credentials: 'omit', mode: 'no-cors' }).catch(() => 0);
</script>"""


class Asked(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    ground: "Ground"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """A page, a piece of one, or a write."""
        self.answer("")

    def do_POST(self) -> None:
        """A choice."""
        self.answer(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

    def answer(self, body: str) -> None:
        """Let the site say what goes back."""
        host = self.headers["Host"].partition(":")[0]
        cookies = SimpleCookie(self.headers.get("Cookie", ""))
        choice = cookies["choice"].value if "choice" in cookies else ""
        status, kind, text, headers = self.ground.respond(host, self.path, body, choice)
        data = text.encode()
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


Reply = tuple[int, str, str, list[tuple[str, str]]]


class Ground:
    """The site with one style of banner."""

    def __init__(self, port: int, style: str = "plain") -> None:
        self.port, self.style = port, style
        self.means = Means(port)
        self.by_name = {
            item.name.removeprefix("/w/").removesuffix(".js"): item for item in ITEMS if item.means != "registration"
        }

    def respond(self, host: str, path: str, body: str, choice: str) -> Reply:
        """The answer to one request."""
        parts = urlsplit(path)
        if host == OWN and parts.path in (*PAGES, *HIDDEN, "/search/results/", "/app/inner/"):
            return self.page(parts.path, choice)
        if parts.path == "/consent":
            return self.consent(parse_qs(body))
        if parts.path == "/banner.html":
            return 200, "text/html", banners.framed(f"http://{OWN}:{self.port}"), []
        if parts.path == "/sitemap.xml" and host == OWN:
            return 200, "application/xml", self.sitemap(), []
        if parts.path.startswith("/w/"):
            return self.write(host, parts.path, choice)
        return 404, "text/html", "<p>Not here</p>", []

    def sitemap(self) -> str:
        """One page that nothing links to."""
        address = f"http://{OWN}:{self.port}/map/"
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{address}</loc></url></urlset>'

    def consent(self, form: dict[str, list[str]]) -> Reply:
        """Keep the choice; a refusal expires what was granted, unless it is one of those kept."""
        accepted = form.get("choice", [""])[0] == "accept"
        headers = [("Set-Cookie", f"choice={'yes' if accepted else 'no'}; Path=/; Max-Age=15552000; SameSite=Lax")]
        if not accepted:
            headers += [("Set-Cookie", f"{item.name}=; Max-Age=0; Path=/") for item in ITEMS
                        if item.when == "granted" and item.kind == "cookie" and item.host == OWN]  # fmt: skip
        return 200, "application/json", "{}", [*headers, ("Access-Control-Allow-Origin", "*")]

    def page(self, path: str, choice: str) -> Reply:
        """A page with what it writes under this choice."""
        shown = [item for item in ITEMS if item.page == path and due(item, choice)]
        if path == "/search/results/":
            shown = [item for item in ITEMS if item.means == "search"]
        elif path == "/search/":
            shown = []
        content = "".join(self.means.markup(item) for item in shown)
        headers = [
            ("Set-Cookie", f"{item.name}=1{item.line}") for item in shown if item.means in ("document", "search")
        ]
        if path == "/decoys/":
            content += DECOY_HTML.replace("HOST", f"{ADS}:{self.port}")
            headers += [("Set-Cookie", line) for line in DECOY_LINES]
        if path == "/search/":
            content += '<form action="/search/results/"><input type="search" name="q"><button>Search</button></form>'
        if path.startswith("/deep/") and path != "/deep/4/":
            content += f'<a href="/deep/{int(path[6]) + 1}/">Further</a>'
        links = "".join(f'<li><a href="{page}">{page}</a></li>' for page in PAGES)
        banner = banners.markup(self.style, self.port) if not choice else banners.way_back() if choice == "yes" else ""
        cleaning = self.cleaning() if choice == "no" else ""
        text = (f'<!doctype html><html lang="en"><head><title>{path}</title>{banners.STYLE}</head><body>{banner}{cleaning}'
                f"<h1>{path}</h1><ul>{links}</ul>{content}<div class=tall></div></body></html>")  # fmt: skip
        return 200, "text/html", text, headers

    def cleaning(self) -> str:
        """What a refusal removes from other storage."""
        names = {kind: [item.name for item in ITEMS if item.when == "granted" and item.kind == kind and item.host == OWN]
                 for kind in ("local_storage", "session_storage", "indexed_db", "cache_storage")}  # fmt: skip
        return f"""<script>(() => {{ const names = {json.dumps(names)};
names.local_storage.forEach((name) => localStorage.removeItem(name));
names.session_storage.forEach((name) => sessionStorage.removeItem(name));
indexedDB.databases().then((all) => all.forEach(({{name}}) => names.indexed_db.includes(name) && indexedDB.deleteDatabase(name)));
caches.keys().then((all) => all.forEach((name) => names.cache_storage.includes(name) && caches.delete(name))); }})()</script>"""

    def write(self, host: str, path: str, choice: str) -> Reply:
        """The address of one item: what it sends, and the cookie if it is one of headers."""
        name, _, ending = path.removeprefix("/w/").rpartition(".")
        if ending == "decoy":
            return 200, "text/plain", "", [("Set-Cookie", "x_omit=1; Secure; SameSite=None")]
        item = self.by_name.get(name)
        if item is None:
            return 404, "text/plain", "", []
        return self.means.reply(item, host, ending)


def due(item: Item, choice: str) -> bool:
    """Whether an item is written under a choice."""
    return {"always": True, "granted": choice == "yes", "kept": choice == "yes", "early": not choice}[item.when]


@contextmanager
def serving(style: str = "plain") -> Iterator[Ground]:
    """The site on a free loopback port until the end of the block."""
    handler = type("Handler", (Asked,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    ground = Ground(server.server_port, style)
    handler.ground = ground  # type: ignore[attr-defined]  # the class was made above
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield ground
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
