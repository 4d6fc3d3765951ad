"""Rounding that stays safe when the parts are released too: no total tells what a part below k is.

Every released figure is a window: "<10" is 0 to 9, 10 is 10 to 14, 30 is 25 to 34. Windows of the parts add up, and in
rare corners the total's window would leave a part one value only: five parts of 9 sum to 45, which would be 50, and
only five parts of 9 can be 50. Then the total is released ten lower, so that every part keeps at least five values
(ANA-19).
"""

from collections.abc import Iterable, Sequence

from bredele.stats.catalogue import K

BELOW = "<10"
Figure = int | str
"""A multiple of ten, or `<10`. Zero reads `<10` too: its absence would tell something."""
Window = tuple[int, int]
SLACK = 4
"""By how much the largest sum the parts may have must exceed the least that the total says. The other side needs no
check: a window ends with 4 or 9 and begins with 0 or 5, so at least four stay between."""


def figure(total: int) -> Figure:
    """The nearest ten, halves up; `<10` below ten."""
    return BELOW if total < K else (total + K // 2) // K * K


def known(released: Figure) -> int:
    """A released figure as a number to reckon with; zero for one below ten."""
    return released if isinstance(released, int) else 0


def window(released: Figure) -> Window:
    """The least and the largest number that is released so."""
    if not isinstance(released, int):
        return 0, K - 1
    return max(K, released - K // 2), released + K // 2 - 1


def total_figure(parts: Sequence[int]) -> Figure:
    """The figure of the sum of parts that are released one by one as well."""
    return safe_figure(sum(parts), sum(window(figure(part))[1] for part in parts))


def safe_figure(total: int, most: int) -> Figure:
    """The figure of a total whose released parts could sum to at most `most`."""
    natural = figure(total)
    if natural in (BELOW, K) or known(natural) - K // 2 <= most - SLACK:
        return natural
    return known(natural) - K


def sum_of(parts: Iterable[Figure]) -> Figure:
    """The sum of released figures: it tells nothing that they do not."""
    return sum(known(part) for part in parts) or BELOW
