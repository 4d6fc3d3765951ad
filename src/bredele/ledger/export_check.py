"""Verifying an export offline, line by line."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec

from bredele.ledger.checkpoint import Checkpoint, open_checkpoint, read_checkpoint
from bredele.ledger.errors import InvalidNote, InvalidProof, UnknownKey
from bredele.ledger.export import (
    WHOLE,
    AnyLine,
    Artefact,
    End,
    ErasedLine,
    Header,
    NoticeLine,
    RecordLine,
    encode_line,
    signed_text,
)
from bredele.ledger.note import VerifierKey, decode64, read_key, read_note
from bredele.ledger.notice import encode_notice, fingerprint
from bredele.ledger.record import ConsentRecord, encode_record, leaf_of
from bredele.ledger.report import Gathered, Report
from bredele.ledger.tree import Frontier, verify_inclusion


class Reading:
    """The state between lines."""

    def __init__(self, trusted: Sequence[VerifierKey]) -> None:
        self.trusted = tuple(trusted)
        self.gathered = Gathered()
        self.header: Header | None = None
        self.head: Checkpoint | None = None
        self.keys: tuple[VerifierKey, ...] = self.trusted
        self.key: VerifierKey | None = None
        self.digest = sha256()
        self.notices: set[str] = set()
        self.frontier = Frontier()
        self.records = 0
        self.last = -1
        self.ended = False


def verify_export(data: Iterable[bytes], trusted: Sequence[VerifierKey]) -> Report:
    """Check an export's lines (each with its line break). Without trusted keys its own are used: `trusted` is false."""
    reading = Reading(trusted)
    for number, raw in enumerate(data, 1):
        place = f"line {number}"
        if reading.ended:
            reading.gathered.fault("form", "Something follows the end.", place)
            break
        line = read_line(reading, raw, place)
        if line is None:
            break
        take(reading, line, place)
        if not isinstance(line, End):
            reading.digest.update(raw)
    finish(reading)
    head, key = reading.head, reading.key
    return Report(
        kind="export",
        origin=head.origin if head else "",
        size=head.size if head else 0,
        records=reading.records,
        root=head.root.hex() if head else "",
        key=str(key) if key else "",
        trusted=key is not None and key in reading.trusted,
        checks=reading.gathered.all(),
    )


def read_line(reading: Reading, raw: bytes, place: str) -> AnyLine | None:
    """The line, or None after telling that it is none."""
    try:
        line: AnyLine = msgspec.json.decode(raw, type=AnyLine)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        reading.gathered.fault("form", f"It is no line of an export: {error}.", place)
        return None
    if encode_line(line) != raw:
        reading.gathered.fault("form", "It is not written as exports are: something was changed.", place)
        return None
    return line


def take(reading: Reading, line: AnyLine, place: str) -> None:
    """Check one line against those before."""
    if (reading.header is None) != isinstance(line, Header):
        reading.gathered.fault("form", "The header is missing or comes twice.", place)
        return
    match line:
        case Header():
            take_header(reading, line, place)
        case NoticeLine():
            if fingerprint(encode_notice(line.notice)) != line.sha256:
                reading.gathered.fault("notice", "The notice is another one than its name says.", place)
            reading.notices.add(line.sha256)
        case Artefact():
            take_artefact(reading, line, place)
        case RecordLine() | ErasedLine():
            take_record(reading, line, place)
        case End():
            take_end(reading, line, place)


def take_header(reading: Reading, header: Header, place: str) -> None:
    """Who signed what."""
    reading.header = header
    try:
        own = tuple(read_key(key) for key in header.keys)
        reading.keys = reading.trusted or own
        reading.head = read_checkpoint(header.checkpoint)
        reading.head, reading.key = open_checkpoint(header.checkpoint, reading.keys)
    except (InvalidNote, UnknownKey) as error:
        reading.gathered.fault("signature", str(error), place)
        return
    if (header.origin, header.size) != (reading.head.origin, reading.head.size):
        reading.gathered.fault("form", "The header says something else than the signed head.", place)
    else:
        said = f"{header.origin} signed a log of {header.size} records."
        reading.gathered.good("signature", said, str(reading.key))


def take_artefact(reading: Reading, line: Artefact, place: str) -> None:
    """An exact text is what its name says."""
    try:
        fits = sha256(decode64(line.body)).hexdigest() == line.sha256
    except InvalidNote:
        fits = False
    if not fits:
        reading.gathered.fault("artefact", f'"{line.name}" is not what its SHA-256 says.', place)


def take_record(reading: Reading, line: RecordLine | ErasedLine, place: str) -> None:
    """A record is in the signed log at its number."""
    if line.number <= reading.last:
        reading.gathered.fault("order", "It is out of order.", f"record {line.number}")
    reading.last = line.number
    reading.records += 1
    if reading.header is None or reading.head is None:
        return
    try:
        leaf = decode64(line.leaf) if isinstance(line, ErasedLine) else of_record(reading, line)
        if reading.header.selection == WHOLE:
            take_next(reading, line, leaf)
        else:
            proof = [decode64(step) for step in line.proof]
            verify_inclusion(leaf, line.number, reading.head.size, proof, reading.head.root)
    except (InvalidNote, InvalidProof) as error:
        reading.gathered.fault("proof", f"It is not in the signed log. {error}", f"record {line.number} ({place})")


def of_record(reading: Reading, line: RecordLine) -> bytes:
    """The leaf of a record; the notice it names is wanted."""
    if isinstance(line.record, ConsentRecord) and line.record.notice not in reading.notices:
        reading.gathered.fault("notice", "The notice it names is not in the file.", f"record {line.number}")
    return leaf_of(decode64(line.salt), encode_record(line.record))


def take_next(reading: Reading, line: RecordLine | ErasedLine, leaf: bytes) -> None:
    """A whole log has every number once and no proofs."""
    if line.number != reading.frontier.size or line.proof:
        raise InvalidProof(f"Record {reading.frontier.size} was expected.")
    reading.frontier.push(leaf)


def take_end(reading: Reading, end: End, place: str) -> None:
    """The file is the one that was signed."""
    reading.ended = True
    if end.sha256 != reading.digest.hexdigest():
        reading.gathered.fault("form", "A line was changed, added or left out.", place)
        return
    try:
        note = read_note(end.signature)
        key = note.signed_by(reading.keys)
    except InvalidNote as error:
        reading.gathered.fault("signature", str(error), place)
        return
    if key is None or reading.header is None or note.text != signed_text(reading.header.origin, end.sha256):
        reading.gathered.fault("signature", "The end is not signed by the ledger.", place)


def finish(reading: Reading) -> None:
    """What can only be said at the end."""
    gathered = reading.gathered
    if not reading.ended:
        gathered.fault("form", "The end is missing: the file is cut off.")
    elif reading.header and reading.header.selection == WHOLE and reading.head and not complete(reading):
        gathered.fault("tree", "The records are not those of the signed log.")
    if all(check.ok for check in gathered.checks):
        gathered.good("form", "The file is whole.")
        gathered.good("record", f"{reading.records} records are exactly as they were recorded.")


def complete(reading: Reading) -> bool:
    """Whether the records of a whole log make its root."""
    head = reading.head
    return head is not None and (reading.frontier.size, reading.frontier.root()) == (head.size, head.root)
