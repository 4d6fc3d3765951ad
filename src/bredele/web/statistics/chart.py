"""Bars as whole numbers of an SVG's own units: geometry only, no style, no script."""

from collections.abc import Sequence

import msgspec

WIDTH, HEIGHT, GAP = 840, 160, 4
UNKNOWN = 3
"""Height of a bar whose figure is not released ("<10"): seen, not measured."""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar: place and size, the words for a pointer, and whether its figure is known."""

    x: int
    y: int
    width: int
    height: int
    title: str
    known: bool


def columns(figures: Sequence[tuple[str, int | str]]) -> tuple[Bar, ...]:
    """Upright bars for (label, released figure) pairs, the first on the left."""
    if not figures:
        return ()
    top = largest(figures)
    step = WIDTH // len(figures)
    return tuple(
        Bar(
            x=place * step,
            y=HEIGHT - height(figure, top),
            width=max(step - GAP, 1),
            height=height(figure, top),
            title=f"{label}: {figure}",
            known=isinstance(figure, int),
        )
        for place, (label, figure) in enumerate(figures)
    )


def height(figure: int | str, top: int) -> int:
    """Units up; an unreleased figure gets the least height that can be seen."""
    return max(round(figure * HEIGHT / top), UNKNOWN) if isinstance(figure, int) else UNKNOWN


def share(figure: int | str, top: int) -> int:
    """Length of a lying bar in hundredths of the longest."""
    return max(round(figure * 100 / top), 1) if isinstance(figure, int) else 1


def largest(figures: Sequence[tuple[str, int | str]]) -> int:
    """The largest released figure, at least ten."""
    return max([10, *(figure for _, figure in figures if isinstance(figure, int))])
