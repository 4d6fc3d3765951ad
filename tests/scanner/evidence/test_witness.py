"""A real scan with a witness beside it: requests, pictures, the banner, and nothing that was secret."""

import json
import struct
from pathlib import Path

import pytest

from bredele.scanner.evidence import container
from bredele.scanner.evidence.witness import MOST_CALLS, Witness
from tests.cli.test_policy import run
from tests.scanner.site import Site

pytestmark = pytest.mark.e2e
RECIPE = """url = "{url}accounts/login/?next=/backoffice/{secret}"
sign_out = "/accounts/logout/"

[fields]
login = "somebody"
password = "open sesame"
"""
SECRET = "a-secret-of-many-signs-1234567890"


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.trial
def test_a_scan_with_evidence_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules: SCN-07, SCN-10"""
    monkeypatch.setenv("BREDELE_DATA", str(tmp_path / "var"))
    path = tmp_path / "bundle.zip"
    with Site("granted-frame", banner=True) as site:
        recipe = tmp_path / "recipe.toml"
        recipe.write_text(RECIPE.format(url=site.url, secret="?token=" + SECRET))
        options = ("--states", "no_choice,accepted,signed_in", "--max-pages", "3", "--sign-in", recipe)
        ended = run("scan", f"{site.url}?token={SECRET}", *options, "--evidence", path)
    assert ended.exit_code in (0, 1), ended.stderr
    files = container.read(path)
    about = json.loads(files["about.json"])
    assert about["banner"]["words"][:2] == ["Accept all", "Refuse all"]
    assert about["sandbox"] in ("on", "off")
    assert len(about["self_test"]) == 3
    assert size(files["desktop.png"]) == (1280, 900)
    assert size(files["phone.png"]) == (390, 844)
    entries = json.loads(files["requests.har"])["log"]["entries"]
    called = {(one["pageref"], one["request"]["method"], one["response"]["status"]) for one in entries}
    assert {("no_choice", "GET", 200), ("accepted", "POST", 303), ("signed_in", "GET", 200)} <= called
    assert any(one["request"]["url"] == f"{site.partner}frame" for one in entries)
    whole = b"".join(files.values())
    for secret in (SECRET, "s3cr3t0f0ne", "open sesame", "abcdefgh12345678"):
        assert secret.encode() not in whole, secret
    assert run("evidence", "verify", path).exit_code == 0
    path.write_bytes(path.read_bytes()[:-1])
    assert run("evidence", "verify", path).exit_code == 1


@pytest.mark.trial
def test_a_har_alone_needs_no_pictures_and_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREDELE_DATA", str(tmp_path / "var"))
    with Site() as site:
        har = tmp_path / "scan.har"
        run("scan", site.url, "--states", "no_choice", "--max-pages", "1", "--report", f"har={har}")
    entries = json.loads(har.read_text())["log"]["entries"]
    assert any(one["request"]["url"] == site.url and one["response"]["status"] == 200 for one in entries)
    assert not (tmp_path / "var").exists()


def test_evidence_that_has_no_place_is_refused_before_the_scan(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine").write_text("x")
    with Site() as site:
        ended = run("scan", site.url, "--evidence", tmp_path / "taken")
        assert site.asked == []
    assert ended.exit_code == 2
    assert "something already" in ended.stderr


def test_a_site_that_sends_without_end_is_cut_off_and_that_is_said() -> None:
    witness = Witness()
    witness.calls = [None] * MOST_CALLS  # type: ignore[list-item]  # only their number counts

    class Sent:
        url = "https://x.example/"

    witness.note(Sent(), "no_choice")  # type: ignore[arg-type]  # its address is all that is looked at
    assert witness.cut
    assert len(witness.calls) == MOST_CALLS


def test_pictures_that_are_missing_are_told_where_they_were_wanted() -> None:
    witness = Witness()
    assert witness.lacks() == ["No picture could be taken as on a desktop and a phone."]
    witness.pictures["desktop"] = b""
    assert witness.lacks() == ["No picture could be taken as on a phone."]
    witness.pictures["phone"] = b""
    assert witness.lacks() == []
    assert Witness(pictures=False).lacks() == []
