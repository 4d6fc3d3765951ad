"""Published versions as immutable JSON files, and the index that says which site answers on which host.

Layout under the data directory: `sites/index.json`, `sites/<slug>/versions/<n>.json`.
The collector, the guard and the front office read only these; only publishing writes them.
"""

import os
import re
import tempfile
from hashlib import sha256
from pathlib import Path

import msgspec

from bredele.core.errors import BredeleError
from bredele.core.registry import Version

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?", re.ASCII)


class IndexEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One site in the index; `current` is the number of the version in force, null before the first."""

    slug: str
    hosts: tuple[str, ...]
    origin: str
    default: bool = False
    demo: bool = False
    current: int | None = None


class PublishedSite(msgspec.Struct, frozen=True, kw_only=True):
    """A site with the version in force."""

    slug: str
    hosts: tuple[str, ...]
    origin: str
    default: bool = False
    demo: bool = False
    version: Version | None = None


def encode_version(version: Version) -> bytes:
    """Canonical bytes: sorted keys, one line break at the end; the version's SHA-256 is over exactly these."""
    plain = msgspec.to_builtins(version, str_keys=True)  # the encoder sorts text keys only, and `earlier` has numbers
    return msgspec.json.format(msgspec.json.encode(plain, order="deterministic"), indent=1) + b"\n"


def decode_version(data: bytes) -> Version:
    """The version in a published file; raises msgspec.DecodeError or ValidationError for anything else."""
    return msgspec.json.decode(data, type=Version)


def fingerprint(data: bytes) -> str:
    """Lower-case hex SHA-256."""
    return sha256(data).hexdigest()


def version_path(root: Path, slug: str, number: int) -> Path:
    """Where a version's file lies under the data directory `root`."""
    if not SLUG.fullmatch(slug):
        raise BredeleError(f'"{slug}" is no site name.', cure="Use a-z, 0-9 and - (at most 50).")
    return root / "sites" / slug / "versions" / f"{number}.json"


def write_version(root: Path, slug: str, data: bytes, number: int) -> Path:
    """Write the file once, durably. The same bytes again are fine; other bytes raise: a version never changes."""
    path = version_path(root, slug, number)
    if path.exists():
        if path.read_bytes() != data:
            raise BredeleError(f"Version {number} of {slug} is published and cannot change.", cure="Publish a new one.")
        return path
    replace_file(path, data)
    return path


def write_index(root: Path, entries: "tuple[IndexEntry, ...]") -> None:
    """Replace the index in one step."""
    replace_file(root / "sites" / "index.json", msgspec.json.format(msgspec.json.encode(entries), indent=1) + b"\n")


def replace_file(path: Path, data: bytes) -> None:
    """Readers see the old bytes or the new, never half: temporary file, fsync, rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class SiteIndex:
    """The published sites, read again only when the index file changes (its size and nanosecond time)."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._seen: tuple[int, int] | None = None
        self._sites: tuple[PublishedSite, ...] = ()

    def sites(self) -> tuple[PublishedSite, ...]:
        """Every site, the default one first; empty before anything was published."""
        path = self.root / "sites" / "index.json"
        try:
            status = path.stat()
        except FileNotFoundError:
            return ()
        mark = (status.st_mtime_ns, status.st_size)
        if mark != self._seen:
            self._sites = self._read(path)
            self._seen = mark
        return self._sites

    def by_host(self, host: str) -> PublishedSite | None:
        """The site that answers on this host (no port, any case); None if no site names it."""
        name = host.lower().rstrip(".")
        return next((site for site in self.sites() if name in site.hosts), None)

    def default(self) -> PublishedSite | None:
        """The site that answers an unknown host with its public pages."""
        return next((site for site in self.sites() if site.default), None)

    def by_slug(self, slug: str) -> PublishedSite | None:
        """The site of this name."""
        return next((site for site in self.sites() if site.slug == slug), None)

    def version(self, slug: str, number: int) -> Version | None:
        """Any published version of a site, from its file."""
        path = version_path(self.root, slug, number)
        return decode_version(path.read_bytes()) if path.is_file() else None

    def _read(self, path: Path) -> tuple[PublishedSite, ...]:
        entries = msgspec.json.decode(path.read_bytes(), type=tuple[IndexEntry, ...])
        sites = [
            PublishedSite(
                slug=entry.slug,
                hosts=entry.hosts,
                origin=entry.origin,
                default=entry.default,
                demo=entry.demo,
                version=self.version(entry.slug, entry.current) if entry.current else None,
            )
            for entry in entries
        ]
        return tuple(sorted(sites, key=lambda site: not site.default))
