"""The private keys of one log: a file each, readable by its owner only; the newest one signs."""

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from bredele.ledger.errors import InvalidNote, LedgerUnavailable
from bredele.ledger.note import SigningKey, VerifierKey, decode64, encode64

SUFFIX = ".key"


def make_key(folder: Path, name: str, random: Callable[[int], bytes] = secrets.token_bytes) -> SigningKey:
    """A new key, durably written under its id. `name` is the log's origin."""
    key = SigningKey(name, random(32))
    path = folder / f"{key.verifier.id.hex()}{SUFFIX}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".key.")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(f"{name}\n{encode64(key.secret)}\n")
            file.flush()
            os.fsync(file.fileno())
        Path(draft).rename(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    fsync_folder(folder)
    return key


def fsync_folder(folder: Path) -> None:
    """Make a new name in it durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def load_key(folder: Path, public: VerifierKey) -> SigningKey:
    """The private half of a public key, or LedgerUnavailable with the cure."""
    path = folder / f"{public.id.hex()}{SUFFIX}"
    try:
        name, secret = path.read_text(encoding="ascii").split()
        key = SigningKey(name, decode64(secret))
    except FileNotFoundError:
        raise LedgerUnavailable("The key that signs this ledger is gone.", where=str(path), cure=CURE) from None
    except (OSError, ValueError, InvalidNote) as error:
        raise LedgerUnavailable(f"The key cannot be read: {error}", where=str(path), cure=CURE) from None
    if key.verifier != public:
        raise LedgerUnavailable("The key is another one than its name says.", where=str(path), cure=CURE)
    return key


CURE = "Bring it back from a backup, or begin a new one: `bredele ledger checkpoint SITE --new-key`."
