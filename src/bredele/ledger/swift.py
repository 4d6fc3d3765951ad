"""The check of a chunk in which nothing is wrong: whole columns at a time. Whatever is odd goes to the slow check."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import msgspec

from bredele.ledger.engine import Row
from bredele.ledger.record import ANONYMOUS, TIME_SIZE, leaf_of

CONSENT = b'{"schema":"bredele-consent/1","principal":"'
NOTICE = b'"notice":"'
BEFORE_TIME = b'","time":"'
NOBODY = CONSENT + ANONYMOUS.encode() + BEFORE_TIME
LEAST = 150
"""Where a notice's name can begin at the earliest."""


class Swift(msgspec.Struct, frozen=True):
    """What a sound chunk hands on."""

    root: bytes
    erased: list[int]
    own: list[tuple[int, bytes]]
    notices: dict[str, int]


def sound(start: int, size: int, rows: Sequence[Row]) -> Swift | None:
    """The chunk's root and what only the whole log can judge, or None where anything in it is not as it should be."""
    if len(rows) != size:
        return None
    columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True))
    numbers, leaves, nodes, principals, salts, records = columns
    if numbers != tuple(range(start, start + size)):
        return None
    erased = [number for number, record in zip(numbers, records, strict=True) if record is None]
    if any(salts[number - start] is not None or principals[number - start] is not None for number in erased):
        return None
    if hashed(leaves, salts, records, bool(erased)) != list(leaves):
        return None
    found = filed(numbers, principals, records)
    root = top(leaves, nodes, size) if found is not None else None
    if found is None or root is None:
        return None
    own, notices = found
    return Swift(root, erased, own, notices)


def hashed(leaves: Sequence[bytes], salts: Sequence[Any], records: Sequence[Any], erased: bool) -> list[bytes]:
    """The leaf of each record; an erased one keeps its own."""
    if erased:
        triples = zip(leaves, salts, records, strict=True)
        return [leaf if data is None else leaf_of(salt, data) for leaf, salt, data in triples]
    pairs = zip(salts, records, strict=True)
    return [sha256(b"\x00" + sha256(salt + data).digest()).digest() for salt, data in pairs]


def filed(
    numbers: Sequence[int], principals: Sequence[Any], records: Sequence[Any]
) -> tuple[list[tuple[int, bytes]], dict[str, int]] | None:
    """Records of the log itself and the notices named; None where one is filed wrong or the clock went back."""
    own: list[tuple[int, bytes]] = []
    notices: dict[bytes, int] = {}
    last = b""
    for number, who, data in zip(numbers, principals, records, strict=True):
        if data is None:
            continue
        head = NOBODY if who is None else CONSENT + who.encode() + BEFORE_TIME
        if not data.startswith(head):
            if who is not None or data.startswith(CONSENT):
                return None
            own.append((number, data))
            continue
        time = data[len(head) : len(head) + TIME_SIZE]
        if time < last:
            return None
        last = time
        place = data.find(NOTICE, LEAST) + len(NOTICE)
        name = data[place : place + 64]
        if name not in notices:
            notices[name] = number
    return own, {name.decode("ascii", "replace"): number for name, number in notices.items()}


def top(leaves: Sequence[bytes], nodes: Sequence[Any], size: int) -> bytes | None:
    """The root over a power of two of leaves, if every stored node but the last row's is the one below it.

    A row's node is that of the largest subtree it ends: at level t those of the rows 2^t - 1, 3 * 2^t - 1, ...
    """
    level: Sequence[bytes] = leaves
    if any(node is not None for node in nodes[::2]):
        return None
    width = 1
    while len(level) > 1:
        level = [sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level), 2)]
        width *= 2
        if len(level) > 1 and list(nodes[width - 1 :: 2 * width]) != list(level[::2]):
            return None
    return level[0]
