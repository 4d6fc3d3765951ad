"""`bredele stats import` and `export`: formats told by content, equal totals, errors with place and cure."""

import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bredele.cli.main import main
from bredele.formats.published import IndexEntry, write_index
from tests.stats.transfer.files import kept, plausible


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An installation with two sites and no figures."""
    write_index(
        tmp_path,
        tuple(
            IndexEntry(slug=slug, hosts=(f"{slug}.example",), origin=f"https://{slug}.example")
            for slug in ("town", "village")
        ),
    )
    return tmp_path


def run(data: Path, *words: str | Path) -> Result:
    """The command on this installation."""
    return CliRunner().invoke(main, ["stats", *map(str, words)], env={"BREDELE_DATA": str(data)})


def test_an_export_of_plausible_is_imported_and_goes_on_to_another_site(data: Path) -> None:
    file = kept(data, plausible(), "export.zip")
    first = run(data, "import", file, "--site", "town", "--format", "json")
    assert first.exit_code == 0, first.output
    totals = json.loads(first.stdout)["totals"]
    assert (totals["views"], totals["load_ms"]) == (600, None)
    spoken = run(data, "import", file, "--site", "town").output
    assert "Nothing to do" in spoken
    assert "Not in the source, and not counted as zero: " in spoken
    copy = data / "town.jsonl"
    assert run(data, "export", "town", "-o", copy).exit_code == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    second = run(data, "import", copy, "--site", "village", "--format", "json")
    assert json.loads(second.stdout)["totals"]["views"] == 600
    assert run(data, "export", "village").output.splitlines()[1:] == copy.read_text().splitlines()[1:]


def test_an_export_knows_its_site(data: Path) -> None:
    run(data, "import", kept(data, "date,views\n2026-10-01,40\n"), "--site", "town")
    run(data, "export", "town", "-o", data / "town.jsonl")
    again = run(data, "import", data / "town.jsonl")
    assert again.exit_code == 2
    assert "has figures of 2026-10-01 already" in again.output


def test_days_can_be_left_out(data: Path) -> None:
    file = kept(data, "date,views\n2026-10-01,40\n2026-10-02,60\n")
    landed = json.loads(run(data, "import", file, "--site", "town", "--to", "2026-10-01", "--format", "json").stdout)
    assert landed["totals"]["views"] == 40
    rest = json.loads(run(data, "import", file, "--site", "town", "--from", "2026-10-02", "--format", "json").stdout)
    assert rest["totals"]["views"] == 60


def test_an_export_of_ours_is_cut_between_months_only(data: Path) -> None:
    text = "date,views\n2026-09-30,40\n2026-10-01,40\n2026-10-02,60\n"
    run(data, "import", kept(data, text), "--site", "town")
    copy = data / "town.jsonl"
    run(data, "export", "town", "-o", copy)
    assert "cut between months" in run(data, "import", copy, "--site", "village", "--from", "2026-10-02").output
    cut = run(data, "import", copy, "--site", "village", "--from", "2026-10-01", "--format", "json")
    assert json.loads(cut.stdout)["totals"]["views"] == 100


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "figures"), "Which site is it for?"),
        (("import", "figures", "--site", "nowhere"), "Published here: town, village."),
        (("import", "missing", "--site", "town"), "cannot be read"),
        (("import", "damaged", "--site", "town"), "damaged, line 3"),
        (("export", "nowhere"), "Published here: town, village."),
        (("export", "town", "-o", "missing/file"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_says_why(data: Path, words: tuple[str, ...], said: str) -> None:
    kept(data, "date,views\n2026-10-01,40\n")
    kept(data, "date,views\n2026-10-01,40\n2026-10-02,x\n", "damaged")
    named = [str(data / word) if word in ("figures", "missing", "damaged", "missing/file") else word for word in words]
    result = run(data, *named)
    assert result.exit_code == 2
    assert said in result.output
    assert not run(data, "query", "town", "--from", "2026-10-01", "--to", "2026-10-01", "--exact").output.count("40")
