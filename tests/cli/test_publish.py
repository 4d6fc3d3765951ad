"""`bredele publish`."""

import json
from pathlib import Path

import pytest

from tests.cli.test_serve import run
from tests.serving import ROOT

CIVIS = ROOT / "examples" / "civis" / "cookies.toml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A data directory with one empty site."""
    assert run("site", "add", "civis", "--origin", "http://localhost:8000", data=tmp_path).returncode == 0
    return tmp_path


def test_a_file_becomes_version_one_and_the_same_file_no_other(site: Path) -> None:
    """Rules: REG-09"""
    first = run("publish", "civis", "--from", str(CIVIS), "--format", "json", data=site)
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)[0]["version"] == 1
    assert (site / "sites" / "civis" / "versions" / "1.json").is_file()
    again = run("publish", "civis", "--from", str(CIVIS), data=site)
    assert again.returncode == 2
    assert "version 1" in again.stderr


def test_a_check_changes_nothing(site: Path) -> None:
    checked = run("publish", "civis", "--from", str(CIVIS), "--check", "--format", "json", data=site)
    assert checked.returncode == 0, checked.stdout
    assert {"site", "problems", "changes"} == set(json.loads(checked.stdout))
    assert not (site / "sites" / "civis").exists()


def test_a_file_with_a_wrong_lifetime_is_refused_by_its_place(site: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(CIVIS.read_text().replace('lifetime = "session"', 'lifetime = "until I die"', 1))
    ended = run("publish", "civis", "--from", str(wrong), data=site)
    assert ended.returncode == 2
    assert "cookies[0].lifetime" in ended.stderr
    assert not (site / "sites" / "civis").exists()


def test_an_incomplete_file_is_blocked_with_every_place_and_cure(site: Path, tmp_path: Path) -> None:
    """Rules: REG-01, REG-07, POL-06"""
    bare = tmp_path / "bare.toml"
    bare.write_text(
        'schema = 1\n[site]\norigin = "http://localhost:8000"\n[[cookies]]\nnames = ["a"]\npurpose = "necessary"\n'
    )
    checked = run("publish", "civis", "--from", str(bare), "--check", data=site)
    assert checked.returncode == 1
    assert "cookies[0].lifetime" in checked.stdout
    assert run("publish", "civis", "--from", str(bare), data=site).returncode == 2
