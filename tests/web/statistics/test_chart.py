"""Bars of released figures."""

from bredele.web.statistics.chart import largest, share


def test_lying_bars_are_hundredths_of_the_longest() -> None:
    figures = [("a", 400), ("b", 100), ("c", "<10")]
    top = largest(figures)
    assert [share(figure, top) for _, figure in figures] == [100, 25, 1]
