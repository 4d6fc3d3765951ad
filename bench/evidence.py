"""How many single edits of a bundle are found, and whether the right file is named.

    .venv/bin/python -m bench.evidence [EDITS]

A bundle of a made-up scan with two pictures' worth of bytes is written as a directory and as a zip. Each edit changes,
removes or adds one byte at a place drawn anew, or removes or adds a file; then the bundle is verified as
`bredele evidence verify` does.
"""

import random
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bredele.core.observation import Observation, Scan, Setter
from bredele.scanner.evidence import bundle, container, signing
from bredele.scanner.evidence.errors import Altered
from bredele.scanner.evidence.witness import Call, Witness

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
CHANCE = random.Random(20260101)  # noqa: S311  # places to try, no secret


def signed(data: Path) -> dict[str, bytes]:
    """A bundle of some size."""
    witness = Witness()
    witness.pictures = {name: CHANCE.randbytes(200_000) for name in ("desktop", "phone")}
    witness.calls = [
        Call(state="no_choice", moment=MOMENT, method="GET", url=f"https://site.example/{number}", kind="image")
        for number in range(500)
    ]
    setter = Setter(url="https://site.example/", how="script")
    items = tuple(Observation(name=f"item{number}", host="site.example", set_by=setter) for number in range(100))
    scan = Scan(target="https://site.example/", started=MOMENT, browser="x", states=("no_choice",), observations=items)
    return signing.sign(bundle.files_of(scan, None, witness, MOMENT), signing.own_key(data, "bench"))


def edited(data: bytes) -> bytes:
    """One byte changed, removed or added."""
    place = CHANCE.randrange(len(data))
    kind = CHANCE.randrange(3)
    if kind == 0:
        return data[:place] + bytes([data[place] ^ CHANCE.randrange(1, 256)]) + data[place + 1 :]
    return data[:place] + (CHANCE.randbytes(1) + data[place:] if kind == 1 else data[place + 1 :])


def found(path: Path, believed: list[signing.VerifierKey]) -> dict[str, str]:
    """What verifying says is wrong."""
    try:
        signing.verify(container.read(path), believed)
    except Altered as fault:
        return fault.files
    return {}


def in_directory(folder: Path, files: dict[str, bytes], believed: list[signing.VerifierKey], edits: int) -> None:
    """Edits of files in a directory, removals and additions of whole files among them."""
    caught = named = 0
    for number in range(edits):
        name = CHANCE.choice(sorted(files))
        path = folder / name
        if number % 50 == 0:
            path.unlink()
        elif number % 50 == 1:
            name = f"added{number}.json"
            path = folder / name
            path.write_bytes(b"{}")
        else:
            data = files[name]
            while (changed := edited(data)) == data:
                pass
            path.write_bytes(changed)
        wrong = found(folder, believed)
        caught += bool(wrong)
        named += name in wrong
        path.unlink(missing_ok=True)
        if name in files:
            path.write_bytes(files[name])
    sys.stdout.write(f"directory  {caught} of {edits} edits found, the file named in {named}\n")


def in_zip(path: Path, believed: list[signing.VerifierKey], edits: int) -> None:
    """Edits anywhere in the zip, its own headers included."""
    data, caught = path.read_bytes(), 0
    for _ in range(edits):
        while (changed := edited(data)) == data:
            pass
        path.write_bytes(changed)
        caught += bool(found(path, believed))
    sys.stdout.write(f"zip        {caught} of {edits} edits found\n")


def main() -> None:
    """Both trials."""
    edits = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    root = Path(tempfile.mkdtemp())
    try:
        files = signed(root)
        believed = signing.own_public(root)
        container.write(root / "bundle", files)
        container.write(root / "bundle.zip", files)
        untouched = not found(root / "bundle", believed) and not found(root / "bundle.zip", believed)
        sys.stdout.write(f"untouched  {'verifies' if untouched else 'DOES NOT VERIFY'}\n")
        in_directory(root / "bundle", files, believed, edits)
        in_zip(root / "bundle.zip", believed, edits)
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
