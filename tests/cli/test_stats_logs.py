"""`bredele stats logs`: each line counts once, however often a log is read and however it grows."""

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bredele.cli import stats_logs
from bredele.cli.main import main
from bredele.stats.sqlite import SqliteStore
from tests.collector.conftest import publish
from tests.collector.test_access_log import line

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An installation with a town that counts and a quiet site."""
    publish(tmp_path, ("town", "town.example", "pageviews"), ("quiet", "quiet.example", "off"))
    return tmp_path


def logs(data: Path, *words: str, given: bytes | None = None) -> Result:
    """Run the command on this installation."""
    return CliRunner().invoke(main, ["stats", "logs", *words], env={"BREDELE_DATA": str(data)}, input=given)


def views(data: Path) -> int:
    """Exact views of the day."""
    store = SqliteStore(data / "statistics.sqlite3")
    found = sum(total for (_, metric), total in store.hourly("town", DAY, DAY).items() if metric == "views")
    cells = sum(sums.views for sums in store.daily("town", "page", DAY, DAY).values())
    store.close()
    assert found == cells
    return found


def test_a_log_that_grows_is_read_on_and_nothing_counts_twice(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stats_logs, "AT_ONCE", 7)
    log = tmp_path / "access.log"
    log.write_text(line("/first") + line() * 19 + line()[:40])
    said = logs(data, str(log), "--site", "town")
    assert said.output.startswith("lines 20  views 20  robots 0  other 0  unread 0\n")
    assert "do not tell who objects" in said.output
    assert views(data) == 20
    assert logs(data, str(log), "--site", "town").output.startswith("lines 0 ")
    with log.open("a") as more:
        more.write(line()[40:] + line())
    assert logs(data, str(log), "--site", "town").output.startswith("lines 2 ")
    assert views(data) == 22


def test_packed_logs_and_standard_input_are_read_alike(data: Path, tmp_path: Path) -> None:
    packed = tmp_path / "access.log.1.gz"
    packed.write_bytes(gzip.compress((line() * 5).encode()))
    assert logs(data, str(packed), "--site", "town").exit_code == 0
    text = line("/other") * 4 + "\xff\xfe\n"
    assert logs(data, "-", "--site", "town", given=text.encode("latin-1")).exit_code == 0
    assert views(data) == 9


@pytest.mark.parametrize(
    ("name", "site", "fault", "cure"),
    [
        ("missing.log", "town", "cannot be read", "Name a readable log"),
        ("access.log", "quiet", "counts nothing", 'statistics = "pageviews"'),
        ("access.log", "nowhere", "no such site", "Known: town, quiet"),
        ("access.log", "", "Which site?", "Known: town, quiet"),
        ("access.log", "town", "No line is of", "Name an access log"),
    ],
)
def test_what_cannot_be_counted_is_told_with_a_cure(
    data: Path, tmp_path: Path, name: str, site: str, fault: str, cure: str
) -> None:
    (tmp_path / "access.log").write_text("no log\n" * 3)
    said = logs(data, str(tmp_path / name), *(["--site", site] if site else []))
    assert said.exit_code != 0
    assert fault in said.output
    assert cure in said.output
