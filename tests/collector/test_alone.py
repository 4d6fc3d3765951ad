"""The collector alone: the three paths it has, behind a proxy too, without Django; two processes on one inbox."""

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path

import pytest

from bredele.collector.alone import Alone
from bredele.core.settings import Settings
from bredele.stats.sqlite import SqliteStore
from tests.collector.conftest import FIREFOX, publish
from tests.serving import ask, environment, free_port, running

VIEW = json.dumps({"name": "view", "url": "http://town.example/a", "referrer": "", "width": 1280})
PERSON = {"User_Agent": FIREFOX}


def views(data: Path) -> int:
    """Exact views of today."""
    store, today = SqliteStore(data / "statistics.sqlite3"), datetime.now(UTC).date()
    found = sum(total for (_, metric), total in store.hourly("town", today, today).items() if metric == "views")
    store.close()
    return found


def answers(port: int) -> None:
    """Wait until it does."""
    for _ in range(300):
        with suppress(OSError, HTTPException):
            if ask(port, "/healthz", "town.example").status == 200:
                return
        time.sleep(0.1)
    raise AssertionError("no answer")


def test_it_starts_without_django(tmp_path: Path) -> None:
    code = "import sys, bredele.collector.alone; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env=environment(), check=False, timeout=60).returncode == 0


def test_its_paths_are_answered_and_what_waits_is_folded_at_the_end(tmp_path: Path) -> None:
    publish(tmp_path, ("town", "town.example", "pageviews"))
    settings = {"BREDELE_TRUSTED_PROXIES": "127.0.0.1"}
    with running("serve", "--collector", data=tmp_path, port=free_port(), **settings) as server:
        for path in ("/collect", "/bredele/collect"):
            assert ask(server.port, path, "town.example", "POST", VIEW, **PERSON).status == 202
        proxied = {**PERSON, "X_Forwarded_Host": "town.example"}
        assert ask(server.port, "/collect", "inner", "POST", VIEW, **proxied).status == 202
        assert ask(server.port, "/healthz", "town.example").body == "ok\n"
        assert ask(server.port, "/", "town.example").status == 404
        assert ask(server.port, "/consent", "town.example", "POST", "choice=refuse").status == 415
    assert views(tmp_path) == 3


def test_nothing_published_is_told_with_a_cure(tmp_path: Path) -> None:
    from tests.cli.test_serve import run

    said = run("serve", "--collector", data=tmp_path)
    assert said.returncode != 0
    assert "bredele publish" in said.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="file locks are those of Unix")
def test_two_workers_share_one_inbox_and_lose_nothing(tmp_path: Path) -> None:
    publish(tmp_path, ("town", "town.example", "pageviews"))
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "bredele.collector.alone:application", "--workers", "2"]
    command += ["--port", str(port), "--no-access-log", "--no-proxy-headers", "--log-level", "critical"]
    with subprocess.Popen(command, env={**os.environ, **environment(), "BREDELE_DATA": str(tmp_path)}) as server:
        try:
            answers(port)
            for _ in range(40):
                assert ask(port, "/collect", "town.example", "POST", VIEW, **PERSON).status == 202
        finally:
            server.terminate()
            server.wait(30)
    Alone(Settings(data=tmp_path)).counting.close()
    assert views(tmp_path) == 40
