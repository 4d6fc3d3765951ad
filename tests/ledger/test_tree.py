"""The Merkle tree: roots, proofs and their refusal, against RFC 9162 and, where it is at hand, a conformance suite."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bredele.ledger import tree
from bredele.ledger.errors import InvalidProof

SUITE = Path(__file__).resolve().parents[3] / "shared" / "data" / "conformance" / "merkle.json"
LEAVES = [tree.leaf_hash(bytes([number])) for number in range(70)]
NODES = tree.nodes_of(LEAVES)
sizes = st.integers(1, len(LEAVES))


def recursive(leaves: list[bytes]) -> bytes:
    """MTH exactly as section 2.1.1 writes it."""
    if not leaves:
        return tree.EMPTY
    if len(leaves) == 1:
        return leaves[0]
    half = tree.largest_half(len(leaves))
    return tree.node_hash(recursive(leaves[:half]), recursive(leaves[half:]))


@settings(deadline=None)
@given(st.integers(0, len(LEAVES)))
def test_the_growing_root_is_the_one_the_standard_defines(size: int) -> None:
    assert tree.root_of(LEAVES[:size]) == recursive(LEAVES[:size])
    if size:
        assert tree.frontier_at(NODES, size).root() == recursive(LEAVES[:size])


@settings(deadline=None)
@given(sizes, st.data())
def test_every_leaf_of_every_tree_has_a_proof_and_no_other_leaf_has_it(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = tree.inclusion_proof(NODES, index, size), recursive(LEAVES[:size])
    tree.verify_inclusion(LEAVES[index], index, size, proof, root)
    refused(tree.verify_inclusion, tree.leaf_hash(b"another"), index, size, proof, root)
    refused(tree.verify_inclusion, LEAVES[index], size, size, proof, root)
    refused(tree.verify_inclusion, LEAVES[index], index, size, [*proof, root], root)
    for other in set(range(size)) - {index}:
        refused(tree.verify_inclusion, LEAVES[index], other, size, proof, root)
    for place in range(len(proof)):
        refused(tree.verify_inclusion, LEAVES[index], index, size, proof[:place] + proof[place + 1 :], root)


@settings(deadline=None)
@given(sizes, st.data())
def test_every_tree_is_proved_the_beginning_of_every_longer_one(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, size))
    proof = tree.consistency_proof(NODES, first, size)
    old, new = recursive(LEAVES[:first]), recursive(LEAVES[:size])
    tree.verify_consistency(first, size, proof, old, new)
    other = tree.root_of([*LEAVES[: first - 1], tree.leaf_hash(b"rewritten")])
    refused(tree.verify_consistency, first, size, proof, other, new)
    refused(tree.verify_consistency, first, size, [*proof, new], old, new)
    if proof:
        refused(tree.verify_consistency, first, size, proof[:-1], old, new)


def refused(check: Callable[..., None], *arguments: Any) -> None:
    """The check raises."""
    with pytest.raises(InvalidProof):
        check(*arguments)


def test_proofs_that_cannot_exist_are_not_made() -> None:
    for index, size in ((5, 5), (-1, 5), (0, 0)):
        refused(lambda index=index, size=size: tree.inclusion_proof(NODES, index, size))
    for first, second in ((0, 5), (6, 5)):
        refused(lambda first=first, second=second: tree.consistency_proof(NODES, first, second))
    refused(lambda: tree.Frontier(3, [b""]))


@pytest.mark.skipif(not SUITE.exists(), reason="the conformance suite is not beside the repository")
def test_every_case_of_the_conformance_suite_is_judged_right() -> None:
    """Inclusion, consistency, leaves and roots of the suite, all of them.

    Rules: LED-13
    """
    suite = msgspec.json.decode(SUITE.read_bytes())
    hexed = bytes.fromhex
    wrong = []
    for case in suite["inclusion"]:
        proof = [hexed(step) for step in case["proof"] or ()]
        values = hexed(case["leafHash"]), case["leafIdx"], case["treeSize"], proof, hexed(case["root"])
        if fails(tree.verify_inclusion, *values) != case["want_error"]:
            wrong.append(case["id"])
    for case in suite["consistency"]:
        proof = [hexed(step) for step in case["proof"] or ()]
        values = case["size1"], case["size2"], proof, hexed(case["root1"]), hexed(case["root2"])
        if fails(tree.verify_consistency, *values) != case["want_error"]:
            wrong.append(case["id"])
    assert wrong == []
    leaves = [tree.leaf_hash(hexed(leaf)) for leaf in suite["leaves"]]
    assert [tree.root_of(leaves[:size]).hex() for size in range(len(leaves) + 1)] == suite["roots"]
    assert len(suite["inclusion"]) + len(suite["consistency"]) >= 190


def fails(check: Callable[..., None], *arguments: Any) -> bool:
    """Whether it raises."""
    try:
        check(*arguments)
    except InvalidProof:
        return True
    return False
