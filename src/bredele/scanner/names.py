"""Names that vary by page or visit become one name with a pattern: hex, digits and UUID parts are what varies."""

import re
from collections.abc import Callable, Iterable, Mapping

UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
PART = re.compile(
    rf"(?P<uuid>{UUID})"
    r"|(?<![0-9A-Za-z])(?P<hex>(?=[0-9a-fA-F]*[0-9])(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{4,})(?![0-9A-Za-z])"
    r"|(?P<digits>[0-9]+)"
)
SHAPES = {"uuid": UUID, "hex": "[0-9a-fA-F]+", "digits": "[0-9]+"}
SURE_HEX, SURE_DIGITS = 16, 10
"""From this length on a part is taken for random even if it was seen only once: a digest, an identifier, a time."""


def generalise(names: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """For each name that varies: a name with stars, and the regular expression of its family.

    Two names belong to one family if they differ only in such parts. A single name is general only if a part is
    surely random (a UUID, 16 hex signs, 10 digits).
    """
    families: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        families.setdefault(skeleton(name), []).append(name)
    general = {}
    for members in families.values():
        if len(members) > 1 or surely_random(members[0]):
            shown = (stars(members), expression(members))
            general.update(dict.fromkeys(members, shown))
    return general


def skeleton(name: str) -> str:
    """The name with each varying part replaced; digits and hex of the same place count as one shape."""
    return PART.sub("\0", name)


def surely_random(name: str) -> bool:
    """Whether one sighting is enough."""
    return any(
        part.lastgroup == "uuid"
        or (part.lastgroup == "hex" and len(part[0]) >= SURE_HEX)
        or (part.lastgroup == "digits" and len(part[0]) >= SURE_DIGITS)
        for part in PART.finditer(name)
    )


def stars(members: list[str]) -> str:
    """The family's name: a star where members differ or a part is random."""
    return rebuild(members, lambda text: text, lambda _: "*")


def expression(members: list[str]) -> str:
    """The family's regular expression, anchored at both ends."""

    def shape(kinds: set[str]) -> str:
        if len(kinds) == 1:
            return SHAPES[min(kinds)]
        return ".+" if "uuid" in kinds else SHAPES["hex"]

    return f"^{rebuild(members, re.escape, shape)}$"


def rebuild(members: list[str], fixed: Callable[[str], str], varying: Callable[[set[str]], str]) -> str:
    """Put a family's name together from its parts; a part that all members share stays as it is."""
    parts = [list(PART.finditer(name)) for name in members]
    pieces, end = [], 0
    for place, first in enumerate(parts[0]):
        column = [found[place] for found in parts]
        pieces.append(fixed(members[0][end : first.start()]))
        same = len({part[0] for part in column}) == 1 and (len(members) > 1 or not surely_random(first[0]))
        pieces.append(fixed(first[0]) if same else varying({str(part.lastgroup) for part in column}))
        end = first.end()
    return "".join([*pieces, fixed(members[0][end:])])
