"""Lying bars in hundredths of the longest: geometry only, no style, no script. Upright ones are in `plot`."""

from collections.abc import Sequence


def share(figure: int | str, top: int) -> int:
    """Length of a lying bar in hundredths of the longest."""
    return max(round(figure * 100 / top), 1) if isinstance(figure, int) else 1


def largest(figures: Sequence[tuple[str, int | str]]) -> int:
    """The largest released figure, at least ten."""
    return max([10, *(figure for _, figure in figures if isinstance(figure, int))])
