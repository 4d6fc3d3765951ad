"""`make bench-large`: a site of a thousand pages in four states, killed on the way, resumed; minutes and memory.

Documents are counted where they are served. Memory is proportional set size (`/proc`, Linux), sampled all the time: the
scanner's own process, and everything it started (driver and browser). Flat: the last quarter's median over the second's.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec

STATES = "no_choice,refused,accepted,gpc"
WORDS = ("council", "school", "harbour", "library", "market", "theatre", "archive", "garden", "station", "museum")
FORM = """<form method="post" action="/consent"><p>May we use cookies for statistics?</p>
<button name="choice" value="accept">Accept all</button><button name="choice" value="refuse">Refuse all</button></form>"""
SAMPLE_SECONDS = 2.0


def path_of(number: int) -> str:
    """Pages as a town has them: sections of notices."""
    return f"/{WORDS[number % 10]}/notice-{number // 10}/" if number else "/"


class Town(BaseHTTPRequestHandler):
    """One request. Every page has a style, a script that stores, two pictures, and after Accept a counter's cookie."""

    protocol_version = "HTTP/1.1"
    pages: dict[str, int]
    documents: int = 0
    turn = threading.Lock()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """A page or a piece of one."""
        number = self.pages.get(self.path.partition("?")[0])
        cookies = self.headers.get("Cookie", "")
        if number is not None:
            with Town.turn:
                Town.documents += 1
            self.reply("text/html; charset=utf-8", self.page(number, cookies))
        elif self.path.startswith("/counted"):
            self.reply("image/gif", "", [("Set-Cookie", "_ga=GA1.1.123456789.1764000000; Max-Age=34000000")])
        elif self.path == "/site.js":
            self.reply("text/javascript", "localStorage.setItem('last', location.pathname)")
        elif self.path.startswith(("/site.css", "/picture")):
            self.reply("text/css" if self.path.endswith("css") else "image/gif", "")
        else:
            self.reply("text/plain", "", status=404)

    def do_POST(self) -> None:
        """A choice."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        kept = "yes" if "accept" in body else "no"
        self.reply("text/plain", "", [("Set-Cookie", f"choice={kept}; Max-Age=900000"), ("Location", "/")], 303)

    def page(self, number: int, cookies: str) -> str:
        """One page: it leads to a few others."""
        near = (number * 3 + 1, number * 3 + 2, number * 3 + 3, max(0, number - 7), number // 2)
        links = "".join(f'<li><a href="{path_of(to)}">Notice {to}</a></li>' for to in near if to < len(self.pages))
        banner = "" if "choice=" in cookies else FORM
        counted = f'<img src="/counted?{number}" alt="">' if "choice=yes" in cookies else ""
        text = "<p>The council met and decided about the matter at hand, as it does every week of the year.</p>" * 8
        return (
            f"<!doctype html><html lang=en><title>Notice {number}</title><link rel=stylesheet href=/site.css>"
            f"<script src=/site.js></script><h1>Notice {number}</h1>{banner}{text}<ul>{links}</ul>{counted}"
            f'<img src="/picture-{number % 20}.gif" alt=""><img src="/picture.gif" alt="">'
        )

    def reply(self, kind: str, text: str, headers: list[tuple[str, str]] | None = None, status: int = 200) -> None:
        """Send it."""
        data = text.encode()
        self.send_response_only(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(data))), *(headers or [])):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def town(pages: int) -> Iterator[int]:
    """The site; its port."""
    Town.pages = {path_of(number): number for number in range(pages)}
    with ThreadingHTTPServer(("127.0.0.1", 0), Town) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def family(pid: int) -> list[int]:
    """Every process below one."""
    below: dict[int, list[int]] = {}
    for one in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            parent = int((one / "stat").read_text().rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(one.name))
    found, queue = [], [pid]
    while queue:
        children = below.get(queue.pop(), [])
        found += children
        queue += children
    return found


def megabytes(pids: list[int]) -> float:
    """Proportional set size of some processes."""
    total = 0
    for pid in pids:
        with suppress(OSError, StopIteration):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return total / 1024


Sample = tuple[int, float, float]


def watched(command: list[str], samples: list[Sample], until: int = 0) -> int:
    """Run it, sampling; killed with SIGKILL after so many documents. Its exit code."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # below
    while process.poll() is None:
        samples.append((Town.documents, megabytes([process.pid]), megabytes(family(process.pid))))
        if until and Town.documents >= until:
            os.kill(process.pid, signal.SIGKILL)
        time.sleep(SAMPLE_SECONDS)
    return process.returncode


def quarters(samples: list[Sample]) -> tuple[list[float], list[float]]:
    """Medians of each quarter of the run: the scanner's own memory, and its browser's."""
    size = max(1, len(samples) // 4)
    parts = [samples[place * size : (place + 1) * size] for place in range(4)]
    own = [statistics.median(one for _, one, _ in part) for part in parts if part]
    others = [statistics.median(one for _, _, one in part) for part in parts if part]
    return own, others


def told(name: str, figures: list[float]) -> None:
    """A row."""
    growth = figures[-1] / figures[1] if len(figures) > 1 and figures[1] else 0.0
    row = ", ".join(f"{one:.0f}" for one in figures)
    print(f"{name:28} {row} MB by quarter; last over second {growth:.2f}")  # noqa: T201  # the bench's own output


def main() -> int:
    """Print the figures; 1 if a page or a state is missing."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--pages", type=int, default=1000)
    given = arguments.parse_args()
    with town(given.pages) as port, tempfile.TemporaryDirectory() as place:
        report = Path(place) / "scan.json"
        command = [sys.executable, "-m", "bredele.cli.main", "scan", f"http://town.localhost:{port}/"]
        command += ["--states", STATES, "--max-pages", str(given.pages), "--budget", "7200", "--no-drive-forms"]
        command += ["--resume", str(Path(place) / "kept"), "--report", f"json={report}"]
        begun = time.monotonic()
        first: list[Sample] = []
        watched(command, first, until=given.pages)
        before, after = Town.documents, len(first)
        print(f"killed after {before} documents, {time.monotonic() - begun:.0f} s")  # noqa: T201  # the same
        second: list[Sample] = []
        code = watched(command, second)
        seconds = time.monotonic() - begun
        scan = msgspec.json.decode(report.read_bytes()) if report.exists() else {}
        pages, states = scan.get("pages", []), scan.get("states", [])
        print(f"exit code {code}; {len(pages)} pages in {len(states)} states")  # noqa: T201  # the same
        print(f"{seconds / 60:.1f} minutes, the killed part with it; {Town.documents} documents served")  # noqa: T201  # the same
        print(f"{seconds / max(Town.documents, 1):.2f} s a document; {after + len(second)} samples")  # noqa: T201  # the same
        for name, figures in zip(("the scanner", "its driver and browser"), quarters(second), strict=True):
            told(name, figures)
        return 0 if (len(pages), len(states)) == (given.pages, len(STATES.split(","))) else 1


if __name__ == "__main__":
    sys.exit(main())
