"""The installation's secret key: a file of 32 random bytes that only its owner can read."""

import os
import secrets
from pathlib import Path


def load(data: Path) -> bytes:
    """The key in `<data>/secret.key`, made once with mode 0600."""
    path = data / "secret.key"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        data.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
    return path.read_bytes()
