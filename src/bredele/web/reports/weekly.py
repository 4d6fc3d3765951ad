"""The weekly mail: released figures of one ISO week beside the week before, as plain text and as HTML."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from django.template.loader import render_to_string

from bredele.formats.published import PublishedSite
from bredele.stats.breakdown import breakdown
from bredele.stats.catalogue import DIRECT, UNKNOWN, Dimension, Metric
from bredele.stats.rounding import Figure
from bredele.stats.store import Store
from bredele.stats.timeline import Timeline, Totals
from bredele.web.reports.words import WORDS, day_text, number_text

HOUR = 6
"""Monday's hour, in the installation's time zone, from which the mail of the week before goes out."""
COUNTED: tuple[Metric, ...] = ("views", "visits", "visitors_day")
TABLES: tuple[tuple[str, Dimension], ...] = (("pages", "page"), ("referrers", "referrer"), ("countries", "country"))
ROWS = 5
WEEK = timedelta(days=7)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A figure, and the same of the week before."""

    label: str
    now: str
    before: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The largest values of a dimension."""

    title: str
    rows: tuple[tuple[str, str], ...]


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """What the mail says, in its language."""

    title: str
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]


def monday_due(now: datetime) -> date:
    """The first day of the last week that is to be mailed: the one before this, from Monday morning on."""
    here = now.astimezone(ZoneInfo(settings.BREDELE.time_zone)) - timedelta(hours=HOUR)
    return here.date() - timedelta(days=here.weekday()) - WEEK


def label_of(monday: date) -> str:
    """`2026-W47`."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def name_of(site: PublishedSite, language: str) -> str:
    """The site's name in the language, or in another, or its slug."""
    names = site.version.registry.site.name if site.version else {}
    return names.get(language) or next(iter(names.values()), site.slug)


def week_of(store: Store, site: PublishedSite, monday: date, language: str) -> Week:
    """The figures of a week."""
    words, sunday = WORDS[language], monday + timedelta(days=6)
    timeline = Timeline(store, site.slug, monday, sunday)
    now, before = timeline.totals(), Timeline(store, site.slug, monday - WEEK, sunday - WEEK).totals()
    title = words["week"].format(
        name=name_of(site, language),
        number=monday.isocalendar()[1],
        first=day_text(monday, language),
        last=day_text(sunday, language),
    )
    tables = []
    for heading, dimension in TABLES:
        rows = breakdown(store, site.slug, dimension, monday, sunday, limit=ROWS, timeline=timeline).rows
        named = [(spoken(row.value, words), first(row.figures)) for row in rows if row.value is not None]
        shown = tuple((value, number_text(figure, language)) for value, figure in named)
        tables.append(Table(title=words[heading], rows=shown))
    return Week(title=title, lines=lines(now, before, language), tables=tuple(tables))


def lines(now: Totals, before: Totals, language: str) -> tuple[Line, ...]:
    """The week's own figures."""
    words = WORDS[language]
    these, those = told(now, language), told(before, language)
    return tuple(Line(label=words[name], now=these[name], before=those[name]) for name in these)


def told(totals: Totals, language: str) -> dict[str, str]:
    """Each figure in words."""
    figures = {str(name): number_text(totals.figures[name], language) for name in COUNTED}
    bounced = "–" if totals.bounced is None else f"{totals.bounced} %"
    return {**figures, "bounced": bounced, "seconds": number_text(totals.seconds, language)}


def spoken(value: str, words: dict[str, str]) -> str:
    """A value as it is read."""
    return words["direct"] if value == DIRECT else words["unknown"] if value == UNKNOWN else value


def first(figures: dict[Any, Figure]) -> Figure:
    """The figure a table is ranked by."""
    return next(iter(figures.values()))


def as_text(week: Week, language: str, more: str, stop: str) -> str:
    """The plain mail."""
    words = WORDS[language]
    width = max(len(line.label) for line in week.lines)
    said = [week.title, ""]
    said += [f"{line.label:<{width}}  {line.now:>9}   ({words['before']}: {line.before})" for line in week.lines]
    for table in week.tables:
        said += ["", table.title]
        said += [f"  {figure:>9}  {value}" for value, figure in table.rows] or [f"  {words['none']}"]
    said += ["", words["note"], "", words["more"].format(link=more)]
    said += [words["stop"].format(link=stop)] if stop else []
    return "\n".join(said) + "\n"


def as_html(week: Week, language: str, more: str, stop: str) -> str:
    """The same with tables; no image, no script, nothing that is fetched."""
    context = {"week": week, "words": WORDS[language], "language": language, "more": more, "stop": stop}
    return render_to_string("reports/weekly.html", context)
