"""Ticks while the server runs: looked for every few seconds, done in a process of their own, one after the other."""

import os
import subprocess
import sys
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from bredele.cli import web
from bredele.cli.tick import WORKS
from bredele.core.settings import Settings

LOOK_SECONDS = 3.0


class Ticking:
    """Looks whether work waits, and lets `bredele tick` do it, while entered."""

    def __init__(self, settings: Settings, every: float = LOOK_SECONDS) -> None:
        self.settings, self.every = settings, every
        self.over = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self.look, name="ticking", daemon=True)

    def __enter__(self) -> "Ticking":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        if self.process is not None:
            self.process.terminate()
        self.thread.join(5)

    def look(self) -> None:
        """Until the end: wait, look, work."""
        waits = import_module("bredele.web.waiting").work_waits
        while not self.over.wait(self.every):
            if waits(WORKS.values(), web.now):
                self.work()

    def work(self) -> None:
        """One tick in a process of its own: a browser's memory and crashes stay out of the server."""
        origin, data = self.settings.origin, str(self.settings.data)
        environment = {**os.environ, **python_path(), "BREDELE_DATA": data, "BREDELE_ORIGIN": origin}
        command = [sys.executable, "-m", "bredele.cli.main", "tick"]
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603  # our own command
        while not self.over.is_set():
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
                return


def python_path() -> dict[str, str]:
    """The child finds the same package, installed or not."""
    root = str(Path(__file__).parents[2])
    return {"PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))}
