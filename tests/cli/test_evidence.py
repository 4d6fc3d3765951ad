"""`bredele evidence`: exit codes of a bundle that is whole, altered, unknown or none."""

import json
from pathlib import Path

import pytest

from bredele.scanner.evidence import container, signing
from tests.cli.test_policy import run
from tests.scanner.evidence.test_bundle import made


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle of this installation."""
    monkeypatch.setenv("BREDELE_DATA", str(tmp_path / "var"))
    path = tmp_path / "bundle.zip"
    container.write(path, made(tmp_path / "var"))
    return path


def test_the_own_bundle_is_verified(bundle: Path) -> None:
    ended = run("evidence", "verify", bundle)
    assert ended.exit_code == 0, ended.output
    assert ended.stdout.startswith("Verified: exactly what commune.example/evidence+")
    assert json.loads(run("evidence", "verify", bundle, "--format", "json").stdout)["verified"] is True


def test_an_altered_bundle_is_code_one_and_the_file_is_named(tmp_path: Path, bundle: Path) -> None:
    """Rules: SCN-07"""
    folder = tmp_path / "unpacked"
    container.write(folder, container.read(bundle))
    assert run("evidence", "verify", folder).exit_code == 0
    (folder / "scan.json").write_bytes((folder / "scan.json").read_bytes().replace(b"error", b"notes", 1))
    ended = run("evidence", "verify", folder)
    assert ended.exit_code == 1
    assert "scan.json: was altered" in ended.stdout
    body = json.loads(run("evidence", "verify", folder, "--format", "json").stdout)
    assert body["files"] == {"scan.json": "was altered"}


def test_elsewhere_the_key_must_be_given(tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = run("evidence", "key").stdout
    monkeypatch.setenv("BREDELE_DATA", str(tmp_path / "elsewhere"))
    ended = run("evidence", "verify", bundle)
    assert ended.exit_code == 3
    assert "--key" in ended.stdout
    assert run("evidence", "verify", bundle, "--key", keys.strip()).exit_code == 0
    assert run("evidence", "verify", bundle, "--key", tmp_path / "var" / signing.PUBLIC).exit_code == 0


def test_what_is_no_bundle_is_code_two(tmp_path: Path, bundle: Path) -> None:
    assert run("evidence", "verify", tmp_path / "nothing").exit_code == 2
    assert run("evidence", "verify", bundle, "--key", "no key").exit_code == 2
