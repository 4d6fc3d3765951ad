"""The server as a child process of a command: started, waited for, stopped with it."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bredele.cli.errors import CouldNotCheck
from bredele.cli.serve import listening_port
from bredele.cli.ticking import python_path
from bredele.core.settings import Settings

PATIENCE = 30.0
"""Seconds until a server that does not answer counts as broken."""


class ServerBroken(CouldNotCheck):
    """The serving process ended or never answered."""


@contextmanager
def serving(settings: Settings, *, lie: bool = False) -> Iterator["subprocess.Popen[bytes]"]:
    """A server with these settings that answers; it is stopped at the end, and by itself if this process dies."""
    command = [sys.executable, "-m", "bredele.cli.main", "serve", "--child", *(["--lie"] if lie else [])]
    environment = {**os.environ, **python_path(), "BREDELE_DATA": str(settings.data), "BREDELE_ORIGIN": settings.origin}
    process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE)  # noqa: S603  # our own command
    try:
        wait_until_answers(process, settings)
        yield process
    finally:
        stop(process)


def wait_until_answers(process: "subprocess.Popen[bytes]", settings: Settings) -> None:
    """Return when `/healthz` answers; raises ServerBroken."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ServerBroken("The server stopped at once.", where=settings.origin, cure="Read its message above.")
        if answers(settings):
            return
        time.sleep(0.05)
    raise ServerBroken(f"No answer within {PATIENCE:.0f} s.", where=settings.origin, cure="Try `bredele serve`.")


def answers(settings: Settings) -> bool:
    """Whether the server is up. `*.localhost` is unknown to Python's resolver: connect to the address."""
    connection = http.client.HTTPConnection(settings.bind, listening_port(settings), timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": settings.host})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End it, gently first."""
    if process.stdin is not None:
        process.stdin.close()
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def stay(process: "subprocess.Popen[bytes]") -> int:
    """Wait for Ctrl-C, which is the normal end (code 0), or for the server's own end (its fault is told)."""
    try:
        process.wait()
    except KeyboardInterrupt:
        return 0
    raise ServerBroken("The server stopped by itself.", cure="Start it again; read its message above.")
