"""A visitor's receipt: one record, what they were told, and the proof that it is in the signed log, in one file."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from bredele.ledger.checkpoint import Checkpoint, open_checkpoint, read_checkpoint
from bredele.ledger.errors import InvalidNote, InvalidProof, UnknownKey, UnknownRecord, UnreadableFile
from bredele.ledger.log import Log
from bredele.ledger.note import VerifierKey, decode64, encode64, read_key
from bredele.ledger.notice import Notice, encode_notice, fingerprint
from bredele.ledger.record import ConsentRecord, encode_record, leaf_of
from bredele.ledger.report import Gathered, Report
from bredele.ledger.rows import Entry
from bredele.ledger.tree import verify_inclusion

LONGEST = 2_000_000
"""Bytes of a receipt that is read at all."""


class Receipt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`number`: the record's place in the log; `proof` from the leaf up; hashes, salt and proof in base64.

    `key` says which key signed; whoever checks must have it from elsewhere (CONTRACTS 6).
    """

    schema: Literal["bredele-receipt/1"] = "bredele-receipt/1"
    conforms_to: Literal["https://w3id.org/dpv/schema/iso-27560#receipt-full"] = (
        "https://w3id.org/dpv/schema/iso-27560#receipt-full"
    )
    receipt_id: str
    record: ConsentRecord
    notice: Notice
    number: int
    salt: str
    proof: tuple[str, ...]
    checkpoint: str
    key: str


def issue(log: Log, entry: Entry) -> Receipt:
    """The receipt of a stored record; raises UnknownRecord for one whose content was erased or that is no consent."""
    record = entry.record
    if not isinstance(record, ConsentRecord):
        raise UnknownRecord(f"Record {entry.seq} is about no visitor's consent.")
    note = log.head()
    head, key = open_checkpoint(note, log.verifiers())
    return Receipt(
        receipt_id=record.id,
        record=record,
        notice=msgspec.json.decode(log.notice(record.notice), type=Notice),
        number=entry.seq,
        salt=encode64(entry.salt),
        proof=tuple(encode64(step) for step in log.inclusion(entry.seq, head.size)),
        checkpoint=note,
        key=str(key),
    )


def receipt_of(log: Log, principal: str) -> Receipt:
    """The receipt of the latest record with this proof id; raises UnknownRecord."""
    return issue(log, log.history(principal)[-1])


def encode_receipt(receipt: Receipt) -> bytes:
    """The bytes of the file, readable by a person."""
    return msgspec.json.format(msgspec.json.encode(receipt), indent=2) + b"\n"


def read_receipt(data: bytes) -> Receipt:
    """The receipt in a file; UnreadableFile unless the bytes are exactly those that were issued."""
    if len(data) > LONGEST:
        raise UnreadableFile(f"It is longer than {LONGEST} bytes.")
    if not data.startswith(b"{"):
        raise UnreadableFile(
            "It is neither receipt nor export. Give the file as it was handed out, or its own address, not a page's."
        )
    try:
        receipt = msgspec.json.decode(data, type=Receipt)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise UnreadableFile(f"It is no receipt: {error}.") from None
    if encode_receipt(receipt) != data:
        raise UnreadableFile("It is not written as receipts are: something was changed.")
    return receipt


def verify_receipt(data: bytes, trusted: Sequence[VerifierKey]) -> Report:
    """Check a receipt's bytes offline. Without trusted keys its own key is used, and `trusted` is false."""
    gathered = Gathered()
    try:
        receipt = read_receipt(data)
    except UnreadableFile as error:
        gathered.fault("form", error.message)
        return Report(kind="receipt", checks=gathered.all())
    gathered.good("form", "The file is whole and says nothing beside what is checked below.")
    check_record(receipt, gathered)
    head, key = check_signature(receipt, trusted, gathered)
    if head is not None:
        check_inclusion(receipt, head, gathered)
    return Report(
        kind="receipt",
        origin=head.origin if head else "",
        size=head.size if head else 0,
        records=1,
        root=head.root.hex() if head else "",
        key=str(key) if key else "",
        trusted=key is not None and key in trusted,
        checks=gathered.all(),
    )


def check_record(receipt: Receipt, gathered: Gathered) -> None:
    """The record names this receipt and this notice."""
    record, notice = receipt.record, receipt.notice
    if receipt.receipt_id != record.id:
        gathered.fault("record", "The receipt's id is another one than the record's.", "receipt_id")
    if fingerprint(encode_notice(notice)) != record.notice:
        gathered.fault("notice", "The notice is not the one the visitor was shown.", "notice")
        return
    if (notice.version, notice.registry, notice.language) != (record.version, record.registry, record.language):
        gathered.fault("notice", "The notice is of another version or language.", "notice")
        return
    gathered.good("notice", f"The notice is that of version {record.version} in {record.language}.")


def check_signature(
    receipt: Receipt, trusted: Sequence[VerifierKey], gathered: Gathered
) -> tuple[Checkpoint | None, VerifierKey | None]:
    """The head, by a trusted key or, without any, by the receipt's own."""
    try:
        own = read_key(receipt.key)
        head, key = open_checkpoint(receipt.checkpoint, trusted or (own,))
    except (InvalidNote, UnknownKey) as error:
        gathered.fault("signature", str(error), "checkpoint")
        return unsigned(receipt.checkpoint), None
    if key != own:
        gathered.fault("key", "The receipt names another key than the one that signed.", "key")
    gathered.good("signature", f"{head.origin} signed a log of {head.size} records.", str(key))
    return head, key


def unsigned(note: str) -> Checkpoint | None:
    """What a note states although its signature is worth nothing: the rest can still be looked at."""
    try:
        return read_checkpoint(note)
    except InvalidNote:
        return None


def check_inclusion(receipt: Receipt, head: Checkpoint, gathered: Gathered) -> None:
    """The record is in the log under this head."""
    try:
        leaf = leaf_of(decode64(receipt.salt), encode_record(receipt.record))
        verify_inclusion(leaf, receipt.number, head.size, [decode64(step) for step in receipt.proof], head.root)
    except (InvalidNote, InvalidProof) as error:
        gathered.fault("proof", f"The record is not in the signed log. {error}", f"record {receipt.number}")
        return
    gathered.good("proof", f"Record {receipt.number} is in it, exactly as written here.")
