"""Questions about the open data and the tables that answer them; every figure passes `stats.release`."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from bredele.core.errors import BredeleError
from bredele.formats.domains import registrable_domain
from bredele.formats.published import PublishedSite
from bredele.stats import release
from bredele.stats.board import Span
from bredele.stats.breakdown import Filter
from bredele.stats.catalogue import SINGLE
from bredele.stats.store import Store
from bredele.web.statistics import statement
from bredele.web.statistics.declared import declared

DAYS, AT_MOST = 30, 800
"""Days of a range that says no start, and of the longest one (25 months are kept)."""
FIRST, LAST = date(2020, 1, 1), date(2200, 1, 1)


class BadQuestion(BredeleError):
    """A question no table answers."""


def span(start: date | None, end: date | None, today: date) -> tuple[date, date]:
    """The days asked for, both included; raises BadQuestion for an empty or too long range."""
    last = end or today
    first = start or last - timedelta(days=DAYS - 1)
    if first > last:
        raise BadQuestion("The range ends before it begins.", where="from", cure="Put the earlier day in `from`.")
    if (last - first).days >= AT_MOST:
        raise BadQuestion(f"The range has more than {AT_MOST} days.", where="from", cure="Ask for a shorter one.")
    if first < FIRST or last > LAST:
        raise BadQuestion("There is nothing so long ago or ahead.", where="from", cure="Ask for days since 2020.")
    return first, last


def cookies(site: PublishedSite, language: str) -> dict[str, Any]:
    """The declarations of the version in force."""
    version = site.version
    return {
        "dataset": "cookies",
        "site": site.origin,
        "version": version.number if version else None,
        "language": language,
        "rows": plain(declared(version, language, registrable_domain) if version else ()),
    }


def choices(site: PublishedSite, store: Store, days: tuple[date, date]) -> dict[str, Any]:
    """Banners shown and answers by month, version and language."""
    rows = release.choices_table(store, site.slug, *days)
    return {"dataset": "choices", **counted(site, days), "rows": plain(rows)}


def views(site: PublishedSite, store: Store, by: str, days: tuple[date, date]) -> dict[str, Any]:
    """Page views by day, by hour of one day, or by page; raises BadQuestion for hours of several days."""
    if by == "hour" and days[0] != days[1]:
        raise BadQuestion(
            "Hours are given for one day.", where="by", cure="Write the same day in `from` and `to`, or ask by day."
        )
    rows: Sequence[msgspec.Struct]
    if by == "hour":
        rows = release.hours_table(store, site.slug, days[0])
    elif by == "page":
        rows = release.pages_table(store, site.slug, *days)
    else:
        rows = release.views_table(store, site.slug, *days)
    counting = site.version is not None and site.version.registry.statistics != "off"
    return {"dataset": "views", **counted(site, days), "by": by, "counting": counting, "rows": plain(rows)}


def statistics(
    site: PublishedSite, store: Store, days: tuple[date, date], by: str, filters: Sequence[tuple[str, str]], limit: int
) -> dict[str, Any]:
    """One table of the statistics; raises BadQuestion for two filters, NotCounted for what is never crossed."""
    only = filter_of(filters)
    found = statement.table(store, site.slug, Span(*days), by, only, limit)
    return {
        "dataset": "statistics",
        **counted(site, days),
        "by": by,
        "filter": {only.dimension: only.value} if only else None,
        "counting": site.version.registry.statistics if site.version else "off",
        "rows": [{"period": row.period, "value": row.value, "figures": row.figures} for row in found.rows],
        "more": found.more,
    }


def filter_of(filters: Sequence[tuple[str, str]]) -> Filter | None:
    """The one filter, if there is one; raises BadQuestion."""
    if len(filters) > 1:
        raise BadQuestion(
            "There are two filters.",
            where="filter",
            cure="Keep one: what has two things in common is never counted, so that nobody stands out.",
        )
    for name, value in filters:
        for dimension in SINGLE:
            if dimension == name and value:
                return Filter(dimension, value)
        raise BadQuestion(
            f'"{name[:60]}" is no dimension with a value.',
            where="filter",
            cure=f"Write it as in country:FR. Dimensions: {', '.join(SINGLE)}.",
        )
    return None


def counted(site: PublishedSite, days: tuple[date, date]) -> dict[str, Any]:
    """What every table of counts says of itself."""
    return {"site": site.origin, "start": days[0], "to": days[1], "rounding": release.NOTE}


def plain(rows: Sequence[msgspec.Struct]) -> list[dict[str, Any]]:
    """Rows as plain values."""
    return [msgspec.to_builtins(row) for row in rows]
