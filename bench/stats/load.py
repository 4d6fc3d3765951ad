"""Sends page views over loopback in a closed loop, and reads the server's processor time."""

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bench.stats.traffic import PAGE_SHARES, REFERRER_SHARES

TICK = os.sysconf("SC_CLK_TCK")
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/147.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/147.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/26.4 Mobile Safari/605.1.15",
)


def requests(many: int, seed: int = 7) -> list[bytes]:
    """Whole HTTP requests, as a browser's beacon sends them."""
    drawn = random.Random(seed)  # noqa: S311  # traffic, no secret
    pages = drawn.choices([name for name, _ in PAGE_SHARES], [share for _, share in PAGE_SHARES], k=many)
    hosts = drawn.choices([name for name, _ in REFERRER_SHARES], [share for _, share in REFERRER_SHARES], k=many)
    made = []
    for page, host in zip(pages, hosts, strict=True):
        visit = drawn.random() < 0.4
        referrer = ("" if host == "direct" else f"https://{host}/x") if visit else "http://bench.localhost/"
        body = json.dumps(
            {"name": "view", "url": f"http://bench.localhost{page}", "referrer": referrer, "width": 1280}
        ).encode()
        address = f"{drawn.randint(62, 181)}.{drawn.randint(0, 255)}.{drawn.randint(0, 255)}.{drawn.randint(1, 254)}"
        made.append(
            (
                "POST /collect HTTP/1.1\r\nHost: bench.localhost\r\nContent-Type: text/plain\r\n"
                f"User-Agent: {drawn.choice(AGENTS)}\r\nAccept-Language: fr-FR,en\r\nX-Forwarded-For: {address}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            ).encode()
            + body
        )
    return made


class Server:
    """uvicorn with one of the applications of `floors`, on a free loopback port."""

    def __init__(self, name: str, data: Path) -> None:
        self.port = free_port()
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("BREDELE_")},
            "BREDELE_DATA": str(data),
            "BREDELE_TRUSTED_PROXIES": "127.0.0.1",
            "APPEND": str(data / "append.log"),
        }
        command = [
            sys.executable, "-m", "uvicorn", f"bench.stats.floors:{name}", "--port", str(self.port),
            "--no-access-log", "--log-level", "critical", "--lifespan", "off", "--no-proxy-headers",
            *(["--http", "bredele.collector.direct:DirectProtocol"] if name == "ours" else []),
        ]  # fmt: skip
        self.process = subprocess.Popen(command, env=environment)  # noqa: S603  # our own command
        until(lambda: answers(self.port))

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def kill(self) -> None:
        """SIGKILL, and wait."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """As Ctrl-C would."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.process.poll() is None and self.kill()


async def send(port: int, queue: list[bytes], at_once: int, accepted: Callable[[], None]) -> None:
    """Send all of the queue over so many connections; ends early where the server is gone."""

    async def one() -> None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            while queue:
                writer.write(queue.pop())
                head = await reader.readuntil(b"\r\n\r\n")
                if head[9:12] == b"202":
                    accepted()
            writer.close()
        except (OSError, asyncio.IncompleteReadError):
            return

    await asyncio.gather(*(one() for _ in range(at_once)))


async def paced(port: int, queue: list[bytes], a_second: float, at_once: int = 32) -> int:
    """Send the queue at a steady rate, whatever the answers take; how many were accepted."""
    connections: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(at_once):
        connections.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    accepted = 0

    async def one(request: bytes) -> None:
        nonlocal accepted
        reader, writer = await connections.get()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        accepted += head[9:12] == b"202"
        connections.put_nowait((reader, writer))

    began, running = time.perf_counter(), set[asyncio.Task[None]]()
    for number, request in enumerate(queue):
        await asyncio.sleep(max(0.0, began + number / a_second - time.perf_counter()))
        running.add(asyncio.create_task(one(request)))
    await asyncio.gather(*running)
    return accepted


def drive(ports: int | list[int], queue: list[bytes], at_once: int = 32) -> tuple[int, float]:
    """(accepted, seconds); so many in flight, over one server or several alike."""
    count = [0]

    def accepted() -> None:
        count[0] += 1

    async def all_of_them(ports: list[int]) -> None:
        await asyncio.gather(*(send(port, queue, at_once // len(ports), accepted) for port in ports))

    began = time.perf_counter()
    asyncio.run(all_of_them([ports] if isinstance(ports, int) else ports))
    return count[0], time.perf_counter() - began


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def until(ready: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for it."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.02)
