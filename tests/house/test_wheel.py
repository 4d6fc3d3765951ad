"""What is installed holds everything the platform shows."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house import tracked


@pytest.fixture(scope="module")
def packed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names in the wheel."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(zipfile.ZipFile(next(target.glob("*.whl"))).namelist())


def test_every_file_of_the_package_is_in_the_wheel(root: Path, packed: set[str]) -> None:
    source = root / "src"
    own = {path.relative_to(source).as_posix() for path in tracked.files(root) if path.is_relative_to(source)}
    assert sorted(own - packed) == []
    assert "bredele/py.typed" in packed


def test_the_examples_are_in_the_wheel(root: Path, packed: set[str]) -> None:
    examples = root / "examples"
    own = {path.relative_to(root).as_posix() for path in tracked.files(root) if path.is_relative_to(examples)}
    assert own
    assert sorted(f"bredele/{name}" for name in own if f"bredele/{name}" not in packed) == []


def test_the_licence_travels_along(packed: set[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in packed)
