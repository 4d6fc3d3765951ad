"""A file or folder of knowledge, its format recognised by what it holds, never by its name."""

import csv
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from bredele.core.errors import UnreadableDocument
from bredele.formats.knowledge import adblock, cookie_lists, host_lists
from bredele.formats.knowledge.fact import Base, Fact, Source

LARGEST = 200_000_000
"""Bytes of one file: the largest list in use has about a tenth."""
KNOWN = (
    "Open Cookie Database (CSV or JSON), EDPB website auditing tool (JSON), Ghostery trackerdb (JSON), "
    "Tracker Radar (its folder), Disconnect (services.json), adblock list (text)"
)
COOKIES = Source(
    title="Open Cookie Database",
    licence="Apache-2.0",
    url="https://github.com/jkwakman/Open-Cookie-Database",
    form="open-cookie-database-csv",
)
TRACKERDB = Source(
    title="Ghostery Tracker Database",
    licence="CC-BY-NC-SA-4.0",
    url="https://github.com/ghostery/trackerdb",
    form="trackerdb",
)
RADAR = Source(
    title="DuckDuckGo Tracker Radar",
    licence="CC-BY-NC-SA-4.0",
    url="https://github.com/duckduckgo/tracker-radar",
    form="tracker-radar",
)
DISCONNECT = Source(
    title="Disconnect Tracking Protection",
    licence="",
    url="https://github.com/disconnectme/disconnect-tracking-protection",
    form="disconnect",
)
ADBLOCK = Source(title="", licence="", url="", form="adblock")
LICENCES = (
    ("Attribution-NonCommercial-ShareAlike 4.0", "CC-BY-NC-SA-4.0"),
    ("GNU General Public License", "GPL-3.0-or-later"),
)
"""Words of a licence text and its short name."""


def read(path: Path) -> Base:
    """What a file or a Tracker Radar folder says; `source` has an empty title or licence where none is recognised.

    Raises UnreadableDocument for anything that is not one of KNOWN.
    """
    return read_folder(path) if path.is_dir() else read_file(path)


def read_file(path: Path) -> Base:
    """One file."""
    data = content(path)
    text = decoded(data, path)
    source, facts = recognised(text, path)
    return complete(source, facts, sha256(data).hexdigest(), path)


def recognised(text: str, path: Path) -> tuple[Source, Iterable[Fact]]:
    """The source a text gives itself away as, and its facts."""
    if text.lstrip()[:1] in ("{", "["):
        document = decode_json(text)
        if document is not None:
            return of_json(document, path)
    if adblock.is_list(text):
        stated = adblock.header(text)
        title, homepage = stated.get("title", ""), stated.get("homepage", "")
        licence = short_licence(stated.get("licence", ""))
        return replace(ADBLOCK, title=title, url=homepage, licence=licence), adblock.from_list(text)
    first = next(csv.reader(text.splitlines()[:1]), [])
    if set(first) >= cookie_lists.COLUMNS:
        return COOKIES, cookie_lists.from_csv(text)
    raise unknown(path)


def of_json(document: object, path: Path) -> tuple[Source, Iterable[Fact]]:
    """The same for JSON."""
    if cookie_lists.is_edpb(document):
        return replace(COOKIES, title=edpb_title(document), form="edpb"), cookie_lists.from_edpb(document)
    if isinstance(document, dict):
        if host_lists.is_trackerdb(document):
            return TRACKERDB, host_lists.from_trackerdb(document)
        if host_lists.is_services(document):
            licence = short_licence(str(document.get("license") or ""))
            return replace(DISCONNECT, licence=licence), host_lists.from_services(document)
        if host_lists.is_radar(document):
            return RADAR, host_lists.from_radar(document)
        if cookie_lists.is_json(document):
            return replace(COOKIES, form="open-cookie-database-json"), cookie_lists.from_json(document)
    raise unknown(path)


def edpb_title(document: object) -> str:
    """The list's own name, in the first group that has one."""
    groups = document if isinstance(document, list) else [document]
    return next((str(group["name"]) for group in groups if isinstance(group, dict) and group.get("name")), "")


def read_folder(path: Path) -> Base:
    """Every domain file below a folder, as Tracker Radar keeps them (`domains/<region>/<domain>.json`)."""
    digest = sha256()
    facts: list[Fact] = []
    for file in sorted(path.rglob("*.json")):
        if file.is_symlink() or not file.is_file():
            continue
        data = content(file)
        document = decode_json(decoded(data, file))
        if host_lists.is_radar(document) and isinstance(document, dict):
            digest.update(f"{file.relative_to(path).as_posix()}\n".encode())
            digest.update(data)
            facts.extend(host_lists.from_radar(document))
    return complete(RADAR, merged(facts), digest.hexdigest(), path)


def merged(facts: Iterable[Fact]) -> Iterator[Fact]:
    """One fact a host: a folder holds a host once a region."""
    seen: dict[str, Fact] = {}
    for fact in facts:
        known = seen.get(fact.hosts[0])
        if known is None or (known.purpose is None and fact.purpose is not None):
            seen[fact.hosts[0]] = fact
    yield from seen.values()


def complete(source: Source, facts: Iterable[Fact], digest: str, path: Path) -> Base:
    """The base, or the reason why nothing in it can be used."""
    kept = tuple(dict.fromkeys(facts))
    if not kept:
        raise UnreadableDocument("It holds nothing that can be used.", where=str(path), cure=f"Known are: {KNOWN}.")
    return Base(source=replace(source, sha256=digest, facts=len(kept)), facts=kept)


def content(path: Path) -> bytes:
    """The bytes of a file of sensible size."""
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableDocument(
                f"It has more than {LARGEST:,} bytes.", where=str(path), cure="Give the list itself."
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(
            f"It cannot be read ({error.strerror}).", where=str(path), cure="Name a file."
        ) from None


def decoded(data: bytes, path: Path) -> str:
    """UTF-8 text without its byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"It is not UTF-8 text (offset {error.start}).", where=str(path), cure=f"Known are: {KNOWN}."
        ) from None


def decode_json(text: str) -> object | None:
    """The document, None if the text is no JSON."""
    try:
        document: object = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
    return document


def short_licence(text: str) -> str:
    """The short name of a licence whose words are known, else its first line."""
    return next((name for words, name in LICENCES if words in text), text.partition("\n")[0][:120].strip())


def unknown(path: Path) -> UnreadableDocument:
    """The fault of a file in no known format."""
    return UnreadableDocument("The format is not known.", where=str(path), cure=f"Known are: {KNOWN}.")


def replace(source: Source, **facts: object) -> Source:
    """The source with some facts changed."""
    return msgspec.structs.replace(source, **facts)
