"""The embedded form as it is served: one process, one port."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Demo, Running, command, environment, running


@pytest.fixture(scope="module")
def server(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A served installation with one published site."""
    data: Path = tmp_path_factory.mktemp("embedded")
    with demo(data) as served:
        yield served


def test_health_is_told_by_the_process_itself(server: Running) -> None:
    answer = server.ask("/healthz", host="127.0.0.1")
    assert (answer.status, answer.body) == (200, "ok\n")


def test_readiness_is_told_by_django(server: Running) -> None:
    assert server.ask("/readyz").body == "ready\n"


@pytest.mark.parametrize("path", ["/", "/terms/cookies-policy/", "/terms/cookies-policy.json", "/data/"])
def test_a_first_visit_sets_nothing_at_all(server: Running, path: str) -> None:
    """Rules: C1, PLT-02"""
    answer = server.ask(path)
    assert (answer.status, answer.cookies) == (200, [])


def test_a_choice_goes_to_the_collector_and_reaches_the_pages(server: Running) -> None:
    answer = server.ask(
        "/consent",
        host="town.localhost",
        method="POST",
        body="choice=refuse&version=1&next=/",
        Content_Type="application/x-www-form-urlencoded",
        Sec_Fetch_Site="same-origin",
    )
    assert answer.status == 303
    assert len(answer.cookies) == 1
    assert answer.cookies[0].startswith("cookies_preferences=1.")


def test_static_files_are_served_without_collecting_them(server: Running) -> None:
    answer = server.ask("/static/bredele/base.css")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/css")
    assert not answer.cookies


@pytest.mark.parametrize("query", ["?q=%C3%A9", "?q=\xe9", "?lang=%00"])
def test_odd_queries_are_answered(server: Running, query: str) -> None:
    assert server.ask(f"/terms/cookies-policy/{query}").status in (200, 400)


def test_a_header_with_an_underscore_cannot_pose_as_another(server: Running) -> None:
    """Names with `_` never reach Django, where they would look like the proxy's `X-Forwarded-…`."""
    connection = subprocess.run(
        ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Accept_Language: fr", f"{server.origin}/"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert connection.stdout == "200"


def test_the_server_does_not_name_its_software(server: Running) -> None:
    assert "server" not in server.ask("/").headers


def test_many_visitors_at_once_are_answered(server: Running) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: server.ask("/terms/cookies-policy/").status, range(64)))
    assert answers == [200] * 64


def test_ctrl_c_ends_it_at_once(tmp_path: Path) -> None:
    with running("serve", data=tmp_path) as served:
        began = time.monotonic()
        served.process.send_signal(2)
        assert served.process.wait(10) == 0
        assert time.monotonic() - began < 5


def test_a_server_that_lost_its_parent_ends(tmp_path: Path) -> None:
    """A child serves as long as its standard input is held open."""
    from tests.serving import free_port, wait

    port = free_port()
    process = subprocess.Popen(
        command("serve", "--child", "--data", str(tmp_path), "--port", str(port)),
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wait(process, port)
    process.communicate(timeout=10)
    assert process.returncode is not None
