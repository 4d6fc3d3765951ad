"""Signed notes and their Ed25519 keys as C2SP writes them (c2sp.org/signed-note), byte for byte.

`cryptography` is imported only where a signature is made or checked: commands that need neither start without it.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from bredele.ledger.errors import InvalidNote

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = b"\x01"
NAME = re.compile(r"[^\s+\x00-\x20\x7f]+")
CONTROL = re.compile(r"[\x00-\t\x0b-\x1f]")
DASH = "\N{EM DASH}"
LONGEST = 100_000
"""Bytes of a note: more is none of ours."""


class VerifierKey(msgspec.Struct, frozen=True):
    """A public key by its name; written `<name>+<key id>+<base64>`."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encode64(ED25519 + self.public)}"

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether the signature (64 bytes) over the note's text is this key's."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


class SigningKey(msgspec.Struct, frozen=True):
    """A private key: 32 secret bytes under a name."""

    name: str
    secret: bytes

    @property
    def verifier(self) -> VerifierKey:
        """Its public half."""
        return VerifierKey(self.name, public_of(self.secret))

    def sign(self, text: str) -> bytes:
        """64 bytes over the text."""
        return private_of(self.secret).sign(text.encode())


@lru_cache(maxsize=64)
def private_of(secret: bytes) -> "Ed25519PrivateKey":
    """The key of 32 bytes; making it costs as much as a signature, so it is kept."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(secret)


@lru_cache(maxsize=64)
def public_of(secret: bytes) -> bytes:
    """The 32 bytes of its public half."""
    return private_of(secret).public_key().public_bytes_raw()


class Signature(msgspec.Struct, frozen=True):
    """One signature line."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{DASH} {self.name} {encode64(self.key_id + self.signature)}"


class Note(msgspec.Struct, frozen=True):
    """A text (ending with a line break) and who signed it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n" + "".join(f"{line}\n" for line in self.signatures)

    def signed_by(self, keys: Iterable[VerifierKey]) -> VerifierKey | None:
        """The first of the keys that signed it. A signature that names a key of ours and is not its own raises."""
        found = None
        for key in keys:
            for line in self.signatures:
                if (line.name, line.key_id) != (key.name, key.id):
                    continue
                if not key.verifies(self.text, line.signature):
                    raise InvalidNote("The signature does not fit the text.", where=key.name)
                found = found or key
        return found


def signed(text: str, key: SigningKey) -> Note:
    """The note of a text, signed."""
    check_text(text)
    verifier = key.verifier
    return Note(text, (Signature(key.name, verifier.id, key.sign(text)),))


def read_note(data: str) -> Note:
    """The note in a text, or InvalidNote; what it writes again is the same text."""
    if len(data) > LONGEST:
        raise InvalidNote("It is too long for a signed note.")
    text, gap, lines = data.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise InvalidNote("A signed note is a text, an empty line, and signatures.")
    note = Note(check_text(text + "\n"), tuple(read_signature(line) for line in lines[:-1].split("\n")))
    if str(note) != data:
        raise InvalidNote("The note is not written as it should be.")
    return note


def read_signature(line: str) -> Signature:
    """`— name base64` as its parts."""
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if dash != DASH or not NAME.fullmatch(name):
        raise InvalidNote("A signature line is a dash, a name and base64.")
    raw = decode64(encoded)
    if len(raw) != 4 + 64:
        raise InvalidNote("A signature is 4 bytes of key id and 64 bytes.")
    return Signature(name, raw[:4], raw[4:])


def read_key(text: str) -> VerifierKey:
    """A public key from its written form, or InvalidNote."""
    name, _, rest = text.strip().partition("+")
    stated, _, encoded = rest.partition("+")
    raw = decode64(encoded)
    if not NAME.fullmatch(name) or raw[:1] != ED25519 or len(raw) != 33:
        raise InvalidNote("That is no Ed25519 key.", cure='A key is written "name+id+base64".')
    key = VerifierKey(name, raw[1:])
    if key.id.hex() != stated:
        raise InvalidNote("The key's id does not fit the key.", where=name, cure="Copy it again, whole.")
    return key


def check_text(text: str) -> str:
    """The same text, if a note can hold it."""
    if not text.endswith("\n") or CONTROL.search(text):
        raise InvalidNote("A note's text is lines without control signs.")
    return text


def encode64(raw: bytes) -> str:
    """Standard base64 with padding (RFC 4648 section 4)."""
    return base64.b64encode(raw).decode()


def decode64(text: str) -> bytes:
    """Its bytes; InvalidNote unless they are written back as the same text."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidNote("That is no base64.") from None
    if encode64(raw) != text:
        raise InvalidNote("The base64 is not written as it should be.")
    return raw
