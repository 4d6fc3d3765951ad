"""Global Privacy Control: exactly `1`, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.core.signal import honoured


@pytest.mark.parametrize("value", ["1", "1,1", "1, 1", " 1"])
def test_the_signal_is_exactly_one_however_often_it_is_sent(value: str) -> None:
    """Rules: BAN-19, BAN-21"""
    assert honoured(value)


@pytest.mark.parametrize("value", [None, "", "0", "true", "01", "1.0", "1;q=1", "1,0", "1,", "?1", "11"])
def test_any_other_value_is_no_signal(value: str | None) -> None:
    """Rules: BAN-20"""
    assert not honoured(value)


@given(st.text("01, t", max_size=8))
def test_nothing_else_is_ever_read_as_the_signal(value: str) -> None:
    assert honoured(value) == all(part.strip(" ") == "1" for part in value.split(","))
