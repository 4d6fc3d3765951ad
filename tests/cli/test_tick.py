"""`bredele tick`: does what is due, alone; and the server that lets it be done."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bredele.cli import ticking
from bredele.cli.tick import LOCK, alone
from bredele.core.settings import Settings
from tests.cli.test_serve import run
from tests.serving import environment


def test_a_tick_with_nothing_to_do_does_nothing(tmp_path: Path) -> None:
    ended = run("tick", data=tmp_path / "var")
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    assert "scans:" not in ended.stderr


def test_two_ticks_at_once_are_one(tmp_path: Path) -> None:
    run("tick", data=tmp_path)
    with alone(Settings(data=tmp_path)) as first:
        assert first
        with alone(Settings(data=tmp_path)) as second:
            assert not second
        ended = run("tick", data=tmp_path)
    assert ended.returncode == 0
    assert "Another tick is at work." in ended.stderr
    assert (tmp_path / LOCK).stat().st_mode & 0o077 == 0
    with alone(Settings(data=tmp_path)) as again:
        assert again


def test_after_a_tick_no_work_waits_any_more(tmp_path: Path) -> None:
    """Else the server would begin one tick after the other."""
    assert run("tick", data=tmp_path).returncode == 0
    asked = (
        "from bredele.cli import web\nfrom bredele.cli.tick import WORKS\nweb.load(tables=False)\n"
        "from bredele.web.waiting import work_waits\nprint(work_waits(WORKS.values(), web.now))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={**environment(), "BREDELE_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout.strip() == "False"


def test_the_server_lets_work_be_done_once_it_waits_and_stops_it_in_the_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started = threading.Event()
    waiting = iter([False, True])

    class Process:
        ended = False

        def wait(self, seconds: float) -> None:
            if not self.ended:
                time.sleep(0.01)
                raise subprocess.TimeoutExpired("tick", seconds)

        def terminate(self) -> None:
            self.ended = True

    def start(command: list[str], **_: object) -> Process:
        assert command[-1] == "tick"
        started.set()
        return Process()

    monkeypatch.setattr("bredele.web.waiting.work_waits", lambda *_: next(waiting, False))
    monkeypatch.setattr(ticking.subprocess, "Popen", start)
    with ticking.Ticking(Settings(data=tmp_path), every=0.01) as ticks:
        assert started.wait(10)
    assert not ticks.thread.is_alive()
    assert isinstance(ticks.process, Process)
    assert ticks.process.ended
