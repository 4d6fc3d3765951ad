"""The Merkle tree of RFC 9162 section 2.1 over leaf hashes: roots, proofs, and their verification.

A complete subtree is named by its level and index: it covers the leaves `[index << level, (index + 1) << level)`.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from bredele.ledger.errors import InvalidProof

EMPTY = sha256(b"").digest()
"""The root of no leaves (2.1.1)."""
HASH_SIZE = 32
Nodes = Callable[[int, int], bytes]
"""(level, index) to the hash of that complete subtree."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf's bytes (2.1.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbouring subtrees (2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The complete subtrees of a growing tree, the largest first: all that is needed to go on."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)
        if len(self.hashes) != size.bit_count():
            raise InvalidProof(f"{len(self.hashes)} subtrees are not those of a tree of {size}.")

    def push(self, leaf: bytes) -> bytes:
        """Add a leaf; returns the hash of the largest complete subtree that ends with it."""
        node, place = leaf, self.size
        while place & 1:
            node = node_hash(self.hashes.pop(), node)
            place >>= 1
        self.hashes.append(node)
        self.size += 1
        return node

    def root(self) -> bytes:
        """The tree's root now."""
        if not self.hashes:
            return EMPTY
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root

    def copy(self) -> "Frontier":
        """Another one that grows by itself."""
        return Frontier(self.size, self.hashes)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes in order."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.push(leaf)
    return frontier.root()


def nodes_of(leaves: Sequence[bytes]) -> Nodes:
    """Subtree hashes computed from leaf hashes in memory."""

    def node(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))

    return node


def range_hash(nodes: Nodes, start: int, end: int) -> bytes:
    """MTH(D[start:end]) of a range that the proof algorithms ask for: its start is a multiple of its largest half."""
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return nodes(level, start >> level)
    half = largest_half(size)
    return node_hash(range_hash(nodes, start, start + half), range_hash(nodes, start + half, end))


def largest_half(size: int) -> int:
    """The largest power of two smaller than `size` (2.1.1: k)."""
    return 1 << ((size - 1).bit_length() - 1)


def frontier_at(nodes: Nodes, size: int) -> Frontier:
    """The frontier of the first `size` leaves."""
    hashes, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            hashes.append(nodes(level, start >> level))
            start += 1 << level
    return Frontier(size, hashes)


def inclusion_proof(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """PATH(index, D_size) of 2.1.3.1: from the leaf's sibling up; raises InvalidProof outside the tree."""
    if not 0 <= index < size:
        raise InvalidProof(f"A tree of {size} has no leaf {index}.")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + largest_half(end - start)
        if index < middle:
            path.append(range_hash(nodes, middle, end))
            end = middle
        else:
            path.append(range_hash(nodes, start, middle))
            start = middle
    return path[::-1]


def consistency_proof(nodes: Nodes, first: int, second: int) -> list[bytes]:
    """PROOF(first, D_second) of 2.1.4.1; empty for equal sizes; raises InvalidProof for sizes it cannot speak about."""
    if not 0 < first <= second:
        raise InvalidProof(f"There is no proof from a tree of {first} to one of {second}.")
    path: list[bytes] = []
    start, end, whole = 0, second, True
    while first != end:
        middle = start + largest_half(end - start)
        if first <= middle:
            path.append(range_hash(nodes, middle, end))
            end = middle
        else:
            path.append(range_hash(nodes, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(range_hash(nodes, start, end))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf hash is at `index` of the tree (2.1.3.2); raises InvalidProof."""
    if not 0 <= index < size:
        raise InvalidProof(f"A tree of {size} has no leaf {index}.")
    check_sizes((leaf, root, *proof))
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise InvalidProof("The proof is longer than the tree is high.")
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    if last != 0:
        raise InvalidProof("The proof is shorter than the tree is high.")
    if found != root:
        raise InvalidProof("The proof leads to another root.")


def verify_consistency(first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes) -> None:
    """Check that the second tree begins with the whole first one (2.1.4.2); raises InvalidProof."""
    if not 0 < first <= second:
        raise InvalidProof(f"There is no proof from a tree of {first} to one of {second}.")
    if first == second:
        if proof:
            raise InvalidProof("Nothing is to be proved here, and yet there is a proof.")
        if first_root != second_root:
            raise InvalidProof("The roots differ.")
        return
    climb(first, second, proof, first_root, second_root)


def climb(first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes) -> None:
    """The two roots built from one proof, for 0 < first < second."""
    check_sizes((first_root, second_root, *proof))
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not path:
        raise InvalidProof("The proof is empty.")
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise InvalidProof("The proof is longer than the tree is high.")
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    if last != 0:
        raise InvalidProof("The proof is shorter than the tree is high.")
    if (old, new) != (first_root, second_root):
        raise InvalidProof("The proof leads to other roots.")


def check_sizes(hashes: Iterable[bytes]) -> None:
    """Every hash is 32 bytes long."""
    if any(len(given) != HASH_SIZE for given in hashes):
        raise InvalidProof(f"A hash is {HASH_SIZE} bytes long.")
