"""An export: one file of lines that proves each of its records by itself, with the notices and exact texts they name.

First a header with the signed head, then notices, artefacts and records, last the SHA-256 of all before, signed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Literal

import msgspec

from bredele.ledger.checkpoint import open_checkpoint
from bredele.ledger.log import Log
from bredele.ledger.note import encode64
from bredele.ledger.notice import Notice
from bredele.ledger.record import ConsentRecord, Record, spoken
from bredele.ledger.rows import Entry

WHOLE = "all"
"""The selection that needs no proofs: the root is computed from the records themselves."""


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="line", tag="header"):
    """What the file is. `selection`: `all`, a period `FIRST..LAST` of days, or the proof id asked for."""

    schema: Literal["bredele-export/1"] = "bredele-export/1"
    site: str
    origin: str
    made: str
    selection: str
    size: int
    checkpoint: str
    keys: tuple[str, ...]


class NoticeLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="line", tag="notice"):
    """What visitors were told."""

    sha256: str
    notice: Notice


class Artefact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="line", tag="artefact"):
    """An exact text, file or picture that a notice names; `body` in base64."""

    name: str
    sha256: str
    body: str


class RecordLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="line", tag="record"):
    """A record with its salt; `proof` is empty in a whole log."""

    number: int
    salt: str
    record: Record
    proof: tuple[str, ...]


class ErasedLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="line", tag="erased"):
    """The place of a record whose content was erased."""

    number: int
    leaf: str
    proof: tuple[str, ...]


class End(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="line", tag="end"):
    """SHA-256 of all lines before, and the signed note over it."""

    sha256: str
    signature: str


AnyLine = Header | NoticeLine | Artefact | RecordLine | ErasedLine | End
Texts = Callable[[str], bytes | None]
"""SHA-256 (hex) to the archived bytes, or None where the archive has none."""


def encode_line(line: AnyLine) -> bytes:
    """Canonical bytes with a line break."""
    return msgspec.json.encode(line) + b"\n"


def export(log: Log, site: str, numbers: Iterable[int] | None, selection: str, texts: Texts) -> Iterator[bytes]:
    """The lines of an export; `numbers` None: the whole log. Raises UnknownRecord or LedgerUnavailable."""
    note = log.head()
    head, _ = open_checkpoint(note, log.verifiers())
    digest = sha256()
    for line in lines(log, site, numbers, selection, texts, note, head.size):
        data = encode_line(line)
        digest.update(data)
        yield data
    total = digest.hexdigest()
    yield encode_line(End(sha256=total, signature=log.sign(signed_text(head.origin, total))))


def signed_text(origin: str, total: str) -> str:
    """What is signed at the end; no checkpoint begins like it."""
    return f"{origin}/export\n{total}\n"


def lines(
    log: Log, site: str, numbers: Iterable[int] | None, selection: str, texts: Texts, note: str, size: int
) -> Iterator[AnyLine]:
    """All lines but the last."""
    yield Header(
        site=site,
        origin=open_checkpoint(note, log.verifiers())[0].origin,
        made=spoken(log.clock()),
        selection=selection,
        size=size,
        checkpoint=note,
        keys=tuple(published.key for published in log.published_keys()),
    )
    told: set[str] = set()
    for entry in log.entries(0, size) if numbers is None else map(log.entry, numbers):
        record = None if entry.erased else entry.record
        if isinstance(record, ConsentRecord) and record.notice not in told:
            told.add(record.notice)
            yield from notice_lines(log, record.notice, texts, told)
        yield entry_line(log, entry, record, 0 if numbers is None else size)


def notice_lines(log: Log, name: str, texts: Texts, told: set[str]) -> Iterator[AnyLine]:
    """A notice and those of its texts that the archive has, each once."""
    notice = msgspec.json.decode(log.notice(name), type=Notice)
    yield NoticeLine(sha256=name, notice=notice)
    yield from artefacts(notice.texts, texts, told)


def artefacts(named: Mapping[str, str], texts: Texts, told: set[str]) -> Iterator[Artefact]:
    """The archived texts under their names."""
    for name, fingerprint in named.items():
        body = None if fingerprint in told else texts(fingerprint)
        if body is not None:
            told.add(fingerprint)
            yield Artefact(name=name, sha256=fingerprint, body=encode64(body))


def entry_line(log: Log, entry: Entry, record: Record | None, size: int) -> AnyLine:
    """One record; with its proof in the log of `size`, if that is not 0."""
    proof = tuple(encode64(step) for step in log.inclusion(entry.seq, size)) if size else ()
    if record is None:
        return ErasedLine(number=entry.seq, leaf=encode64(entry.leaf), proof=proof)
    return RecordLine(number=entry.seq, salt=encode64(entry.salt), record=record, proof=proof)


def numbers_between(log: Log, first: str, last: str) -> list[int]:
    """Numbers of the records of these days (YYYY-MM-DD, UTC, both included); erased ones have no day any more."""
    kept = (entry for entry in log.entries(0, log.size()) if not entry.erased)
    return [entry.seq for entry in kept if first <= entry.record.time[:10] <= last]
