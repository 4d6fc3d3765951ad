"""Which database a site's log lies in, and how it is named."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bredele.core.settings import Settings
from bredele.ledger.book import Book, name_of
from bredele.ledger.checkpoint import read_checkpoint
from bredele.ledger.log import Draft
from bredele.ledger.notice import fingerprint
from tests.ledger.records import BODY, record


def heads(settings: Settings) -> list[str]:
    """The heads of two sites after an answer to each, and to the first again after a restart under another origin."""
    found = []
    for slug, origin in (
        ("a-town", "https://a.example"),
        ("b-town", "http://b.localhost:8000"),
        ("a-town", "https://z.example"),
    ):
        book = Book(settings, lambda: datetime.now(UTC), os.urandom)
        log = book.log(slug, origin)
        assert book.log(slug, origin) is log
        log.keep_notice(fingerprint(BODY), BODY)
        log.append([Draft(record(0))])
        head = read_checkpoint(log.head())
        found.append(f"{head.origin} {head.size}")
        book.close()
    return found


EXPECTED = ["a.example/ledger 1", "b.localhost:8000/ledger 1", "a.example/ledger 2"]


def test_each_site_has_its_file_and_a_log_keeps_its_name(tmp_path: Path) -> None:
    assert heads(Settings(data=tmp_path)) == EXPECTED
    assert (tmp_path / "ledger" / "a-town" / "log.sqlite3").exists()
    assert (tmp_path / "ledger" / "b-town" / "keys").is_dir()


@pytest.mark.postgres
def test_in_postgresql_each_site_has_its_schema(tmp_path: Path, postgresql: str) -> None:
    assert heads(Settings(data=tmp_path, database=postgresql)) == EXPECTED
    assert not list(tmp_path.rglob("*.sqlite3"))


@pytest.mark.parametrize(
    ("origin", "name"),
    [("https://Town.example", "town.example/ledger"), ("http://localhost:8000", "localhost:8000/ledger")],
)
def test_a_log_is_named_after_its_site(origin: str, name: str) -> None:
    assert name_of(origin) == name
