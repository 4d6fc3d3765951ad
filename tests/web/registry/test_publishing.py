"""A version is published whole or not at all, and never changes."""

import shutil
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest
from django.db import DatabaseError, connection, transaction

from bredele.core.registry import Version
from bredele.formats.published import SiteIndex, decode_version, version_path
from bredele.web.registry import drafts, publishing
from bredele.web.registry.errors import NothingToPublish, PublishingBlocked
from bredele.web.registry.models import ArchivedPage, Draft, PublishedVersion, Site
from tests.web.conftest import Publish, asking, registry
from tests.web.publishing import LAID_OUT, MOMENT, published


def test_what_is_published_is_served_from_its_file(published_site: Version, data: Path) -> None:
    """Rules: REG-09, POL-01"""
    assert decode_version(version_path(data, "civis", 1).read_bytes()) == published_site
    site = SiteIndex(data).by_host("localhost")
    assert site is not None
    assert site.version == published_site


def test_the_row_keeps_the_same_bytes_and_their_hash(published_site: Version, data: Path) -> None:
    """Rules: REG-09"""
    row = PublishedVersion.objects.get()
    assert bytes(row.document) == version_path(data, "civis", 1).read_bytes()
    assert row.sha256 == sha256(row.document).hexdigest()
    assert (row.by, row.published) == ("tests", MOMENT)


def test_each_language_is_archived_with_its_hash(published_site: Version) -> None:
    """Rules: REG-09, POL-01"""
    pages = ArchivedPage.objects.order_by("language")
    assert [page.language for page in pages] == ["en", "fr"]
    assert all(page.sha256 == sha256(page.html).hexdigest() for page in pages)
    assert b'lang="fr"' in bytes(pages[1].html)


@pytest.mark.parametrize("model", [PublishedVersion, ArchivedPage])
def test_the_database_itself_refuses_a_change(published_site: Version, model: type[PublishedVersion]) -> None:
    """Rules: REG-09"""
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET sha256 = 'x'", f"DELETE FROM {table}"):  # noqa: S608  # names of ours
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert model.objects.filter(sha256="x").count() == 0
    assert model.objects.exists()


def test_the_next_version_gets_the_next_number(publish: Publish, published_site: Version) -> None:
    """Rules: REG-09"""
    second = publish("civis", registry(asking("theme", "personalisation")))
    assert second.number == 2
    assert second.asked_since["personalisation"] == 2
    assert second.earlier == {1: published_site.registry.optional_purposes()}


def test_a_draft_with_errors_is_blocked_and_changes_nothing(
    publish: Publish, published_site: Version, data: Path
) -> None:
    """Rules: REG-01, REG-07, POL-06"""
    broken = registry(asking("theme", "personalisation", lifetime=None, third_party_access=None))
    before = drafts.draft("civis")
    with pytest.raises(PublishingBlocked) as refusal:
        publish("civis", broken)
    places = {problem.where for problem in refusal.value.problems if problem.severity == "error"}
    assert {"cookies[4].lifetime", "cookies[4].third_party_access"} <= places
    assert drafts.draft("civis") == before
    assert not version_path(data, "civis", 2).exists()


def test_the_same_again_is_no_new_version(publish: Publish, published_site: Version) -> None:
    with pytest.raises(NothingToPublish):
        publish("civis", registry())


def test_a_check_tells_problems_and_changes_without_doing_anything(published_site: Version) -> None:
    drafts.change("civis", registry(asking("theme", "personalisation", lifetime=None)), "ada", MOMENT)
    found = publishing.check("civis")
    assert found.blocked
    assert [change.kind for change in found.changes if change.names == ("theme",)] == ["added"]
    assert PublishedVersion.objects.count() == 1


def test_files_lost_between_commit_and_writing_are_written_again(published_site: Version, data: Path) -> None:
    path = version_path(data, "civis", 1)
    kept = path.read_bytes()
    path.unlink()
    (data / "sites" / "index.json").unlink()
    publishing.repair()
    assert path.read_bytes() == kept
    assert SiteIndex(data).by_slug("civis") is not None


def test_a_published_file_that_was_altered_is_refused(published_site: Version, data: Path) -> None:
    """Rules: REG-09"""
    path = version_path(data, "civis", 1)
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(published_site, number=7)))
    with pytest.raises(Exception, match="cannot change"):
        publishing.repair()


def left(data: Path) -> tuple[object, ...]:
    """Every row but its keys, and every file."""
    keys = ("id", "pk", "site_id", "version_id", "draft_id", "before_id")
    rows = [
        {name: value for name, value in row.items() if name not in keys}
        for model in (Site, Draft, PublishedVersion, ArchivedPage)
        for row in model.objects.order_by("pk").values()
    ]
    return (rows, drafts.draft("town"), {file: file.read_bytes() for file in data.rglob("*") if file.is_file()})


def test_what_tests_lay_out_is_what_publishing_leaves(db: None, data: Path) -> None:
    """Most tests of these rooms start from sites that were published once and copied."""
    what = registry(asking("theme", "personalisation"), origin="http://town.localhost:8000")
    LAID_OUT.clear()
    before = transaction.savepoint()
    made = published("town", what, "town.localhost", demo=True)
    found = left(data)
    transaction.savepoint_rollback(before)
    shutil.rmtree(data / "sites")
    with patch.object(publishing, "publish", side_effect=AssertionError("not laid out")):
        assert published("town", what, "town.localhost", demo=True) == made
    assert left(data) == found
