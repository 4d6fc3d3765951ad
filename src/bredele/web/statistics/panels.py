"""The tables of a dashboard as a page shows them: words instead of codes, shares as bars, links that filter."""

import msgspec
from django.utils.translation import gettext, gettext_lazy

from bredele.stats.board import PANELS, Board, PanelName, offered
from bredele.stats.breakdown import Breakdown, Row
from bredele.stats.catalogue import Column, Dimension
from bredele.stats.rounding import Figure, known
from bredele.web.statistics.asked import Asked
from bredele.web.statistics.words import CODES, ORDERED, named, told

TITLES: dict[PanelName, object] = {
    "pages": gettext_lazy("Pages"),
    "entries": gettext_lazy("Where visits begin"),
    "exits": gettext_lazy("Where visits end"),
    "referrers": gettext_lazy("Where visitors come from"),
    "countries": gettext_lazy("Countries"),
    "devices": gettext_lazy("Devices"),
    "browsers": gettext_lazy("Browsers"),
    "languages": gettext_lazy("Languages"),
    "screens": gettext_lazy("Widths of windows"),
    "time": gettext_lazy("Time with a page"),
    "load": gettext_lazy("Time to load"),
    "outbound": gettext_lazy("Links to elsewhere"),
    "downloads": gettext_lazy("Downloads"),
    "errors": gettext_lazy("Errors"),
}
FIRST_HEAD: dict[Dimension, object] = {
    "page": gettext_lazy("Page"),
    "referrer": gettext_lazy("Host"),
    "country": gettext_lazy("Country"),
    "device": gettext_lazy("Device"),
    "browser": gettext_lazy("Browser"),
    "language": gettext_lazy("Language"),
    "screen": gettext_lazy("Width"),
    "load": gettext_lazy("Duration"),
    "time": gettext_lazy("Duration"),
    "outbound": gettext_lazy("Host"),
    "download": gettext_lazy("File"),
    "error": gettext_lazy("Error"),
}
HEADS: dict[Column, object] = {
    "views": gettext_lazy("Views"),
    "visits": gettext_lazy("Visits"),
    "visitors": gettext_lazy("Visitors"),
    "exits": gettext_lazy("Exits"),
    "events": gettext_lazy("Times"),
}
SHARES: dict[PanelName, tuple[Column, Column, object]] = {
    "entries": ("bounces", "visits", gettext_lazy("Bounced")),
    "exits": ("exits", "views", gettext_lazy("Of its views")),
}
"""(part, whole, head) of a last column in hundredths."""
SHOWN: dict[PanelName, tuple[Column, ...]] = {
    "pages": ("views", "visits"),
    "entries": ("visits",),
    "exits": ("exits",),
}
"""Columns shown as they are; the others are there to reckon with."""
CERTAIN = 60
"""A share is told from so many of the whole a day on: then what its days withhold of the part hardly changes it."""
OF_ONE = 100
"""A bar as long as its table is wide."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `address` filters by it; empty where that is not possible. `share`: its bar in hundredths."""

    label: str
    code: bool
    address: str
    share: int
    cells: tuple[str, ...]
    rest: bool = False


class Panel(msgspec.Struct, frozen=True, kw_only=True):
    """One table. `more`: how many values follow, at `all`."""

    name: PanelName
    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    more: int
    all: str


def panels(shown: Board, asked: Asked, *, visitors: bool) -> tuple[Panel, ...]:
    """Every table of a dashboard, in the catalogue's order. `visitors`: the site counts them."""
    return tuple(panel(name, table, asked, shown.parts, visitors=visitors) for name, table in shown.panels.items())


def missing(asked: Asked) -> tuple[str, ...]:
    """Titles of what is never counted together with the filter."""
    return tuple(str(TITLES[name]) for name in PANELS if not offered(name, asked.only))


def panel(name: PanelName, table: Breakdown, asked: Asked, parts: int, *, visitors: bool) -> Panel:
    """One table."""
    columns = columns_of(name, table, visitors=visitors)
    rows = ordered(table)
    top = max((known(row.figures[columns[0]]) for row in rows if row.value is not None), default=0)
    extra = extras(name, table)
    return Panel(
        name=name,
        title=str(TITLES[name]),
        heads=(str(FIRST_HEAD[table.dimension]), *(str(HEADS[column]) for column in columns), *extra),
        lines=tuple(
            line(table.dimension, row, columns, top, asked, reckoned(name, row, parts) if extra else ()) for row in rows
        ),
        more=table.more,
        all=asked.address(panel=name),
    )


def columns_of(name: PanelName, table: Breakdown, *, visitors: bool) -> tuple[Column, ...]:
    """The columns shown as they are: what a named row has, or where none has reached ten what all of them have."""
    of_rows = sorted(table.rows, key=lambda row: row.value is None)
    first = tuple(of_rows[0].figures) if of_rows else SHOWN.get(name, ("views",))
    wanted = SHOWN.get(name, first)
    found = tuple(column for column in wanted if column in first and (visitors or column != "visitors"))
    return found or first[:1]


def extras(name: PanelName, table: Breakdown) -> tuple[str, ...]:
    """Heads of what is reckoned from released figures."""
    first = next((row.figures for row in table.rows if row.value is not None), {})
    if name == "pages" and "seconds" in first:
        return (gettext("Duration"),)
    return (str(SHARES[name][2]),) if name in SHARES else ()


def line(
    dimension: Dimension, row: Row, columns: tuple[Column, ...], top: int, asked: Asked, extra: tuple[str, ...]
) -> Line:
    """One row as words."""
    cells = tuple(told(row.figures.get(column, "" if row.value is None else "–")) for column in columns)
    if row.value is None:
        return Line(
            label=gettext("everything else"), code=False, address="", share=0, cells=(*cells, *extra), rest=True
        )
    return Line(
        label=named(dimension, row.value),
        code=dimension in CODES and row.value not in ("direct", "unknown"),
        address=asked.address(only=f"{dimension}:{row.value}", panel=None) if asked.only is None else "",
        share=round(known(row.figures[columns[0]]) * OF_ONE / top) if top else 0,
        cells=(*cells, *extra),
    )


def reckoned(name: PanelName, row: Row, parts: int) -> tuple[str, ...]:
    """What follows from the released figures of one row, which were added up from so many parts."""
    if row.value is None:
        return ("",)
    if name == "pages":
        leaves, seconds = known(row.figures["leaves"]), known(row.figures["seconds"])
        return (duration(round(seconds / leaves)) if leaves and seconds else "–",)
    part, whole, _ = SHARES[name]
    return (share(row.figures, part, whole, parts),)


def share(figures: dict[Column, Figure], part: Column, whole: Column, parts: int) -> str:
    """One column in hundredths of another; a dash where days withhold too much of it."""
    enough = known(figures.get(whole, 0)) >= CERTAIN * parts
    return percent(figures[part], figures[whole]) if enough else "–"


def percent(part: Figure, whole: Figure) -> str:
    """One released figure in hundredths of another; a dash where one is below ten."""
    return f"{min(round(known(part) * 100 / known(whole)), 100)} %" if known(part) and known(whole) else "–"


def duration(seconds: int) -> str:
    """`43 s`, `2 min 05 s`."""
    return f"{seconds} s" if seconds < 60 else f"{seconds // 60} min {seconds % 60:02} s"


def ordered(table: Breakdown) -> tuple[Row, ...]:
    """Classes in their own order, everything else by size."""
    order = ORDERED.get(table.dimension)
    if order is None:
        return table.rows
    places = {value: place for place, value in enumerate(order)}
    return tuple(sorted(table.rows, key=lambda row: places.get(row.value or "", len(places) + (row.value is None))))
