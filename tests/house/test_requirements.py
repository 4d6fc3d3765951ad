"""Locks are hashed and name no address; every library has its place, its line, and its reason to be small."""

import importlib.metadata as metadata
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("base", "server", "dev")
UNNAMED = {"httptools", "uvloop"}
"""Used by uvicorn wherever they are installed; our code never imports them."""
MODULES = {"django-ninja": "ninja", "django-allauth": "allauth", "crawler-user-agents": "crawleruseragents"}
MODULES_WITHOUT_IMPORT = {
    "whitenoise": "whitenoise.middleware",
    "psycopg": "django.db.backends.postgresql",
    "fontpkg-amiri": "fontpkg_amiri",
}
"""Named in Django's settings."""
HEAVIEST = 10_000_000


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def runtime(project: dict[str, Any]) -> set[str]:
    return names([*project["dependencies"], *every_extra(project)])


def every_extra(project: dict[str, Any]) -> set[str]:
    """What the extras name; two extras may name the same library."""
    return {line for lines in project["optional-dependencies"].values() for line in lines}


def names(lines: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines}


def stated(root: Path, name: str) -> list[str]:
    """The requirements an `.in` file states itself."""
    lines = (root / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_library_is_pinned_and_hashed_and_no_address_is_named(root: Path, name: str) -> None:
    text = (root / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n?", "", text, flags=re.MULTILINE).strip())
    assert [
        entry for entry in entries if not re.match(r"[a-z0-9-]+==\S+ .*\\\n\s+--hash=sha256:[0-9a-f]{64}", entry)
    ] == []
    assert not re.search(r"://|@ |--index|--find-links|--trusted", text)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_all_that_was_asked_for(root: Path, name: str) -> None:
    locked = set(
        re.findall(r"^([a-z0-9-]+)==", (root / "requirements" / f"{name}.txt").read_text("utf-8"), re.MULTILINE)
    )
    assert names(stated(root, name)) <= locked


def test_the_lists_and_the_package_agree(root: Path, project: dict[str, Any]) -> None:
    assert sorted(stated(root, "base")) == sorted(project["dependencies"])
    own = [line for line in stated(root, "server") if not line.startswith("hatchling")]
    assert sorted(own) == sorted(every_extra(project))


def test_every_library_has_its_line(root: Path, project: dict[str, Any]) -> None:
    text = (root / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| ([a-z][a-z0-9-]*) \|", text, re.MULTILINE)) - {"library"}
    assert rows == runtime(project)
    assert [name for name in names(stated(root, "dev")) if not re.search(rf"\b{name}\b", text)] == []


def test_every_library_is_used(root: Path, project: dict[str, Any]) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (root / "src").rglob("*.py"))
    unused = []
    for name in runtime(project) - UNNAMED:
        if name in MODULES_WITHOUT_IMPORT:
            used = MODULES_WITHOUT_IMPORT[name] in source
        else:
            module = MODULES.get(name, name.replace("-", "_"))
            used = re.search(rf"^\s*(?:from|import) {module}\b", source, re.MULTILINE) is not None
        if not used:
            unused.append(name)
    assert unused == []


def test_the_base_install_is_small_and_holds_neither_django_nor_cryptography(
    root: Path, project: dict[str, Any]
) -> None:
    needed = closure(project["dependencies"])
    assert not needed & {"django", "cryptography", "pydantic", "playwright"}
    own = sum(path.stat().st_size for path in (root / "src").rglob("*") if path.is_file() and path.suffix != ".pyc")
    assert own + sum(map(size, needed)) <= HEAVIEST


def closure(lines: list[str]) -> set[str]:
    """All packages the requirements bring on this machine."""
    found: set[str] = set()
    waiting = [Requirement(line) for line in lines]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in found and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            found.add(name)
            waiting += map(Requirement, metadata.requires(name) or [])
    return found


def size(name: str) -> int:
    """Bytes of an installed package, without compiled caches."""
    files = metadata.files(name) or []
    paths = [Path(str(file.locate())) for file in files if file.suffix != ".pyc"]
    return sum(path.stat().st_size for path in paths if path.is_file())
