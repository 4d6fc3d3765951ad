"""Evidence: what is in a bundle, and that no byte of it can change unnoticed."""

import json
import random
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.core.observation import Observation
from bredele.formats.toml import read_registry
from bredele.scanner.evidence import bundle, container, manifest, signing
from bredele.scanner.evidence.errors import Altered, KeyUnknown, NoBundle
from bredele.scanner.evidence.witness import Banner, Call, Witness
from tests.scanner.reports.conftest import SECRET, TOML, scan
from tests.scanner.reports.test_pages import PNG

FINISHED = datetime(2026, 11, 24, 9, 31, tzinfo=UTC)
Files = dict[str, bytes]


def witnessed() -> Witness:
    """A witness that saw a request, a banner and two screens."""
    witness = Witness()
    witness.calls = [
        Call(
            state="no_choice",
            moment=FINISHED,
            method="GET",
            url="https://ads.example/p",
            kind="image",
            status=200,
            mime="image/gif",
            milliseconds=12.5,
        ),
        Call(state="gone", moment=FINISHED, method="POST", url="https://x.example/", kind="ping", fault="blocked"),
    ]
    witness.pictures = {"desktop": PNG, "phone": PNG}
    witness.banner = Banner(words=("Accept", "Refuse"), sha256="0" * 64)
    return witness


def made(data: Path, **more: object) -> Files:
    """A signed bundle of the test scan; its key lies in `data`."""
    files = bundle.files_of(scan(**more), read_registry(TOML.encode()), witnessed(), FINISHED)
    return signing.sign(files, signing.own_key(data, "commune.example"))


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """One bundle's files."""
    return made(tmp_path)


def test_a_bundle_holds_all_that_judging_it_needs(files: Files) -> None:
    """Rules: SCN-07"""
    assert sorted(files) == [
        "about.json", "cookies.toml", "desktop.png", "key.txt", "manifest.txt", "phone.png", "report.html",
        "requests.har", "scan.json", "storage.json",
    ]  # fmt: skip
    about = json.loads(files["about.json"])
    assert about["started"] == "2026-11-24T09:30:00Z"
    assert about["finished"] == "2026-11-24T09:31:00Z"
    assert about["browser"] == "Chromium 156.0"
    assert about["scanner"].startswith("Bredele ")
    assert about["registry"]["version"] == 4
    assert len(about["registry"]["sha256"]) == 64
    assert about["banner"] == {"words": ["Accept", "Refuse"], "sha256": "0" * 64}
    assert about["self_test"] == ["Third-party cookies are kept by this browser (self-test)."]
    assert about["verdict"] == "Not conform"
    entries = json.loads(files["requests.har"])["log"]["entries"]
    assert [(one["request"]["method"], one["response"]["status"]) for one in entries] == [("GET", 200), ("POST", 0)]
    stored = json.loads(files["storage.json"])
    assert [one["state"] for one in stored] == ["no_choice", "refused", "accepted", "purpose:maps"]
    assert stored[0]["stored"][0]["value"] == "a…(17)"
    assert b"data:image/png" in files["report.html"]


def test_the_same_scan_gives_the_same_verdict_again(files: Files, tmp_path: Path) -> None:
    """Rules: SCN-07"""
    again = made(tmp_path)
    assert again["scan.json"] == files["scan.json"]
    assert again == files


def test_no_value_and_no_content_is_in_a_bundle(tmp_path: Path) -> None:
    """Rules: SCN-10"""
    item = Observation(name="a", host="h", states=("no_choice",), value="s…(19)")
    whole = b"".join(made(tmp_path, observations=(item,)).values())
    assert SECRET.encode() not in whole


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_an_untouched_bundle_verifies(tmp_path: Path, files: Files, name: str) -> None:
    """Rules: SCN-07"""
    container.write(tmp_path / name, files)
    key = signing.verify(container.read(tmp_path / name), signing.own_public(tmp_path))
    assert key.name == "commune.example/evidence"


def outcome(path: Path, believed: list[signing.VerifierKey]) -> dict[str, str]:
    """What is wrong with the bundle; empty if nothing is."""
    try:
        signing.verify(container.read(path), believed)
    except Altered as fault:
        return fault.files
    return {}


def test_every_edited_byte_is_found_and_its_file_named(tmp_path: Path, files: Files) -> None:
    """Rules: SCN-07"""
    path = tmp_path / "bundle"
    container.write(path, files)
    believed = signing.own_public(tmp_path)
    chance = random.Random(7)  # noqa: S311  # places to try, no secret
    for name, data in files.items():
        for place in {0, len(data) - 1, *(chance.randrange(len(data)) for _ in range(25))}:
            edited = data[:place] + bytes([data[place] ^ chance.randrange(1, 256)]) + data[place + 1 :]
            (path / name).write_bytes(edited)
            assert name in outcome(path, believed), (name, place)
        for other in (data[1:], data[:-1], data + b"\n", b"", b"\n" + data):
            (path / name).write_bytes(other)
            assert name in outcome(path, believed), name
        (path / name).unlink()
        assert outcome(path, believed).get(name, "was removed") == "was removed"
        (path / name).write_bytes(data)
    assert outcome(path, believed) == {}


def test_what_is_added_is_found(tmp_path: Path, files: Files) -> None:
    path = tmp_path / "bundle"
    container.write(path, files)
    believed = signing.own_public(tmp_path)
    (path / "more.json").write_text("{}")
    assert outcome(path, believed) == {"more.json": "was added"}
    (path / "more.json").unlink()
    (path / "folder").mkdir()
    assert outcome(path, believed) == {"folder": "was added"}
    (path / "folder").rmdir()
    (path / "link.json").symlink_to(path / "about.json")
    assert outcome(path, believed) == {"link.json": "was added"}


def test_no_byte_of_a_zip_is_loose(tmp_path: Path, files: Files) -> None:
    """Rules: SCN-07"""
    path = tmp_path / "bundle.zip"
    container.write(path, files)
    data, believed = path.read_bytes(), signing.own_public(tmp_path)
    chance = random.Random(8)  # noqa: S311  # places to try, no secret
    for place in {*range(60), *range(len(data) - 400, len(data)), *(chance.randrange(len(data)) for _ in range(300))}:
        path.write_bytes(data[:place] + bytes([data[place] ^ chance.randrange(1, 256)]) + data[place + 1 :])
        assert outcome(path, believed), place
    for other in (data + b"x", data[:-1], data[1:], b"x" + data, data[:100] + data[101:]):
        path.write_bytes(other)
        assert outcome(path, believed)


def test_a_zip_packed_anew_is_refused_even_with_the_same_files(tmp_path: Path, files: Files) -> None:
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    assert outcome(path, signing.own_public(tmp_path)) == {"bundle.zip": "was packed anew or altered"}


def test_a_bundle_signed_anew_by_another_is_not_believed(tmp_path: Path, files: Files) -> None:
    own = {name: data for name, data in files.items() if name not in ("key.txt", manifest.NAME)}
    forged = signing.sign({**own, "scan.json": b"{}"}, signing.own_key(tmp_path / "thief", "commune.example"))
    with pytest.raises(KeyUnknown) as fault:
        signing.verify(forged, signing.own_public(tmp_path))
    assert fault.value.key.startswith("commune.example/evidence+")


def test_a_bundle_is_whole_but_unknown_without_a_believed_key(files: Files) -> None:
    with pytest.raises(KeyUnknown, match="--key"):
        signing.verify(files, [])


def test_older_keys_keep_verifying_and_a_lost_one_says_the_cure(tmp_path: Path, files: Files) -> None:
    first = signing.own_public(tmp_path)
    public = tmp_path / signing.PUBLIC
    key = signing.keys.make_key(tmp_path / signing.KEYS, "commune.example/evidence")
    public.write_text(f"{public.read_text()}{key.verifier}\n")
    assert signing.own_key(tmp_path, "x") == key
    assert signing.verify(files, signing.own_public(tmp_path)) == first[0]
    for file in (tmp_path / signing.KEYS).iterdir():
        assert file.stat().st_mode & 0o077 == 0
        file.unlink()
    with pytest.raises(signing.UnusableKey, match="backup"):
        signing.own_key(tmp_path, "x")


def test_a_key_is_given_as_a_file_or_written_out(tmp_path: Path, files: Files) -> None:
    (public,) = signing.own_public(tmp_path)
    for stated in (str(tmp_path / signing.PUBLIC), str(public)):
        assert signing.verify(files, signing.stated_keys(stated)) == public
    for stated in (str(tmp_path / "none"), "name+0000+AAAA", ""):
        with pytest.raises(signing.UnusableKey):
            signing.stated_keys(stated)


def test_a_place_that_is_taken_or_empty_is_no_bundle(tmp_path: Path, files: Files) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    with pytest.raises(NoBundle, match="no manifest"):
        container.read(taken)
    (taken / "mine.txt").write_text("x")
    with pytest.raises(NoBundle, match="something already"):
        container.write(taken, files)
    with pytest.raises(NoBundle, match="no such bundle"):
        container.read(tmp_path / "none")


@given(
    st.dictionaries(st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True), st.binary(max_size=200), max_size=6)
)
def test_a_manifest_fits_its_own_files_and_no_others(files: Files) -> None:
    files.pop(manifest.NAME, None)
    text = manifest.text_of(files)
    manifest.check(text, files)
    with pytest.raises(Altered):
        manifest.check(text, {**files, "another-one-more": b""})
    for name in files:
        with pytest.raises(Altered):
            manifest.check(text, {key: data for key, data in files.items() if key != name})
        with pytest.raises(Altered):
            manifest.check(text, {**files, name: files[name] + b"x"})
