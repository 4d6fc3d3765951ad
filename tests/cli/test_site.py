"""`bredele site`."""

import json
from pathlib import Path

from tests.cli.test_serve import run


def test_a_site_is_added_and_listed(tmp_path: Path) -> None:
    added = run(
        "site", "add", "museum", "--origin", "https://museum.example", "--host", "www.museum.example", data=tmp_path
    )
    assert added.returncode == 0, added.stderr
    listed = json.loads(run("site", "list", "--format", "json", data=tmp_path).stdout)
    assert listed == [
        {
            "slug": "museum",
            "origin": "https://museum.example",
            "hosts": ["www.museum.example"],
            "default": True,
            "version": None,
            "published": None,
        }
    ]


def test_a_bad_origin_is_refused_with_place_and_cure(tmp_path: Path) -> None:
    ended = run("site", "add", "museum", "--origin", "museum", data=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.startswith("error: origin: ")
    assert "https://host" in ended.stderr


def test_no_site_is_said_kindly(tmp_path: Path) -> None:
    ended = run("site", "list", data=tmp_path)
    assert ended.returncode == 0
    assert "bredele site add" in ended.stdout
