"""The import contract holds, and breaks when someone breaks it; the small commands stay small."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOMS = "Rooms know only the rooms below them"
DJANGO = "Only web may import Django and what is built on it"
CIRCLES = "No room goes round in circles"


def verdicts(project: Path) -> str:
    """What import-linter says of a copy of the project: one line a contract, KEPT or BROKEN."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=project, env={"PYTHONPATH": "src"}, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The source without what is no code."""
    ignored = shutil.ignore_patterns("__pycache__", "static", "templates", "locale")
    shutil.copytree(root / "src", tmp_path / "src", ignore=ignored)
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contract_holds(copy: Path) -> None:
    told = verdicts(copy)
    assert [f"{name} KEPT" in told for name in (ROOMS, DJANGO, CIRCLES)] == [True] * 3, told


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("core/errors.py", "import django", DJANGO),
        ("formats/__init__.py", "from ninja import NinjaAPI", DJANGO),
        ("core/errors.py", "import bredele.formats.published", ROOMS),
        ("scanner/chromium.py", "import bredele.collector.secret", ROOMS),
        ("cellar/__init__.py", "import bredele.core", ROOMS),
        ("core/errors.py", "import bredele.core.registry", CIRCLES),
    ],
    ids=["core-django", "formats-ninja", "core-formats", "scanner-collector", "a-room-nobody-listed", "a-circle"],
)
def test_the_contract_breaks_when_a_room_reaches_too_far(copy: Path, file: str, line: str, contract: str) -> None:
    place = copy / "src" / "bredele" / file
    place.parent.mkdir(exist_ok=True)
    with place.open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    told = verdicts(copy)
    assert f"{contract} BROKEN" in told, told


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["scan", "--help"],
        ["check", "--help"],
        ["policy", "--help"],
        ["registry", "--help"],
        ["doctor", "--help"],
    ],
    ids=" ".join,
)
def test_a_small_command_starts_without_django_and_cryptography(root: Path, arguments: list[str]) -> None:
    script = (
        "import sys\n"
        "from bredele.cli.main import main\n"
        f"sys.argv = ['bredele', *{arguments!r}]\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = {'django', 'ninja', 'allauth', 'pydantic', 'cryptography', 'playwright'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    path = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run([sys.executable, "-c", script], env=path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Usage: bredele" in done.stdout
