"""The project's own files, as text, for the house rules."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

CODE = {".py", ".ts", ".js", ".css", ".html"}
NOT_OURS = ("/migrations/", "/locale/", "/vendor/")
"""Written by Django, by gettext, or by others."""


def files(root: Path) -> list[Path]:
    """Every file git knows or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    return [root / name for name in listed.splitlines() if (root / name).is_file()]


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """(path below the root, text) of every file that is text."""
    for path in files(root):
        try:
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures


def code(root: Path) -> list[tuple[str, str]]:
    """The same, of code we wrote."""
    return [
        (name, text)
        for name, text in texts(root)
        if Path(name).suffix in CODE and not any(part in f"/{name}" for part in NOT_OURS)
    ]
