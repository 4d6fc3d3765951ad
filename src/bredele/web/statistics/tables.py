"""The open data of one site: declared cookies, answers and page views, as released."""

from datetime import date, timedelta
from typing import Any, Literal

import msgspec

from bredele.formats.domains import registrable_domain
from bredele.formats.published import PublishedSite
from bredele.stats import release
from bredele.web.statistics.declared import Declared, declared
from bredele.web.statistics.store import statistics_store

Dataset = Literal["cookies", "choices", "views"]
Grouping = Literal["day", "page"]
DAYS = 28
MONTHS = 12


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One dataset: its rows as plain values, and the days it covers (none for what is declared now)."""

    site: str
    dataset: Dataset
    by: Grouping | None = None
    start: date | None = None
    end: date | None = None
    note: str = ""
    rows: list[dict[str, Any]]


def table(site: PublishedSite, dataset: Dataset, by: Grouping, language: str, today: date) -> Table:
    """A dataset of a site up to `today` (UTC): 28 days of views, 12 months of pages and answers."""
    if dataset == "cookies":
        rows = declared(site.version, language, registrable_domain) if site.version else ()
        return Table(site=site.origin, dataset="cookies", rows=plain(rows))
    if dataset == "views" and by == "day":
        start = today - timedelta(days=DAYS - 1)
        return released(site, "views", "day", start, today, release.views_table)
    start = months_before(today, MONTHS - 1)
    if dataset == "choices":
        return released(site, "choices", None, start, today, release.choices_table)
    return released(site, "views", "page", start, today, release.pages_table)


def released(site: PublishedSite, dataset: Dataset, by: Grouping | None, start: date, end: date, rule: Any) -> Table:
    """Sums of the store after the rule of release (`stats.release`); nothing exact leaves this function."""
    rows = rule(statistics_store(), site.slug, start, end)
    return Table(site=site.origin, dataset=dataset, by=by, start=start, end=end, note=release.NOTE, rows=plain(rows))


def columns(dataset: Dataset, by: Grouping | None) -> tuple[str, ...]:
    """The names of a row's values; they are there even where no row is."""
    if dataset == "cookies":
        return Declared.__struct_fields__
    if dataset == "choices":
        return release.ChoicesRow.__struct_fields__
    return (release.PagesRow if by == "page" else release.ViewsRow).__struct_fields__


def plain(rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Rows as JSON values."""
    built: list[dict[str, Any]] = msgspec.to_builtins(rows)
    return built


def months_before(day: date, months: int) -> date:
    """The first day of the month so many months before."""
    year, month0 = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month0 + 1, 1)
