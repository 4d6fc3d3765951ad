"""Which parts of some cells are too small to stand alone, and which must hide with them (ANA-16, ANA-19).

In a group whose total is known (all pages of a day; all countries of one page), a single small cell would follow from
the total and the others. So where exactly one is small, the smallest of the others is held back too.
"""

from collections.abc import Iterable, Mapping

from bredele.stats.catalogue import COLUMNS, PAIRS, Column, Dimension, K
from bredele.stats.event import Sums
from bredele.stats.store import Key

COUNTS = tuple(column for column in COLUMNS if column != "seconds")
"""Engaged seconds go with the leaves they were measured at."""
Amounts = dict[Key, int]


def held_back(cells: Mapping[Key, Sums], dimension: Dimension) -> dict[Key, Sums]:
    """The part of each cell that may not stand alone; cells of which nothing is held back are left out."""
    held: dict[Key, dict[Column, int]] = {}
    for column in COUNTS:
        amounts = {key: amount for key, sums in cells.items() if (amount := sums.of(column))}
        for key in hidden(amounts, dimension):
            held.setdefault(key, {})[column] = amounts[key]
            if column == "leaves":
                held[key]["seconds"] = cells[key].seconds
    return {key: Sums(**parts) for key, parts in held.items()}


def hidden(amounts: Amounts, dimension: Dimension) -> set[Key]:
    """The cells of one column that are under k, and those that hide them."""
    small = {key for key, amount in amounts.items() if amount < K}
    sides = (1, 2) if dimension in PAIRS else (0,)
    while True:
        added = {key for side in sides for key in companions(amounts, small, side)}
        if not added:
            return small
        small |= added


def companions(amounts: Amounts, small: set[Key], side: int) -> Iterable[Key]:
    """The cells to hold back beside those that are alone in their group; groups share `side` of the key."""
    groups: dict[str, list[Key]] = {}
    for key in small:
        groups.setdefault(key[side], []).append(key)
    lonely = {group for group, members in groups.items() if len(members) == 1}
    if not lonely:
        return ()
    smallest: dict[str, Key] = {}
    for key in amounts:
        group = key[side]
        if group in lonely and key not in small:
            rival = smallest.get(group)
            if rival is None or (amounts[key], key) < (amounts[rival], rival):
                smallest[group] = key
    return smallest.values()
