"""`bredele doctor` says what is missing, what it is for, and the cure."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bredele.cli.doctor import Check, as_text, doctor, examine, sqlite_check
from bredele.formats.published import IndexEntry, encode_version, write_index, write_version
from bredele.ledger.log import Draft
from bredele.ledger.sqlite import SqliteEngine
from tests.ledger.records import VERSION, log_over, record


def program(path: Path) -> Path:
    path.write_text("#!/bin/sh\necho Chromium 1.0\n")
    path.chmod(0o755)
    return path


def checks(tmp_path: Path, environ: dict[str, str] | None = None, **stated: Any) -> dict[str, Check]:
    if not (tmp_path / "chromium").exists():
        program(tmp_path / "chromium")
    surroundings = {"BREDELE_CHROMIUM": str(tmp_path / "chromium"), "BREDELE_DATA": str(tmp_path), **(environ or {})}
    stated = {"package": lambda _: "1.0", "root": False, **stated}
    return {check.name: check for check in examine(surroundings, **stated)}


def test_a_complete_machine_lacks_nothing(tmp_path: Path) -> None:
    found = checks(tmp_path)
    assert all(check.ok for check in found.values())
    assert not any(check.cure for check in found.values())
    assert "Nothing is missing." in as_text(list(found.values()))


def test_an_old_python_is_named(tmp_path: Path) -> None:
    check = checks(tmp_path, python=(3, 10, 2))["python"]
    assert (check.ok, check.required_for, check.message) == (False, "everything", "Python 3.10.2")
    assert check.cure


def test_an_old_sqlite_is_named() -> None:
    assert not sqlite_check((3, 30, 1)).ok
    assert sqlite_check((3, 31, 0)).ok


@pytest.mark.parametrize(("extra", "name"), [("server", "Django"), ("scan", "playwright")])
def test_a_missing_extra_is_named_with_its_install_command(tmp_path: Path, extra: str, name: str) -> None:
    check = checks(tmp_path, package=lambda package: None if package == name else "1.0")[extra]
    assert not check.ok
    assert check.message == f"Not installed: {name}."
    assert f'pip install "bredele[{extra}]"' in check.cure


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    check = checks(tmp_path, {"BREDELE_ORIGINE": "https://example.org"})["settings"]
    assert not check.ok
    assert "BREDELE_ORIGINE" in check.message


def test_a_data_directory_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    check = checks(tmp_path, {"BREDELE_DATA": str(tmp_path / "file/var")})["data"]
    assert not check.ok
    assert "BREDELE_DATA" in check.cure


def test_a_data_directory_that_is_still_to_be_made_is_fine(tmp_path: Path) -> None:
    check = checks(tmp_path, {"BREDELE_DATA": str(tmp_path / "a/b")})["data"]
    assert check.ok
    assert not (tmp_path / "a").exists()


def test_a_stated_browser_that_is_not_there_is_named(tmp_path: Path) -> None:
    check = checks(tmp_path, {"BREDELE_CHROMIUM": str(tmp_path / "gone")})["chromium"]
    assert not check.ok
    assert check.required_for == "scan"
    assert check.message.startswith("BREDELE_CHROMIUM:")


def test_a_browser_that_does_not_start_is_missing(tmp_path: Path) -> None:
    check = checks(tmp_path, browser=lambda _: "")["chromium"]
    assert not check.ok
    assert "does not start" in check.message


@pytest.mark.parametrize(
    ("flags", "root", "words"), [("", True, "this is root"), ("--no-sandbox", False, "BREDELE_CHROMIUM_FLAGS")]
)
def test_a_sandbox_given_up_is_told_with_the_reason(tmp_path: Path, flags: str, root: bool, words: str) -> None:
    check = checks(tmp_path, {"BREDELE_CHROMIUM_FLAGS": flags}, root=root)["sandbox"]
    assert check.ok
    assert words in check.message


def test_the_command_ends_with_1_when_something_is_missing(tmp_path: Path) -> None:
    environ = {"BREDELE_CHROMIUM": str(tmp_path / "gone"), "BREDELE_DATA": str(tmp_path)}
    done = CliRunner().invoke(doctor, ["--format", "json"], env=environ)
    assert done.exit_code == 1
    told = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert set(told["chromium"]) == {"name", "ok", "required_for", "message", "cure"}
    assert not told["chromium"]["ok"]


def test_the_text_shows_each_cure_below_its_fault(tmp_path: Path) -> None:
    done = CliRunner().invoke(doctor, env={"BREDELE_CHROMIUM": str(tmp_path / "gone"), "BREDELE_DATA": str(tmp_path)})
    assert "MISSING  chromium" in done.stdout
    assert "for: scan. Write the path of the binary." in done.stdout
    assert done.stdout.rstrip().endswith("Missing: 1.")


def test_a_ledger_that_cannot_record_is_named_with_its_cure(tmp_path: Path) -> None:
    """Rules: LED-01"""
    write_version(tmp_path, "town", encode_version(VERSION), 1)
    write_index(tmp_path, (IndexEntry(slug="town", hosts=("town.example",), origin="https://town.example", current=1),))
    assert checks(tmp_path)["ledger"].ok
    log = log_over(SqliteEngine(tmp_path / "ledger" / "town" / "log.sqlite3"), tmp_path / "ledger" / "town")
    log.append([Draft(record(0))])
    assert checks(tmp_path)["ledger"].ok
    for path in (tmp_path / "ledger" / "town" / "keys").iterdir():
        path.unlink()
    check = checks(tmp_path)["ledger"]
    assert not check.ok
    assert "--new-key" in check.cure
    log.close()
