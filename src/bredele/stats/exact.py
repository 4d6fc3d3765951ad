"""Exact sums, for the operator's own eyes (`bredele stats query --exact`): never shown or served."""

from datetime import date

import msgspec

from bredele.stats.event import Happening
from bredele.stats.store import Store
from bredele.stats.tables import closed


class ExactViews(msgspec.Struct, frozen=True, kw_only=True):
    """One hourly total."""

    hour: str
    metric: str
    total: int


class ExactPages(msgspec.Struct, frozen=True, kw_only=True):
    """Views of one page on one day, or in one month what no day keeps."""

    day: str
    page: str
    total: int


class ExactChoices(msgspec.Struct, frozen=True, kw_only=True):
    """One happening with one version in one language on one day."""

    day: str
    version: int
    language: str
    outcome: Happening
    total: int


def exact_views(store: Store, site: str, start: date, end: date) -> tuple[ExactViews, ...]:
    """Every hourly total of the days, in order."""
    found = store.hourly(site, start, end)
    return tuple(ExactViews(hour=hour, metric=metric, total=total) for (hour, metric), total in found.items())


def exact_pages(store: Store, site: str, start: date, end: date) -> tuple[ExactPages, ...]:
    """Every page of every day, then by month what no day keeps (`day` is `2026-11`, an empty page is "other")."""
    daily = store.daily(site, "page", start, end)
    months = dict(store.monthly(site, "page", start, end))
    rows = [ExactPages(day=day, page=page, total=sums.views) for (day, page, _), sums in daily.items()]
    for (month, page, _), sums in months.items():
        merged = store.mark(closed(site, month)) > 0
        kept = sum(row.total for row in rows if merged and row.day[:7] == month and row.page == page)
        if sums.views != kept:
            rows.append(ExactPages(day=month, page=page, total=sums.views - kept))
    return tuple(rows)


def exact_choices(store: Store, site: str, start: date, end: date) -> tuple[ExactChoices, ...]:
    """Every answer of every day, in order."""
    found = store.choices(site, start, end)
    return tuple(
        ExactChoices(day=day, version=version, language=language, outcome=outcome, total=total)
        for (day, version, language, outcome), total in found.items()
    )
