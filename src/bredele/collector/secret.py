"""The installation's secret key: a file of 32 random bytes (as hexadecimal) that only its owner can read."""

import os
import secrets
import tempfile
from pathlib import Path

from bredele.core.settings import Settings


def load(data: Path) -> bytes:
    """The key in `<data>/secret.key`, made once with mode 0600; two processes that start together agree on one."""
    path = data / "secret.key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=data, prefix=".secret.")
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        finally:
            Path(name).unlink()
    return path.read_bytes()


def key(settings: Settings) -> bytes:
    """What signs: `BREDELE_SECRET` if it is set, else the file's key."""
    return settings.secret.encode() or load(settings.data)
