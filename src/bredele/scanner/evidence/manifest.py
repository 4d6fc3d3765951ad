"""The list of a bundle: every file with its size and SHA-256, as the text of a signed note."""

import re
from collections.abc import Mapping
from hashlib import sha256

from bredele.scanner.evidence.errors import Altered

NAME = "manifest.txt"
HEADING = "bredele evidence 1"
LINE = re.compile(r"([0-9a-f]{64}) (0|[1-9]\d{0,11}) ([a-z0-9][a-z0-9._-]{0,60})", re.ASCII)


def text_of(files: Mapping[str, bytes]) -> str:
    """The manifest of some files: a heading, then a line a file by name."""
    lines = [f"{sha256(data).hexdigest()} {len(data)} {name}" for name, data in sorted(files.items())]
    return "\n".join([HEADING, *lines, ""])


def check(text: str, files: Mapping[str, bytes]) -> None:
    """Raise Altered unless the files are exactly those the manifest lists."""
    wrong: dict[str, str] = {}
    heading, *lines = text.split("\n")
    listed = {match[3]: (match[1], match[2]) for line in lines[:-1] if (match := LINE.fullmatch(line))}
    if heading != HEADING or lines[-1:] != [""] or len(listed) != len(lines) - 1:
        wrong[NAME] = "is not written as it should be"
    for name in files.keys() - listed.keys():
        wrong[name] = "was added"
    for name, (digest, size) in listed.items():
        if name not in files:
            wrong[name] = "was removed"
        elif sha256(files[name]).hexdigest() != digest or len(files[name]) != int(size):
            wrong[name] = "was altered"
    if wrong:
        raise Altered(wrong)
