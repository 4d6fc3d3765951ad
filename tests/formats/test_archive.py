"""The archive of what was shown: bytes under their hash, and a manifest a version."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bredele.core.errors import BredeleError
from bredele.formats.archive import (
    Listed,
    Manifest,
    archive_path,
    archived,
    encode_manifest,
    keep,
    manifest_of,
    proof_of,
    write_manifest,
)
from bredele.formats.published import fingerprint

MOMENT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def manifest(*names: str) -> Manifest:
    """A manifest of files of these names."""
    files = tuple(Listed(name=name, sha256=fingerprint(name.encode()), size=len(name), made=MOMENT) for name in names)
    return Manifest(
        site="town", origin="https://t", version=3, published=MOMENT, registry="0" * 64, made=MOMENT, files=files
    )


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_come_back_by_their_hash(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Rules: LED-11"""
    root = tmp_path_factory.mktemp("archive")
    digest = keep(root, "town", data)
    assert digest == fingerprint(data) == keep(root, "town", data)
    assert archived(root, "town", digest) == data
    assert archived(root, "town", "0" * 64) is None


def test_an_altered_file_is_never_given_out(tmp_path: Path) -> None:
    """Rules: LED-11"""
    digest = keep(tmp_path, "town", b"banner")
    archive_path(tmp_path, "town", digest).write_bytes(b"bannor")
    with pytest.raises(BredeleError, match="altered"):
        archived(tmp_path, "town", digest)


@pytest.mark.parametrize("digest", ["../index.json", "", "0" * 63, "G" * 64, "0" * 64 + "\n"])
def test_only_a_hash_names_an_archived_file(tmp_path: Path, digest: str) -> None:
    with pytest.raises(BredeleError):
        archived(tmp_path, "town", digest)


def test_the_newest_manifest_is_found_and_every_one_stays(tmp_path: Path) -> None:
    first, second = manifest("banner.en.html"), manifest("banner.en.html", "consent.css")
    for one in (first, second):
        assert archived(tmp_path, "town", write_manifest(tmp_path, "town", one)) == encode_manifest(one)
    assert manifest_of(tmp_path, "town", 3) == second
    assert archived(tmp_path, "town", fingerprint(encode_manifest(first))) == encode_manifest(first)
    assert manifest_of(tmp_path, "town", 4) is None


def test_a_record_cites_the_manifest_and_what_was_shown_in_its_language(tmp_path: Path) -> None:
    """Rules: LED-01, LED-11"""
    digest = write_manifest(
        tmp_path, "town", manifest("banner.en.html", "banner.fr.html", "banner.fr.phone.png", "consent.css")
    )
    assert proof_of(tmp_path, "town", 3, "fr") == {
        "manifest": digest,
        "banner.fr.html": fingerprint(b"banner.fr.html"),
        "banner.fr.phone.png": fingerprint(b"banner.fr.phone.png"),
        "consent.css": fingerprint(b"consent.css"),
    }
    assert proof_of(tmp_path, "town", 4, "fr") == {}


def test_a_manifest_that_cannot_be_read_says_where(tmp_path: Path) -> None:
    write_manifest(tmp_path, "town", manifest())
    (tmp_path / "sites" / "town" / "versions" / "3.manifest.json").write_text("{}")
    with pytest.raises(BredeleError, match=r"3\.manifest\.json"):
        manifest_of(tmp_path, "town", 3)
