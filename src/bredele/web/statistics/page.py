"""The Data page: every table with its bars."""

from collections.abc import Mapping
from datetime import date
from itertools import accumulate

import msgspec
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi, gettext_lazy

from bredele.core.registry import Version
from bredele.formats.domains import registrable_domain
from bredele.formats.published import PublishedSite
from bredele.stats.rounding import Figure
from bredele.stats.timeline import Timeline
from bredele.web.enforcement.languages import own_name
from bredele.web.statistics.asked import end_of
from bredele.web.statistics.chart import largest, share
from bredele.web.statistics.declared import Declared, declared
from bredele.web.statistics.plot import Column, Plot, plot
from bredele.web.statistics.store import statistics_store
from bredele.web.statistics.tables import MONTHS, months_before, table

HAPPENINGS = {
    "shown": gettext_lazy("Banner shown"),
    "accepted": gettext_lazy("Accepted"),
    "refused": gettext_lazy("Refused"),
    "customised": gettext_lazy("Chosen one by one"),
    "ignored": gettext_lazy("Not answered"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "gpc": gettext_lazy("GPC signal"),
}
"""The columns of the table of choices; the keys are those of `stats.release.ChoicesRow`."""

BECAME = ("accepted", "customised", "refused", "ignored")
"""What a banner shown ends in."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A released figure and the length of its bar in hundredths; `label` is the head of its column."""

    figure: Figure
    share: int
    name: str = ""
    label: str = ""


class DayLine(msgspec.Struct, frozen=True, kw_only=True):
    """Views of one day."""

    day: date
    figure: Figure


class MonthLine(msgspec.Struct, frozen=True, kw_only=True):
    """Views of one month."""

    month: date
    figure: Figure


class PageLine(msgspec.Struct, frozen=True, kw_only=True):
    """Views of one page in one month; `page` is None for all small ones together."""

    month: date
    page: str | None
    views: Cell


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a bar, in hundredths of it."""

    name: str
    label: str
    x: int
    width: int


class ChoiceLine(msgspec.Struct, frozen=True, kw_only=True):
    """Banners of one version in one language in one month, and what became of them; `language` in its own words."""

    month: date
    version: int
    language: str
    cells: tuple[Cell, ...]
    pieces: tuple[Piece, ...]
    """What became of the banners, as one bar; empty while every figure is below ten."""


class DataPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the template shows; `counting` is whether the site counts page views at all, `dated` with `audience_day`."""

    cookies: tuple[Declared, ...]
    counting: bool
    dated: bool
    choices: tuple[ChoiceLine, ...]
    days: tuple[DayLine, ...]
    plot: Plot
    months: tuple[MonthLine, ...]
    """What whole months tell, where no day does; only those that tell something."""
    pages: tuple[PageLine, ...]


def data_page(site: PublishedSite, version: Version, language: str, today: date) -> DataPage:
    """The page of one site up to `today` (UTC)."""
    days = day_lines(site, language, today)
    columns = [
        Column(date_format(one.day, "j M"), f"{date_format(one.day, 'j F Y')}: {one.figure}", one.figure)
        for one in days
    ]
    drawn = plot(columns, rtl=get_language_bidi())
    return DataPage(
        cookies=declared(version, language, registrable_domain),
        counting=version.registry.statistics != "off",
        dated=version.registry.statistics == "visitors",
        choices=choice_lines(site, language, today),
        days=days,
        plot=drawn,
        months=month_lines(site, today) if drawn.blank else (),
        pages=page_lines(site, language, today),
    )


def day_lines(site: PublishedSite, language: str, today: date) -> tuple[DayLine, ...]:
    """The last days, the oldest first."""
    rows = table(site, "views", "day", language, today).rows
    return tuple(DayLine(day=date.fromisoformat(row["period"]), figure=row["views"]) for row in rows)


def month_lines(site: PublishedSite, today: date) -> tuple[MonthLine, ...]:
    """Months up to this one, the newest first."""
    months = Timeline(statistics_store(), site.slug, months_before(today, MONTHS - 1), end_of(today)).months()
    found = [MonthLine(month=month(point.period), figure=point.figures["views"]) for point in months]
    return tuple(line for line in reversed(found) if isinstance(line.figure, int))


def page_lines(site: PublishedSite, language: str, today: date) -> tuple[PageLine, ...]:
    """Pages by month, newest first."""
    rows = table(site, "views", "page", language, today).rows
    top = largest([("", row["views"]) for row in rows])
    return tuple(
        PageLine(
            month=month(row["month"]),
            page=row["page"],
            views=Cell(figure=row["views"], share=share(row["views"], top)),
        )
        for row in rows
    )


def choice_lines(site: PublishedSite, language: str, today: date) -> tuple[ChoiceLine, ...]:
    """Banners and answers by month, version and language, newest first."""
    rows = table(site, "choices", "day", language, today).rows
    top = largest([("", row[name]) for row in rows for name in HAPPENINGS])
    return tuple(
        ChoiceLine(
            month=month(row["month"]),
            version=row["version"],
            language=own_name(row["language"]) if row["language"] else "",
            cells=tuple(choice_cell(name, row[name], top) for name in HAPPENINGS),
            pieces=pieces({name: row[name] for name in BECAME}),
        )
        for row in rows
    )


def pieces(figures: Mapping[str, Figure]) -> tuple[Piece, ...]:
    """The released figures side by side; one below ten has no length."""
    known = {name: figure for name, figure in figures.items() if isinstance(figure, int)}
    total, ends = sum(known.values()), list(accumulate(known.values()))
    return tuple(
        Piece(
            name=name,
            label=f"{HAPPENINGS[name]}: {figure}",
            x=round((end - figure) * 100 / total),
            width=round(end * 100 / total) - round((end - figure) * 100 / total),
        )
        for (name, figure), end in zip(known.items(), ends, strict=True)
    )


def choice_cell(name: str, figure: Figure, top: int) -> Cell:
    """One figure under its head."""
    return Cell(figure=figure, share=share(figure, top), name=name, label=str(HAPPENINGS[name]))


def month(text: str) -> date:
    """`2026-11` as its first day."""
    return date.fromisoformat(f"{text}-01")
