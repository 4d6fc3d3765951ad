"""`bredele stats query`: rounded unless the operator asks for exact sums of their own files."""

import json
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from bredele.cli.main import main
from bredele.core.settings import Settings
from bredele.formats.published import IndexEntry, write_index
from bredele.stats.event import choice_made, page_view
from bredele.stats.opening import open_store
from bredele.stats.postgres import SCHEMA
from bredele.stats.sqlite import SqliteStore

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An installation where 14 views of one page and 3 refusals were counted."""
    write_index(tmp_path, (IndexEntry(slug="town", hosts=("town.example",), origin="https://town.example"),))
    store = SqliteStore(tmp_path / "statistics.sqlite3")
    for _ in range(14):
        store.add(page_view("town", "/news/", NOON))
    for _ in range(3):
        store.add(choice_made("town", 1, "refused", NOON))
    store.close()
    return tmp_path


def query(data: Path, *words: str) -> Result:
    """Run the command on this installation."""
    return CliRunner().invoke(main, ["stats", "query", *words], env={"BREDELE_DATA": str(data)})


def test_figures_are_rounded(data: Path) -> None:
    """Rules: ANA-14"""
    days = json.loads(query(data, "town", "--from", "2026-11-24", "--to", "2026-11-24", "--format", "json").output)
    assert days == [{"period": "2026-11-24", "views": 10, "shown": "<10"}]
    answers = query(data, "town", "--of", "choices", "--to", "2026-11-24").output
    assert "refused <10" in answers


def test_exact_sums_are_for_the_operator_who_asks(data: Path) -> None:
    output = query(data, "town", "--of", "pages", "--to", "2026-11-24", "--exact", "--format", "csv").output
    assert output == "day,page,total\n2026-11-24,/news/,14\n"


def test_nothing_counted_is_said(data: Path) -> None:
    assert query(data, "town", "--of", "pages", "--to", "2020-01-01").output == "Nothing was counted in this time.\n"


def test_an_unknown_site_and_a_range_turned_round_are_refused_with_a_cure(data: Path) -> None:
    unknown = query(data, "nowhere")
    assert unknown.exit_code == 2
    assert "Published here: town." in unknown.output
    turned = query(data, "town", "--from", "2026-11-25", "--to", "2026-11-24")
    assert turned.exit_code == 2
    assert "Turn the two days round." in turned.output


@pytest.mark.postgres
def test_the_figures_are_those_of_the_database_the_setting_names(data: Path, postgresql: str) -> None:
    with psycopg.connect(postgresql) as connection:  # other tests of this process count there, too
        connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    store = open_store(Settings(data=data, database=postgresql))
    store.add(page_view("town", "/only-there/", NOON))
    store.close()
    words = ["stats", "query", "town", "--of", "pages", "--to", "2026-11-24", "--exact", "--format", "csv"]
    answer = CliRunner().invoke(main, words, env={"BREDELE_DATA": str(data), "BREDELE_DATABASE": postgresql})
    assert answer.output == "day,page,total\n2026-11-24,/only-there/,1\n"
