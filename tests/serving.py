"""A real server for tests: the command as a child process, on a free port, with its own data directory."""

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

ROOT = Path(__file__).parents[1]
PATIENCE = 60
BROWSER = "BREDELE_CHROMIUM"


@dataclass(frozen=True)
class Answer:
    """One HTTP answer; `cookies` are the Set-Cookie lines as sent."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: str


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    port: int
    data: Path
    process: "subprocess.Popen[str]"

    @property
    def origin(self) -> str:
        """The platform's."""
        return f"http://localhost:{self.port}"

    @property
    def town(self) -> str:
        """The town's origin."""
        return f"http://town.localhost:{self.port}"

    @property
    def partner(self) -> str:
        """The partner's origin."""
        return f"http://partner.localhost:{self.port}"

    @property
    def account(self) -> tuple[str, str]:
        """Name and password of the demo's owner."""
        lines = dict(line.split(": ", 1) for line in (self.data / "first-sign-in.txt").read_text().splitlines())
        return lines["name"], lines["password"]

    def ask(self, path: str, host: str = "localhost", method: str = "GET", body: str = "", **headers: str) -> Answer:
        """One request to the address: `*.localhost` is unknown to Python. `_` in a header name means `-`."""
        return ask(self.port, path, f"{host}:{self.port}", method, body, **headers)


def ask(port: int, path: str, host: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
    """One request to a loopback port."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection._encode_request = lambda request: request.encode("latin-1")  # type: ignore[attr-defined]  # raw bytes too
        connection.request(method, path, body or None, {"Host": host, **named})
        answer = connection.getresponse()
        cookies = answer.headers.get_all("Set-Cookie") or []
        return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, cookies, answer.read().decode())
    finally:
        connection.close()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment() -> dict[str, str]:
    """Ours, without any setting of Bredele but the browser."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BREDELE_", "DJANGO_"))}
    kept |= {BROWSER: os.environ[BROWSER]} if BROWSER in os.environ else {}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}


def command(*arguments: str) -> list[str]:
    """`bredele …`, as this interpreter runs it."""
    return [sys.executable, "-m", "bredele.cli.main", *arguments]


@contextmanager
def running(*arguments: str, data: Path, port: int = 0, **more: str) -> Iterator[Running]:
    """`bredele <arguments> --data … --port …` until the end of the block, on a free port; `more` are settings."""
    port = port or free_port()
    process = subprocess.Popen(
        command(*arguments, "--data", str(data), "--port", str(port)),
        env={**environment(), **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=data,
    )
    try:
        wait(process, port)
        yield Running(port, data, process)
    finally:
        end(process)


class Demo:
    """`with demo(directory, BREDELE_X="…") as server`: the sites of `bredele demo`, served as they are after its first
    start, each time from a copy. It is started once, which takes as long as all the rest of a short test."""

    def __init__(self, place: Path) -> None:
        self.place, self.port = place, 0

    @contextmanager
    def __call__(self, data: Path, **more: str) -> Iterator[Running]:
        """Serve a fresh copy that lies in `data`; one at a time, for the address is in what was published."""
        if not self.port:
            self.port = lasting_port()
            self.prepare()
        copytree(self.place, data, dirs_exist_ok=True)
        with running("serve", data=data, port=self.port, **more) as server:
            yield server

    def prepare(self) -> None:
        """Publish once."""
        asked = ("demo", "--no-proof", "--once", "--data", str(self.place), "--port", str(self.port))
        subprocess.run(command(*asked), env=environment(), check=True, capture_output=True, timeout=PATIENCE)


def lasting_port() -> int:
    """A port that is free and stays so: below those the system hands out to clients."""
    for port in random.sample(range(20_000, 30_000), 50):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


def wait(process: "subprocess.Popen[str]", port: int) -> None:
    """Until it answers; its own words if it does not."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"ended with {process.returncode}:\n{process.communicate()[0]}")
        with suppress(OSError, http.client.HTTPException):
            if ask(port, "/healthz", f"localhost:{port}").status == 200:
                return
        time.sleep(0.1)
    raise AssertionError("no answer")


def end(process: "subprocess.Popen[str]") -> None:
    """As Ctrl-C would; harder if that does not help."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
