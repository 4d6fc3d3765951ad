"""A checkpoint: origin, size and root of a log as the text of a signed note (c2sp.org/tlog-checkpoint)."""

import re
from collections.abc import Sequence

import msgspec

from bredele.ledger.errors import InvalidNote, UnknownKey
from bredele.ledger.note import NAME, SigningKey, VerifierKey, decode64, encode64, read_note, signed
from bredele.ledger.tree import HASH_SIZE

SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class Checkpoint(msgspec.Struct, frozen=True):
    """The head of a log: `root` is the root over its first `size` records."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{encode64(self.root)}\n"


def sign(checkpoint: Checkpoint, key: SigningKey) -> str:
    """The signed note of a head."""
    return str(signed(str(checkpoint), key))


def read_checkpoint(note: str) -> Checkpoint:
    """What a note states, unverified; InvalidNote for anything that is no checkpoint. Further lines are refused."""
    lines = read_note(note).text[:-1].split("\n")
    if len(lines) != 3 or not NAME.fullmatch(lines[0]) or not SIZE.fullmatch(lines[1]):
        raise InvalidNote("A checkpoint is an origin, a size and a root.")
    root = decode64(lines[2])
    if len(root) != HASH_SIZE:
        raise InvalidNote(f"A root is {HASH_SIZE} bytes long.")
    return Checkpoint(lines[0], int(lines[1]), root)


def open_checkpoint(note: str, keys: Sequence[VerifierKey]) -> tuple[Checkpoint, VerifierKey]:
    """The head and the key that signed it; InvalidNote for a wrong signature, UnknownKey where none of the keys did."""
    checkpoint = read_checkpoint(note)
    key = read_note(note).signed_by(keys)
    if key is None:
        names = ", ".join(f"{line.name}+{line.key_id.hex()}" for line in read_note(note).signatures)
        raise UnknownKey(f"It is signed by {names}, which is none of the trusted keys.")
    if key.name != checkpoint.origin:
        raise InvalidNote("The key is that of another log.", where=key.name)
    return checkpoint, key
