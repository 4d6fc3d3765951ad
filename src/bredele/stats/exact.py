"""Exact sums, for the operator's own eyes (`bredele stats query --exact`): never shown or served."""

from datetime import date

import msgspec

from bredele.stats.event import Happening
from bredele.stats.store import Store


class ExactViews(msgspec.Struct, frozen=True, kw_only=True):
    """One hourly total."""

    hour: str
    metric: str
    total: int


class ExactPages(msgspec.Struct, frozen=True, kw_only=True):
    """Views of one page on one day."""

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
    """Every page of every day, in order."""
    found = store.daily(site, "page", start, end)
    return tuple(ExactPages(day=day, page=page, total=total) for (day, page), total in found.items())


def exact_choices(store: Store, site: str, start: date, end: date) -> tuple[ExactChoices, ...]:
    """Every answer of every day, in order."""
    found = store.choices(site, start, end)
    return tuple(
        ExactChoices(day=day, version=version, language=language, outcome=outcome, total=total)
        for (day, version, language, outcome), total in found.items()
    )
