"""Bytes that came from outside: too many, or not text, is said at once and with the place."""

import codecs

from bredele.core.errors import InvalidRegistry, UnreadableDocument

LIMIT = 1_000_000
"""Bytes. A registry or a policy is a few kilobytes; more is a mistake or an attack."""


def too_long(data: bytes, what: str) -> UnreadableDocument | None:
    """The fault of a document above the limit."""
    if len(data) <= LIMIT:
        return None
    return UnreadableDocument(
        f"This {what} has more than {LIMIT:,} bytes.",
        where=f"offset {LIMIT}",
        cure="Give only its text: a few kilobytes are usual.",
    )


def not_text(data: bytes, what: str) -> UnreadableDocument | None:
    """The fault of binary input: the first byte no text holds, by line and offset."""
    offset = next((place for place, byte in enumerate(data) if byte in CONTROLS), None)
    if offset is None:
        return None
    cure = "Copy its text into a plain text file." if data.startswith(b"%PDF") else "Save it as UTF-8 text."
    return UnreadableDocument(f"This {what} is not text but binary.", where=place_of(data, offset), cure=cure)


CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\f\v")


def place_of(data: bytes, offset: int) -> str:
    """`line N, offset M` of a byte."""
    return f"line {data.count(10, 0, offset) + 1}, offset {offset}"


def decode(data: bytes, what: str) -> str:
    """UTF-8 text, byte order mark dropped; raises InvalidRegistry for anything else."""
    fault = too_long(data, what) or not_text(data, what)
    if fault is not None:
        raise InvalidRegistry((fault,))
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        fault = UnreadableDocument("This is not UTF-8.", where=place_of(data, error.start), cure="Save it as UTF-8.")
        raise InvalidRegistry((fault,)) from None
