"""A site that does everything a page can do to a program that looks at it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGES = {
    "dialogs": "<script>alert('x'); confirm('y'); prompt('z'); onbeforeunload = (event) => event.preventDefault()</script>",
    "prints": "<script>print(); Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => 0)</script>",
    "windows": "<script>window.open('/last'); for (let n = 0; n < 5; n += 1) window.open('about:blank')</script>",
    "polls": "<script>setInterval(() => fetch('/nothing'), 50)</script>",
    "reloads": "<script>setTimeout(() => location.reload(), 50)</script>",
    "hangs": "<script>setTimeout(() => { for (;;); }, 0)</script>",
    "garbage": "\ufffd\x00<<<html>>> <script>}{</script><a href='http://[bad'>x</a><img src=':'>",
    "crowd": "".join(f"<a href='/crowd?{n}'>{n}</a>" for n in range(10_000)),
    "sandboxed": "<p>Nothing runs here</p>",
    "last": "<p>The end</p>",
}


class Nasty(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""

    def do_GET(self) -> None:
        """Answer, some of it badly."""
        name = self.path.partition("?")[0].strip("/")
        headers = [("Content-Type", "text/html"), ("Set-Cookie", f"from_{name or 'home'}=1; Path=/")]
        body, status = PAGES.get(name, ""), 200
        if not name:
            names = [*PAGES, "circle", "download", "login", "closes", "slow"]
            body = "".join(f"<a href='/{one}'>{one}</a> " for one in names)
        elif name == "circle":
            status, headers = 302, [*headers, ("Location", "/circle?again")]
        elif name == "download":
            headers = [*headers, ("Content-Disposition", "attachment; filename=x.bin")]
        elif name == "login":
            status, headers = 401, [*headers, ("WWW-Authenticate", 'Basic realm="x"')]
        elif name == "sandboxed":
            headers = [*headers, ("Content-Security-Policy", "sandbox")]
        elif name == "closes":
            self.close_connection = True
            return
        elif name == "slow":
            time.sleep(1)
        data = body.encode()
        self.send_response_only(status)
        for header in [*headers, ("Content-Length", str(len(data)))]:
            self.send_header(*header)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(data)


@contextmanager
def nasty() -> Iterator[str]:
    """The address of the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Nasty)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://a.localhost:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
