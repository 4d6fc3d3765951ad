"""`bredele knowledge`: load, list, suggest, forget."""

import json
from pathlib import Path

import pytest

from tests.cli.test_policy import run
from tests.formats.knowledge.test_reading import ADBLOCK, CSV, TRACKERDB, stored


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of the test's own."""
    monkeypatch.setenv("BREDELE_DATA", str(tmp_path / "var"))
    return tmp_path / "var"


def test_a_list_is_loaded_and_answers_with_its_source(tmp_path: Path) -> None:
    ended = run("knowledge", "load", stored(tmp_path, CSV))
    assert ended.exit_code == 0, ended.output
    assert "Open Cookie Database: 3 facts (open-cookie-database-csv)." in ended.stdout
    assert "Licence: Apache-2.0." in ended.stdout
    told = run("knowledge", "suggest", "_meas_1a2b", "nobody_knows_me", "--host", "a.example", "--site", "a.example")
    assert "_meas_*: Measurer, measurement, P13M (name known)" in told.stdout
    assert "Apache-2.0, https://github.com/jkwakman/Open-Cookie-Database" in told.stdout
    assert "nobody_knows_me: unknown, so consent is needed." in told.stdout


def test_json_says_the_same(tmp_path: Path) -> None:
    loaded = json.loads(run("knowledge", "load", stored(tmp_path, CSV), "--format", "json").stdout)
    assert loaded["facts"] == 3
    found = json.loads(run("knowledge", "suggest", "_meas_1a2b", "nix", "--format", "json").stdout)
    assert found["_meas_1a2b"]["purpose"] == "measurement"
    assert found["nix"] == {"name": "nix", "purpose": None, "consent": True, "source": None}
    (row,) = json.loads(run("knowledge", "list", "--format", "json").stdout)
    assert (row["title"], row["licence"]) == ("Open Cookie Database", "Apache-2.0")


def test_a_list_of_unknown_origin_must_be_attributed(tmp_path: Path, data: Path) -> None:
    path = stored(tmp_path, ADBLOCK.replace("! Licence: https://list.example/licence\n", ""))
    refused = run("knowledge", "load", path)
    assert refused.exit_code == 2
    assert "--licence" in refused.stderr
    assert not data.exists()
    assert run("knowledge", "load", path, "--licence", "CC0-1.0").exit_code == 0
    assert "CC0-1.0" in run("knowledge", "list").stdout


def test_a_licence_for_non_commercial_use_is_said(tmp_path: Path) -> None:
    assert "non-commercial" in run("knowledge", "load", stored(tmp_path, TRACKERDB)).stderr


def test_a_file_of_no_known_format_is_code_two(tmp_path: Path) -> None:
    ended = run("knowledge", "load", stored(tmp_path, "nothing"))
    assert ended.exit_code == 2
    assert "Known are:" in ended.stderr


def test_a_list_can_be_forgotten(tmp_path: Path) -> None:
    run("knowledge", "load", stored(tmp_path, CSV))
    assert run("knowledge", "forget", "Open Cookie Database").exit_code == 0
    assert "Nothing is loaded yet" in run("knowledge", "list").stdout
    assert run("knowledge", "forget", "Open Cookie Database").exit_code == 2
