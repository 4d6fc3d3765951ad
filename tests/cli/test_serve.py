"""`bredele serve`, and what every command does when something is wrong."""

import socket
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from bredele.cli import serve as module
from bredele.cli.errors import exit_code
from bredele.cli.main import COMMANDS, SUMMARIES, main
from bredele.core.settings import Settings
from tests.serving import command, environment, free_port


def run(*arguments: str, data: Path | None = None, **more: str) -> "subprocess.CompletedProcess[str]":
    """A command, as a shell runs it."""
    settings = {"BREDELE_DATA": str(data)} if data else {}
    return subprocess.run(
        command(*arguments),
        env={**environment(), **settings, **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_taken_port_is_a_clear_error_with_its_cure(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = run("serve", "--port", str(port), data=tmp_path / "var")
    assert ended.returncode == 2
    assert f"127.0.0.1:{port}: " in ended.stderr
    assert f"--port {port + 1}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_taken_port_is_noticed_before_anything_is_written(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        run("serve", "--port", str(other.getsockname()[1]), data=tmp_path / "var")
    assert not (tmp_path / "var" / "bredele.sqlite3").exists()


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    ended = run("serve", data=tmp_path, BREDELE_ORIGN="http://localhost")
    assert ended.returncode == 2
    assert "BREDELE_ORIGN" in ended.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["scan", "--help"], ["--version"]])
def test_help_and_scans_start_without_django(arguments: list[str]) -> None:
    """Rules: PLT-01"""
    script = (
        "import sys\nfrom bredele.cli.main import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "sys.exit('django' in sys.modules)"
    )
    ended = subprocess.run([command()[0], "-c", script], env=environment(), capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_exists_and_is_described(name: str) -> None:
    answer = CliRunner().invoke(main, [name, "--help"])
    assert answer.exit_code == 0, answer.output
    assert SUMMARIES[name]


def test_an_unknown_command_is_a_usage_error() -> None:
    answer = CliRunner().invoke(main, ["bake"])
    assert answer.exit_code == 2


def test_a_crash_and_an_interruption_leave_the_question_open() -> None:
    assert exit_code(RuntimeError()) == exit_code(KeyboardInterrupt()) == 3


def test_the_second_loopback_address_is_taken_along_where_it_is_free() -> None:
    sockets = module.listen("127.0.0.1", free_port())
    try:
        assert sockets[0].getsockname()[0] == "127.0.0.1"
    finally:
        for made in sockets:
            made.close()


def test_behind_a_tls_proxy_the_port_is_8000() -> None:
    assert module.listening_port(Settings(origin="https://cookies.example")) == 8000
    assert module.listening_port(Settings(origin="http://localhost:9000")) == 9000
