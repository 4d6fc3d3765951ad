"""`bredele stats check`: made now, told in words or JSON, kept for the pages."""

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from bredele.cli.doctor import figure_checks
from bredele.cli.main import main
from bredele.collector.checks import kept
from bredele.collector.checks.outcome import Outcome
from bredele.core.settings import Settings
from bredele.formats.published import IndexEntry, write_index

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def check(data: Path, *words: str) -> Result:
    """The command on this installation."""
    return CliRunner().invoke(main, ["stats", "check", *words], env={"BREDELE_DATA": str(data)})


def test_a_new_installation_passes_and_a_broken_one_says_where(tmp_path: Path) -> None:
    """Rules: ANA-28"""
    write_index(tmp_path, (IndexEntry(slug="town", hosts=("town.example",), origin="https://town.example"),))
    fine = check(tmp_path)
    assert fine.exit_code == 0, fine.output
    assert 'may say "anonymous"' in fine.output
    with sqlite3.connect(tmp_path / "statistics.sqlite3") as connection:
        connection.execute("ALTER TABLE hourly ADD COLUMN visitor TEXT")
    connection.close()
    broken = check(tmp_path)
    assert broken.exit_code == 1
    assert "FAULT  ANA-04  the store has hourly.visitor" in broken.output
    assert "until this is mended" in broken.output
    told = json.loads(check(tmp_path, "--format", "json").output)
    assert [past["failed"] for past in told["before"]] == [["ANA-04"], []]
    results = kept.read(tmp_path)
    assert results is not None
    assert results.failed == ("ANA-04",)


def test_the_doctor_tells_of_a_fault(tmp_path: Path) -> None:
    """Rules: ANA-28"""
    outcomes = (Outcome(rule="ANA-16", ok=False, message="town 2026-11-10: 1 cells under 10"),)
    assert figure_checks(Settings(data=tmp_path)) == []
    kept.keep(tmp_path, outcomes, NOW)
    (found,) = figure_checks(Settings(data=tmp_path))
    assert found.message == "ANA-16: town 2026-11-10: 1 cells under 10."
    assert "bredele stats check" in found.cure
