"""What proves a notice years later: its exact texts, looks and pictures by SHA-256, and a manifest of each version.

Layout under the data directory: `sites/<slug>/archive/<sha256>` holds every file and every manifest once, under the
hash of its bytes; `sites/<slug>/versions/<n>.manifest.json` is the newest manifest of a version (LED-11, LED-12).
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from bredele.core.errors import UnreadableDocument
from bredele.formats.published import fingerprint, replace_file, version_path

HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
PICTURE = ".png"


class Artefact(msgspec.Struct, frozen=True, kw_only=True):
    """One file as it was shown: `banner.fr.html`, `preferences.en.html`, `consent.css`."""

    name: str
    data: bytes


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A file in a manifest; `made` is when it was archived (UTC)."""

    name: str
    sha256: str
    size: int
    made: datetime


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a visitor was shown with one version. `previous`: the SHA-256 of the manifest this one follows.

    A new one is made where the software shows the same version otherwise, or pictures were taken.
    """

    schema: Literal["bredele-proof/1"] = "bredele-proof/1"
    site: str
    origin: str
    version: int
    published: datetime
    registry: str
    made: datetime
    previous: str | None = None
    files: tuple[Listed, ...]

    def named(self, name: str) -> Listed | None:
        """The file of this name."""
        return next((file for file in self.files if file.name == name), None)


def manifest_path(root: Path, slug: str, number: int) -> Path:
    """Where the newest manifest of a version lies."""
    return version_path(root, slug, number).with_name(f"{number}.manifest.json")


def archive_path(root: Path, slug: str, digest: str) -> Path:
    """Where the bytes of this hash lie."""
    if not HASH.fullmatch(digest):
        raise UnreadableDocument("That is no SHA-256.", where=digest[:80], cure="Write 64 hexadecimal digits.")
    return version_path(root, slug, 1).parents[1] / "archive" / digest


def keep(root: Path, slug: str, data: bytes) -> str:
    """Archive these bytes, durably, once; their SHA-256."""
    digest = fingerprint(data)
    path = archive_path(root, slug, digest)
    if not path.exists():
        replace_file(path, data)
    return digest


def archived(root: Path, slug: str, digest: str) -> bytes | None:
    """The bytes of this hash, or None; raises UnreadableDocument if the file was altered."""
    path = archive_path(root, slug, digest)
    if not path.is_file():
        return None
    data = path.read_bytes()
    if fingerprint(data) != digest:
        raise UnreadableDocument("An archived file was altered.", where=digest, cure="Restore it from a backup.")
    return data


def write_manifest(root: Path, slug: str, manifest: Manifest) -> str:
    """Make it the newest of its version; its SHA-256, which consent records cite."""
    data = encode_manifest(manifest)
    digest = keep(root, slug, data)
    replace_file(manifest_path(root, slug, manifest.version), data)
    return digest


def encode_manifest(manifest: Manifest) -> bytes:
    """The bytes its SHA-256 is over."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def manifest_of(root: Path, slug: str, number: int) -> Manifest | None:
    """The newest manifest of a version; None before one was made."""
    path = manifest_path(root, slug, number)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError as error:
        raise UnreadableDocument(str(error), where=str(path), cure="Restore it from a backup.") from None


def proof_of(root: Path, slug: str, number: int, language: str) -> dict[str, str]:
    """SHA-256 of everything shown in this language with this version, by name; `manifest` is the manifest's own.

    Empty before a manifest was made. This is what a consent record cites.
    """
    manifest = manifest_of(root, slug, number)
    if manifest is None:
        return {}
    other = re.compile(r"\.[a-z]{2,3}(-[a-z0-9]+)?\.")
    shown = {
        file.name: file.sha256 for file in manifest.files if f".{language}." in file.name or not other.search(file.name)
    }
    return {"manifest": fingerprint(encode_manifest(manifest)), **shown}
