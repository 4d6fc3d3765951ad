"""`bredele user`."""

import json
import subprocess
from pathlib import Path

from tests.cli.test_serve import run
from tests.serving import command, environment


def test_a_person_gets_a_password_once_and_may_be_removed(tmp_path: Path) -> None:
    added = run("user", "add", "ada", "--email", "ada@example.org", "--owner", data=tmp_path)
    assert added.returncode == 0, added.stderr
    password = added.stdout.strip().rpartition(" ")[2]
    assert len(password) >= 16
    listed = run("user", "list", "--format", "json", data=tmp_path).stdout
    assert json.loads(listed)[0]["owner"] is True
    assert password not in listed
    assert run("user", "remove", "ada", data=tmp_path).returncode == 0
    assert json.loads(run("user", "list", "--format", "json", data=tmp_path).stdout) == []


def test_a_password_can_be_given_without_showing_it(tmp_path: Path) -> None:
    ended = subprocess.run(
        command("user", "add", "ada", "--password-stdin"),
        env={**environment(), "BREDELE_DATA": str(tmp_path)},
        input="a few random words 7\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "random" not in ended.stdout


def test_an_unknown_person_is_a_usage_error(tmp_path: Path) -> None:
    ended = run("user", "remove", "nobody", data=tmp_path)
    assert ended.returncode == 2
    assert "bredele user list" in ended.stderr
