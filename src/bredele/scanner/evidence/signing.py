"""The key that signs evidence, made at first need, and who may be believed. The forms are those of the ledger."""

import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from bredele.core.errors import BredeleError
from bredele.ledger import keys
from bredele.ledger.errors import InvalidNote, LedgerUnavailable
from bredele.ledger.note import Note, SigningKey, VerifierKey, read_key, read_note, signed
from bredele.scanner.evidence import manifest
from bredele.scanner.evidence.errors import Altered, KeyUnknown

PUBLIC = "evidence.pub"
"""Name of the file with every public key of this installation, the newest last: what to hand to others."""
KEYS = "evidence-keys"
CURE = "Ask for the public key by another way, and give it with --key."


class UnusableKey(BredeleError):
    """A key that cannot be read."""


def own_key(data: Path, name: str, random: Callable[[int], bytes] = secrets.token_bytes) -> SigningKey:
    """The installation's newest key; the first one is made now. `name`: the installation's host."""
    known = own_public(data)
    try:
        if known:
            return keys.load_key(data / KEYS, known[-1])
        key = keys.make_key(data / KEYS, f"{name}/evidence", random)
    except LedgerUnavailable as error:
        raise UnusableKey(
            "The key that signs evidence is gone or damaged.",
            where=error.where,
            cure=f"Bring it back from a backup; or remove its line from {data / PUBLIC} and a new one is made.",
        ) from None
    with (data / PUBLIC).open("a", encoding="ascii") as file:
        file.write(f"{key.verifier}\n")
    return key


def own_public(data: Path) -> list[VerifierKey]:
    """Every public key this installation ever signed with; older ones keep verifying."""
    path = data / PUBLIC
    return read_keys(path.read_text(encoding="ascii", errors="replace"), str(path)) if path.is_file() else []


def stated_keys(stated: str) -> list[VerifierKey]:
    """The keys in a file, or the one written out."""
    path = Path(stated)
    if "+" not in stated or path.is_file():
        try:
            return read_keys(path.read_text(encoding="ascii", errors="replace"), stated)
        except OSError as error:
            raise UnusableKey(f"It cannot be read ({error.strerror}).", where=stated, cure="Name a key file.") from None
    return read_keys(stated, "--key")


def read_keys(text: str, where: str) -> list[VerifierKey]:
    """A key a line."""
    try:
        found = [read_key(line) for line in text.splitlines() if line.strip()]
    except InvalidNote as error:
        raise UnusableKey(error.message, where=where, cure="A key is one line: name+id+base64.") from None
    if not found:
        raise UnusableKey("It holds no key.", where=where, cure="A key is one line: name+id+base64.")
    return found


def sign(files: dict[str, bytes], key: SigningKey) -> dict[str, bytes]:
    """The files with their signed manifest. The public key goes along, to be compared, never to be believed."""
    listed = {**files, "key.txt": f"{key.verifier}\n".encode()}
    return {**listed, manifest.NAME: str(signed(manifest.text_of(listed), key)).encode()}


def verify(files: dict[str, bytes], believed: Iterable[VerifierKey]) -> VerifierKey:
    """The believed key that signed exactly these files. Altered says which were touched; KeyUnknown if only the
    bundle itself vouches for its key."""
    note = manifest_of(files)
    others = {name: data for name, data in files.items() if name != manifest.NAME}
    key = signer(note, list(believed))
    if key is None and not vouched_by_itself(note, others):
        manifest.check(note.text, others)
        raise Altered({manifest.NAME: "is signed by nobody known"})
    manifest.check(note.text, others)
    if key is None:
        raise KeyUnknown(others["key.txt"].decode().strip(), CURE)
    return key


def vouched_by_itself(note: Note, files: dict[str, bytes]) -> bool:
    """Whether the key in the bundle signed its manifest: that makes it whole, not believed."""
    try:
        inside = read_key(files.get("key.txt", b"").decode("ascii"))
        return note.signed_by([inside]) is not None
    except (InvalidNote, UnicodeDecodeError):
        return False


def manifest_of(files: dict[str, bytes]) -> Note:
    """The signed manifest."""
    if manifest.NAME not in files:
        raise Altered({manifest.NAME: "was removed"})
    try:
        return read_note(files[manifest.NAME].decode())
    except (InvalidNote, UnicodeDecodeError):
        raise Altered({manifest.NAME: "was altered"}) from None


def signer(note: Note, trusted: list[VerifierKey]) -> VerifierKey | None:
    """Who of these signed it; a wrong signature in their name is an alteration."""
    if len(note.signatures) != 1:
        raise Altered({manifest.NAME: "was altered"})
    try:
        return note.signed_by(trusted)
    except InvalidNote:
        raise Altered({manifest.NAME: "was altered"}) from None
