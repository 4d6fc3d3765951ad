"""`bredele token`."""

import json
from pathlib import Path

from tests.cli.test_serve import run


def test_a_token_is_printed_once_listed_and_revoked(tmp_path: Path) -> None:
    text = run("token", "add", "ci", "--write", data=tmp_path).stdout.strip()
    assert text.startswith("bredele_")
    listed = run("token", "list", "--format", "json", data=tmp_path).stdout
    assert text not in listed
    assert (json.loads(listed)[0]["write"], json.loads(listed)[0]["revoked"]) == (True, None)
    assert run("token", "revoke", "ci", data=tmp_path).returncode == 0
    assert json.loads(run("token", "list", "--format", "json", data=tmp_path).stdout)[0]["revoked"]


def test_a_token_for_a_site_nobody_added_is_refused(tmp_path: Path) -> None:
    ended = run("token", "add", "ci", "--site", "nowhere", data=tmp_path)
    assert ended.returncode == 2
    assert "nowhere" in ended.stderr
