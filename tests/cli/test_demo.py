"""`bredele demo`, which `make run` calls."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_serve import run
from tests.serving import Running, free_port, running


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Running, str]]:
    """Data directory, server and output of a first run."""
    data = tmp_path_factory.mktemp("demo")
    with running("demo", "--no-proof", data=data) as served:
        yield data, served, said(served)


def said(served: Running) -> str:
    """What the command printed until it waits for Ctrl-C."""
    assert served.process.stdout is not None
    lines = []
    for line in served.process.stdout:
        lines.append(line)
        if line.startswith("Ctrl-C"):
            break
    return "".join(lines)


def test_the_first_run_imports_warns_publishes_and_says_where_to_look(first: tuple[Path, Running, str]) -> None:
    """Rules: POL-01"""
    _, served, output = first
    assert "Imported policy.txt: 4 declarations" in output
    assert "no-lifetime" in output
    assert "claims-measurement" in output
    assert "Published version 1 of civis" in output
    assert "Published version 1 of town" in output
    for origin in (served.origin, served.town, served.partner):
        assert origin in output
    assert "first-sign-in.txt" in output


def test_the_password_lies_in_a_file_only_its_owner_reads(first: tuple[Path, Running, str]) -> None:
    data, served, output = first
    assert stat.S_IMODE((data / "first-sign-in.txt").stat().st_mode) == 0o600
    assert stat.S_IMODE((data / "bredele.sqlite3").stat().st_mode) == 0o600
    assert stat.S_IMODE((data / "secret.key").stat().st_mode) == 0o600
    name, password = served.account
    assert name == "owner"
    assert password not in output


@pytest.mark.parametrize("host", ["localhost", "town.localhost", "partner.localhost"])
def test_each_host_answers_with_its_own_page_and_sets_nothing(first: tuple[Path, Running, str], host: str) -> None:
    """Rules: C1, PLT-02"""
    answer = first[1].ask("/", host=host)
    assert (answer.status, answer.cookies) == (200, [])


def test_a_second_run_keeps_the_data_and_publishes_nothing(tmp_path: Path) -> None:
    with running("demo", "--no-proof", data=tmp_path) as served:
        account, port = served.account, served.port
    again = run("demo", "--no-proof", "--once", "--port", str(port), data=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "Published" not in again.stdout
    assert account[1] in (tmp_path / "first-sign-in.txt").read_text()


def test_on_another_port_the_policies_say_the_new_addresses(tmp_path: Path) -> None:
    first, second = free_port(), free_port()
    run("demo", "--no-proof", "--once", "--port", str(first), data=tmp_path)
    moved = run("demo", "--no-proof", "--once", "--port", str(second), data=tmp_path)
    assert moved.returncode == 0, moved.stderr
    assert f"Moved civis from http://localhost:{first} to http://localhost:{second}" in moved.stdout
    index = json.loads((tmp_path / "sites" / "index.json").read_text())
    assert {entry["origin"].rpartition(":")[2] for entry in index} == {str(second)}
    version = (tmp_path / "sites" / "town" / "versions" / "2.json").read_text()
    assert f"localhost:{first}" not in version


def test_ctrl_c_stops_the_server_too(tmp_path: Path) -> None:
    with running("demo", "--no-proof", data=tmp_path) as served:
        said(served)
        served.process.send_signal(2)
        assert served.process.wait(15) == 0
        with pytest.raises(OSError):  # noqa: PT011  # any refusal to connect
            served.ask("/healthz")
