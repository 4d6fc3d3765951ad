"""The committed files are what `widget/` builds, types hold, its own tests pass: where Node and its packages are."""

import shutil
import subprocess
from pathlib import Path

import pytest

BUILT = ("root/bredele.js", "root/bredele-views.js", "root/bredele-audience.js", "bredele/consent.css")
WITHOUT_NODE = "needs Node and the widget's packages: `make widget` fetches them"


@pytest.fixture(scope="module")
def widget(root: Path) -> Path:
    """The widget's sources, ready to build."""
    place = root / "widget"
    if shutil.which("node") is None or not (place / "node_modules").is_dir():
        pytest.skip(WITHOUT_NODE)
    return place


def run(place: Path, *command: str) -> str:
    """What a command says; it must succeed."""
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", BUILT)
def test_the_committed_files_are_what_the_sources_make(root: Path, widget: Path, tmp_path: Path, name: str) -> None:
    run(widget, "node", "build.mjs", str(tmp_path))
    committed = root / "src" / "bredele" / "web" / "static" / name
    assert (tmp_path / name).read_bytes() == committed.read_bytes(), "run `make widget`"


def test_the_widgets_types_hold(widget: Path) -> None:
    run(widget, "node_modules/.bin/tsc")


def test_the_widgets_own_tests_pass(widget: Path) -> None:
    run(widget, "node_modules/.bin/vitest", "run")


def test_the_lock_is_hashed_and_names_no_address(root: Path) -> None:
    lock = (root / "widget" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') >= lock.count('"node_modules/')
