"""An upright bar chart as an SVG without a view box: places across in hundredths of its width, up in pixels.

So a chart fills a phone and a desk alike and its words keep the reader's size. Geometry only: no style, no script.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from bredele.stats.rounding import Figure, known
from bredele.web.statistics.words import told

TOP, FLOOR, HEIGHT = 26, 206, 232
"""Pixels from above: where the highest line lies, where bars stand, how high the whole drawing is."""
SCALE = 52
"""Pixels at the side for the figures of the lines."""
UNKNOWN = 3
"""Height of a bar whose figure is not released ("<10"): seen, not measured."""
FILLED, WIDEST = 0.74, 9.0
"""The part of its place that a bar takes, and the most hundredths of the width it grows to."""
LABELS = 6
FEWEST, MOST = 3, 5
"""Lines across."""
STEPS = (10, 20, 25, 50)


class Column(NamedTuple):
    """What a bar shows: the words below it, the words for a pointer, its figure (none: it is to come) and the one
    compared with."""

    label: str
    title: str
    figure: Figure | None
    before: Figure | None = None


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar: `x` and `width` as "12.5%", `y` and `height` in pixels; `was` is where the figure before lies."""

    x: str
    y: int
    width: str
    height: int
    title: str
    known: bool
    was: int | None


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """Words below the floor; `anchor` is SVG's."""

    x: str
    anchor: str
    text: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line across at a round figure."""

    y: int
    text: str


class Flag(msgspec.Struct, frozen=True, kw_only=True):
    """The place of something that happened; `number` leads to it in the list below."""

    x: str
    number: int
    title: str


class Plot(msgspec.Struct, frozen=True, kw_only=True):
    """A chart. `blank`: no figure of it is released, so there is nothing to draw; `unknown`: one at least is not."""

    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    flags: tuple[Flag, ...] = ()
    blank: bool
    unknown: bool
    height: int = HEIGHT
    floor: int = FLOOR
    below: int = FLOOR + 19
    scale: int = SCALE


def plot(columns: Sequence[Column], flags: Sequence[tuple[int, int, str]] = (), *, rtl: bool = False) -> Plot:
    """The chart of some columns, the first where reading begins. `flags`: (column, number, words)."""
    highest = max((known(one) for column in columns for one in (column.figure or 0, column.before or 0)), default=0)
    rounds, slot = round_figures(highest), 100 / max(len(columns), 1)
    top = rounds[-1]
    width = min(slot * FILLED, WIDEST)
    starts = [turned(place * slot + (slot - width) / 2, width, rtl=rtl) for place in range(len(columns))]
    middles = [turned((place + 0.5) * slot, 0, rtl=rtl) for place in range(len(columns))]
    return Plot(
        bars=tuple(
            bar(column, column.figure, start, width, top)
            for column, start in zip(columns, starts, strict=True)
            if column.figure is not None
        ),
        labels=labels(columns, middles),
        lines=tuple(Line(y=level(figure, top), text=told(figure)) for figure in rounds),
        flags=tuple(Flag(x=across(middles[place]), number=number, title=words) for place, number, words in flags),
        blank=highest == 0,
        unknown=any(isinstance(column.figure, str) for column in columns),
    )


def bar(column: Column, figure: Figure, x: float, width: float, top: int) -> Bar:
    """One bar."""
    height = max(FLOOR - level(known(figure), top), UNKNOWN)
    return Bar(
        x=across(x),
        y=FLOOR - height,
        width=across(width),
        height=height,
        title=column.title,
        known=isinstance(figure, int),
        was=level(column.before, top) if isinstance(column.before, int) else None,
    )


def labels(columns: Sequence[Column], middles: Sequence[float]) -> tuple[Label, ...]:
    """Words below as many columns as fit a phone, evenly."""
    many = len(columns)
    step = max(-(-many // LABELS), 1)
    places = range(0, many, step)
    return tuple(
        Label(x=across(middles[place]), anchor=anchor(place, many), text=columns[place].label) for place in places
    )


def anchor(place: int, many: int) -> str:
    """Words below the last bar stay within the drawing; those below the first have room beside it."""
    return "end" if place == many - 1 and many > LABELS else "middle"


def across(x: float) -> str:
    """Hundredths of the width, as SVG reads them in every language."""
    return f"{x:.3f}%"


def turned(x: float, width: float, *, rtl: bool) -> float:
    """The place of something so wide, from the right where reading begins there."""
    return 100 - x - width if rtl else x


def level(figure: int, top: int) -> int:
    """Pixels from above for a figure."""
    return FLOOR - round(figure * (FLOOR - TOP) / top)


def round_figures(highest: int) -> list[int]:
    """Where lines lie: three to five figures that are tens, as far apart as 10, 20, 25 or 50 times a power of ten, the
    last at or as little as possible above the highest."""
    size, found = 1, list[range]()
    while size <= max(highest, 1):
        for step in (one * size for one in STEPS if one * size % 10 == 0):
            lines = max(-(-highest // step), FEWEST)
            if lines <= MOST:
                found.append(range(step, step * lines + 1, step))
        size *= 10
    return list(min(found, key=max))
