"""What was loaded, in the data directory: one compact file a source, named by its content and never changed."""

import zlib
from hashlib import sha256
from pathlib import Path

import msgspec

from bredele.core.errors import BredeleError
from bredele.formats.knowledge.fact import Base
from bredele.formats.published import replace_file

SUFFIX = ".knowledge"


def folder(data: Path) -> Path:
    """Where knowledge lies under the data directory."""
    return data / "knowledge"


def write(data: Path, base: Base) -> Path:
    """Keep a base, and let an older edition of the same source go."""
    packed = zlib.compress(msgspec.msgpack.encode(base), 9)
    path = folder(data) / f"{sha256(packed).hexdigest()[:32]}{SUFFIX}"
    older = [file for file, known in bases(data) if known.source.title == base.source.title and file != path]
    replace_file(path, packed)
    for file in older:
        file.unlink(missing_ok=True)
    return path


def remove(data: Path, title: str) -> bool:
    """Forget a source; False if there is none of this title."""
    found = [file for file, known in bases(data) if known.source.title == title]
    for file in found:
        file.unlink(missing_ok=True)
    return bool(found)


def bases(data: Path) -> list[tuple[Path, Base]]:
    """Every loaded base with its file, by title; raises BredeleError for a file that was altered."""
    files = sorted(folder(data).glob(f"*{SUFFIX}"))
    return sorted(((file, read(file)) for file in files), key=lambda pair: pair[1].source.title)


def read(path: Path) -> Base:
    """One base; its name is the SHA-256 of its bytes."""
    packed = path.read_bytes()
    try:
        if sha256(packed).hexdigest()[:32] != path.stem:
            raise ValueError(path.name)
        return msgspec.msgpack.decode(zlib.decompress(packed), type=Base)
    except (ValueError, zlib.error, msgspec.MsgspecError):
        raise BredeleError(
            "This knowledge was altered or is not complete.", where=str(path), cure="Delete the file and load it again."
        ) from None
