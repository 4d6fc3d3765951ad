"""Name patterns: one star at one end, never alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.core.errors import InvalidPattern
from bredele.core.pattern import check_pattern, matches, overlap

SHORT = st.text("ab", min_size=1, max_size=4)
PATTERNS = st.one_of(SHORT, SHORT.map(lambda part: part + "*"), SHORT.map(lambda part: "*" + part))


@pytest.mark.parametrize("pattern", ["sid", "_pk_*", "*_session", "a.b-c$", "é"])
def test_names_and_patterns_with_one_star_at_one_end_are_legal(pattern: str) -> None:
    """Rules: REG-11"""
    check_pattern(pattern)


@pytest.mark.parametrize("pattern", ["", "*", "**", "a*b", "*a*", "a**", "a b", "a;", "a=b", "a\x00", "a\x7f"])
def test_patterns_that_match_anything_or_are_no_name_are_refused(pattern: str) -> None:
    """Rules: REG-11"""
    with pytest.raises(InvalidPattern) as caught:
        check_pattern(pattern)
    assert caught.value.cure


@pytest.mark.parametrize(
    ("pattern", "name", "hit"),
    [("_pk_*", "_pk_id.1", True), ("_pk_*", "_pk_", True), ("_pk_*", "x_pk_", False), ("*_id", "a_id", True),
     ("*_id", "a_id2", False), ("sid", "sid", True), ("sid", "SID", False)],
)  # fmt: skip
def test_matching_is_case_sensitive_and_anchored(pattern: str, name: str, hit: bool) -> None:
    """Rules: REG-11"""
    assert matches(pattern, name) is hit


@given(PATTERNS, PATTERNS, SHORT)
def test_patterns_that_share_a_name_overlap(one: str, other: str, name: str) -> None:
    """Rules: REG-11"""
    if matches(one, name) and matches(other, name):
        assert overlap(one, other)
    assert overlap(one, other) == overlap(other, one)


@given(PATTERNS, PATTERNS)
def test_overlapping_patterns_share_a_name(one: str, other: str) -> None:
    """The witness: the longer of two starts, of two ends, or a start and an end put together.

    Rules: REG-11
    """
    parts = (one.strip("*"), other.strip("*"))
    witnesses = (*parts, parts[0] + parts[1], parts[1] + parts[0])
    assert overlap(one, other) == any(matches(one, name) and matches(other, name) for name in witnesses)
