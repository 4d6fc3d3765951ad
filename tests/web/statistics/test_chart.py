"""Bars of released figures."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bredele.web.statistics.chart import HEIGHT, UNKNOWN, WIDTH, columns, largest, share

FIGURES = st.lists(
    st.tuples(st.text(max_size=5), st.one_of(st.just("<10"), st.integers(1, 10**7).map(lambda n: n * 10))), max_size=60
)


@given(FIGURES)
def test_every_bar_lies_within_the_drawing_and_none_covers_another(figures: list[tuple[str, int | str]]) -> None:
    bars = columns(figures)
    assert len(bars) == len(figures)
    for bar in bars:
        assert bar.y >= 0
        assert bar.y + bar.height == HEIGHT
        assert bar.x + bar.width <= WIDTH
    assert all(left.x + left.width <= right.x for left, right in pairwise(bars))


def test_a_figure_that_is_not_released_is_drawn_at_the_least_height() -> None:
    """Rules: ANA-14"""
    hidden, known = columns([("Monday", "<10"), ("Tuesday", 200)])
    assert (hidden.height, hidden.known) == (UNKNOWN, False)
    assert (known.height, known.known) == (HEIGHT, True)
    assert hidden.title == "Monday: <10"


def test_lying_bars_are_hundredths_of_the_longest() -> None:
    figures = [("a", 400), ("b", 100), ("c", "<10")]
    top = largest(figures)
    assert [share(figure, top) for _, figure in figures] == [100, 25, 1]
