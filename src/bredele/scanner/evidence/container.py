"""A bundle on disk: a directory, or a zip that is the same bytes for the same files, so that no byte of it is loose."""

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from bredele.formats.published import replace_file
from bredele.scanner.evidence.errors import Altered, NoBundle
from bredele.scanner.evidence.manifest import NAME

EPOCH = (1980, 1, 1, 0, 0, 0)
MARKS = (NAME, "scan.json", "key.txt")
"""A directory with none of these never was a bundle; one without its manifest was robbed of it."""
LARGEST = 500_000_000
"""Bytes of a bundle."""


def write(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a `.zip`, or a directory that must be new or empty; the manifest comes last, so half a bundle has none."""
    if path.suffix.lower() == ".zip":
        replace_file(path, packed(files))
        return
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise NoBundle("There is something already.", where=str(path), cure="Name a new directory, or a .zip.")
    path.mkdir(parents=True, exist_ok=True)
    for name in sorted(files, key=lambda name: name == NAME):
        replace_file(path / name, files[name])


def read(path: Path) -> dict[str, bytes]:
    """The files of a bundle; Altered for what no bundle of ours can be, NoBundle for something else."""
    if path.is_dir():
        return read_directory(path)
    if not path.is_file():
        raise NoBundle("There is no such bundle.", where=str(path), cure="Name its directory or its .zip.")
    if path.stat().st_size > LARGEST:
        raise NoBundle(f"It has more than {LARGEST:,} bytes.", where=str(path), cure="Name a bundle.")
    return read_zip(path.read_bytes(), path.name)


def read_directory(path: Path) -> dict[str, bytes]:
    """Plain files only: a bundle has no directory and no link in it."""
    files: dict[str, bytes] = {}
    wrong: dict[str, str] = {}
    for entry in sorted(os.scandir(path), key=lambda entry: entry.name):
        if entry.is_file(follow_symlinks=False):
            files[entry.name] = Path(entry.path).read_bytes()
        else:
            wrong[entry.name] = "was added"
    if not wrong and files.keys().isdisjoint(MARKS):
        raise NoBundle("It holds no manifest.", where=str(path), cure="Name the directory of a bundle.")
    if wrong:
        raise Altered(wrong)
    return files


def read_zip(data: bytes, name: str) -> dict[str, bytes]:
    """The files of a zip whose every byte is as we would write it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {entry.filename: archive.read(entry) for entry in archive.infolist() if entry.file_size <= LARGEST}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, OSError, ValueError, EOFError):
        raise Altered({name: damaged(data)}) from None
    if packed(files) != data:
        raise Altered({name: "was packed anew or altered"})
    return files


def damaged(data: bytes) -> str:
    """What to say of an archive that cannot be read."""
    return "was altered" if data.startswith(b"PK") or b"PK\x03\x04" in data[:64] else "is no bundle"


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip without compression, dates or attributes of a machine, entries by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()
