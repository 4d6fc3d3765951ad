"""The geometry of the dashboard's chart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.web.statistics.plot import FEWEST, FLOOR, MOST, TOP, UNKNOWN, Column, plot, round_figures

RELEASED = st.one_of(st.just("<10"), st.integers(1, 10**7).map(lambda n: n * 10))
COLUMNS = st.lists(st.builds(Column, st.just("a"), st.just("b"), RELEASED, st.none() | RELEASED), max_size=80)


def across(text: str) -> float:
    """`12.5%` as a number."""
    assert text.endswith("%")
    return float(text[:-1])


@given(COLUMNS, st.booleans())
def test_every_bar_lies_within_the_drawing_and_none_covers_another(columns: list[Column], rtl: bool) -> None:
    drawn = plot(columns, [(0, 1, "x")] if columns else [], rtl=rtl)
    assert len(drawn.bars) == len(columns)
    bars = sorted((across(bar.x), across(bar.width)) for bar in drawn.bars)
    for bar in drawn.bars:
        assert TOP <= bar.y <= FLOOR
        assert bar.y + bar.height == FLOOR
        assert bar.was is None or TOP <= bar.was <= FLOOR
    assert all(x >= 0 and x + width <= 100.01 for x, width in bars)
    assert all(left + width <= right + 0.01 for (left, width), (right, _) in pairwise(bars))
    assert all(0 <= across(label.x) <= 100 for label in drawn.labels)
    assert len(drawn.labels) <= 7


def test_right_to_left_is_the_mirror_image() -> None:
    columns = [Column(str(n), "", n * 10) for n in range(1, 6)]
    left, right = plot(columns), plot(columns, rtl=True)
    assert [bar.height for bar in left.bars] == [bar.height for bar in right.bars]
    assert [bar.x for bar in right.bars] == [bar.x for bar in reversed(left.bars)]


def test_a_figure_that_is_not_released_is_drawn_at_the_least_height() -> None:
    """Rules: ANA-14"""
    drawn = plot([Column("Monday", "", "<10"), Column("Tuesday", "", 200)])
    assert [bar.height for bar in drawn.bars] == [UNKNOWN, FLOOR - TOP]
    assert (drawn.unknown, drawn.blank) == (True, False)
    assert plot([Column("Monday", "", "<10")]).blank


@given(st.integers(0, 10**9))
def test_lines_are_round_figures_of_tens(highest: int) -> None:
    """Rules: ANA-14"""
    figures = round_figures(highest)
    assert FEWEST <= len(figures) <= MOST
    assert highest <= figures[-1] <= max(30, highest * 1.5)
    step = figures[0]
    assert figures == [step * number for number in range(1, len(figures) + 1)]
    assert step % 10 == 0
    assert int(str(step).rstrip("0")) in (1, 2, 25, 5)


@pytest.mark.parametrize(
    ("highest", "figures"),
    [
        (0, [10, 20, 30]),
        (35, [10, 20, 30, 40]),
        (100, [20, 40, 60, 80, 100]),
        (210, [50, 100, 150, 200, 250]),
        (22_000, [5000, 10_000, 15_000, 20_000, 25_000]),
    ],
)
def test_the_highest_bar_fills_most_of_the_chart(highest: int, figures: list[int]) -> None:
    assert round_figures(highest) == figures
