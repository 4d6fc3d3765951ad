"""Reports and baselines of `bredele check` and `scan`: options, files, exit codes. The scan itself is given."""

import json
from pathlib import Path

import pytest

from bredele.core.observation import Finding, Scan
from tests.cli.test_knowledge import data  # noqa: F401  # a data directory of the test's own
from tests.cli.test_policy import run
from tests.formats.knowledge.test_reading import CSV, stored
from tests.scanner.reports.conftest import SITE, TOML, scan


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    """Declarations in a file."""
    return stored(tmp_path, TOML, "cookies.toml")


@pytest.fixture(autouse=True)
def given(monkeypatch: pytest.MonkeyPatch) -> list[Scan]:
    """The next scan's outcome; the test may replace it."""
    outcome = [scan()]
    monkeypatch.setattr("bredele.scanner.check.run_check", lambda *_: outcome[-1])
    monkeypatch.setattr("bredele.scanner.scan.run", lambda *_: outcome[-1])
    return outcome


def check(toml: Path, *more: str | Path) -> tuple[int, str, str]:
    """Code, output and messages of a check."""
    ended = run("check", "http://localhost:1/", "--against", toml, *more)
    return ended.exit_code, ended.stdout, ended.stderr


def test_every_kind_of_report_is_written_in_one_run(tmp_path: Path, toml: Path) -> None:
    """Rules: SCN-09"""
    kinds = ("html", "pdf", "sarif", "junit", "har", "json")
    options = [option for kind in kinds for option in ("--report", f"{kind}={tmp_path / f'report.{kind}'}")]
    code, output, _ = check(toml, *options)
    assert code == 1
    assert "Not conform" in output
    begins = {"html": b"<!doctype", "pdf": b"%PDF", "sarif": b"{", "junit": b"<?xml", "har": b"{", "json": b"{"}
    for kind, start in begins.items():
        assert (tmp_path / f"report.{kind}").read_bytes().startswith(start), kind
    sarif = json.loads((tmp_path / "report.sarif").read_text())
    assert sarif["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] == 17


def test_the_json_on_standard_output_keeps_its_shape(toml: Path) -> None:
    _, output, _ = check(toml, "--format", "json")
    assert set(json.loads(output)) >= {"target", "started", "browser", "states", "observations", "requests", "findings"}


def test_a_baseline_turns_known_findings_into_notes_until_something_new_comes(
    tmp_path: Path, toml: Path, given: list[Scan]
) -> None:
    path = tmp_path / "baseline.json"
    given.append(scan(not_tested=()))
    assert check(toml, "--write-baseline", path)[0] == 1
    assert check(toml, "--baseline", path)[0] == 0
    given.append(scan(not_tested=(), findings=scan().findings[1:]))
    code, output, _ = check(toml, "--baseline", path)
    assert code == 0
    assert "Gone since the baseline: undeclared" in output
    known = json.loads(path.read_text())
    path.write_text(json.dumps({**known, "accepted": known["accepted"][:1]}))
    assert check(toml, "--baseline", path)[0] == 1


def test_an_incomplete_scan_stays_incomplete_with_a_baseline(tmp_path: Path, toml: Path) -> None:
    path = tmp_path / "baseline.json"
    check(toml, "--write-baseline", path)
    assert check(toml, "--baseline", path)[0] == 3


@pytest.mark.parametrize("value", ["html", "html=", "word=report.doc"])
def test_a_report_of_no_kind_is_a_usage_error(toml: Path, value: str) -> None:
    code, _, told = check(toml, "--report", value)
    assert code == 2
    assert "KIND=FILE" in told


def test_a_missing_baseline_is_told_before_anything_is_scanned(
    tmp_path: Path, toml: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bredele.scanner.check.run_check", lambda *_: pytest.fail("scanned"))
    code, _, told = check(toml, "--baseline", tmp_path / "none.json")
    assert code == 2
    assert "--write-baseline" in told


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, toml: Path) -> None:
    (tmp_path / "file").write_text("")
    code, _, told = check(toml, "--report", f"html={tmp_path / 'file' / 'report.html'}")
    assert code == 2
    assert "cannot be written" in told


def test_reports_are_of_one_site(tmp_path: Path) -> None:
    ended = run("scan", "http://localhost:1/", "http://localhost:2/", "--report", f"html={tmp_path / 'r.html'}")
    assert ended.exit_code == 2
    assert "one URL" in ended.stderr


def test_loaded_knowledge_shows_in_the_findings(tmp_path: Path, toml: Path, given: list[Scan]) -> None:
    run("knowledge", "load", stored(tmp_path, CSV))
    finding = Finding(rule="undeclared", severity="error", cookie="_meas_9f8e", evidence={"host": SITE})
    given.append(scan(findings=(finding,)))
    for command in (("check", "http://localhost:1/", "--against", toml), ("scan", "http://localhost:1/")):
        (found,) = json.loads(run(*command, "--format", "json").stdout)["findings"]
        assert found["evidence"]["suggested_purpose"] == "measurement"
        assert found["evidence"]["suggested_by"].startswith("Open Cookie Database (Apache-2.0)")
