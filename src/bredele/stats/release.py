"""The one place where a sum becomes a figure somebody may see: k = 10, nearest ten, small cells merged (ANA-14, -16).

Each table is cut along one fixed partition (views: hours or days; pages and answers: calendar months), so asking for
other ranges shows no other sums to subtract from each other (ANA-19). No setting lowers k.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from bredele.stats.catalogue import OTHER, K
from bredele.stats.event import OUTCOMES, UNKNOWN_HOUR, Happening
from bredele.stats.rounding import Figure, figure, known, total_figure
from bredele.stats.store import Store
from bredele.stats.suppression import held_back
from bredele.stats.tables import closed

NOTE = "nearest-ten"
"""Key of the sentence that says how figures are made safe; the words are the reader's language's."""


class ViewsRow(msgspec.Struct, frozen=True, kw_only=True):
    """Page views (and views that carried a banner) of a day `2026-11-24` or an hour `2026-11-24T13`, UTC."""

    period: str
    views: Figure
    shown: Figure


class PagesRow(msgspec.Struct, frozen=True, kw_only=True):
    """Page views of one page in one month; `page` is null for all pages under k together."""

    month: str
    page: str | None
    views: Figure


class ChoicesRow(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the banners of one policy version in one language in one month.

    `shown` includes those shown to browsers that send GPC, which are counted apart too. `ignored` is what the other
    figures leave of it, computed from them as released: it tells nothing they do not. `language` is empty where an
    older count did not keep it.
    """

    month: str
    version: int
    language: str
    shown: Figure
    accepted: Figure
    refused: Figure
    customised: Figure
    ignored: Figure
    withdrawn: Figure
    gpc: Figure


def cells(counts: Mapping[str, int]) -> tuple[tuple[str | None, Figure], ...]:
    """Cells of at least k, largest first, then the rest as one cell named None (its own figure may be `<10`).

    A single small cell hides behind the smallest large one: alone in the rest, its size would follow from the total.
    The value `OTHER` is always in the rest.
    """
    ranked = sorted(counts.items(), key=lambda cell: (-cell[1], cell[0]))
    shown = [cell for cell in ranked if cell[1] >= K and cell[0] != OTHER]
    rest = [cell for cell in ranked if cell[1] < K or cell[0] == OTHER]
    if len(rest) == 1 and rest[0][1] < K and shown:
        rest.append(shown.pop())
    released: list[tuple[str | None, Figure]] = [(name, figure(total)) for name, total in shown]
    return (*released, (None, figure(sum(total for _, total in rest)))) if rest else tuple(released)


def views_table(store: Store, site: str, start: date, end: date) -> tuple[ViewsRow, ...]:
    """One row for each day from `start` to `end`, both included, days without a view too."""
    hourly = store.hourly(site, start, end)
    return tuple(ViewsRow(period=day.isoformat(), **day_figures(hourly, day)) for day in days(start, end))


def day_figures(hourly: Mapping[tuple[str, str], int], day: date) -> dict[str, Figure]:
    """Figures of one day; the hours, which are released too, stay as uncertain as they are alone."""
    return {metric: total_figure(hours_of(hourly, day, metric)) for metric in ("views", "shown")}


def hours_of(hourly: Mapping[tuple[str, str], int], day: date, metric: str) -> list[int]:
    """The 24 sums of one day, and one more where a part of it is of no known hour (it was imported)."""
    unknown = hourly.get((f"{day.isoformat()}T{UNKNOWN_HOUR}", metric), 0)
    return [*(hourly.get((hour, metric), 0) for hour in hours(day)), *((unknown,) if unknown else ())]


def hours_table(store: Store, site: str, day: date) -> tuple[ViewsRow, ...]:
    """One row for each hour of the day."""
    hourly = store.hourly(site, day, day)
    return tuple(
        ViewsRow(
            period=hour,
            views=figure(hourly.get((hour, "views"), 0)),
            shown=figure(hourly.get((hour, "shown"), 0)),
        )
        for hour in hours(day)
    )


def pages_table(store: Store, site: str, start: date, end: date) -> tuple[PagesRow, ...]:
    """Pages of every calendar month the range touches, each month whole; newest month first.

    A closed month counts whole; of an open one the days on which a page reached k, the rest waits until it closes.
    """
    found = [(month, views_by_page(store, site, month)) for month in months(start, end)]
    return tuple(
        PagesRow(month=f"{month:%Y-%m}", page=page, views=views)
        for month, pages in reversed(found)
        for page, views in cells(pages)
    )


def views_by_page(store: Store, site: str, month: date) -> dict[str, int]:
    """Exact sums of what of a month may be released, by page; what waits or was merged is the page `OTHER`."""
    pages: dict[str, int] = defaultdict(int)
    if store.mark(closed(site, f"{month:%Y-%m}")):
        for (_, page, _), sums in store.monthly(site, "page", month, month).items():
            pages[page] += sums.views
        return pages
    daily = store.daily(site, "page", month, last_of(month))
    for key, sums in daily.items():
        pages[key[1]] += sums.views
    for period in {key[0] for key in daily}:
        of_day = {key: sums for key, sums in daily.items() if key[0] == period}
        for key, held in held_back(of_day, "page").items():
            pages[key[1]] -= held.views
            pages[OTHER] += held.views
    for sums in store.monthly(site, "page", month, month).values():
        pages[OTHER] += sums.views
    return {page: views for page, views in pages.items() if views}


def choices_table(store: Store, site: str, start: date, end: date) -> tuple[ChoicesRow, ...]:
    """Every calendar month the range touches, by policy version and language; newest first.

    These are the only cells: no sum over languages is released, so there is nothing to subtract from (ANA-19).
    """
    sums: dict[tuple[str, int, str], Counter[Happening]] = defaultdict(Counter)
    for (day, version, language, happening), total in store.choices(site, first_of(start), last_of(end)).items():
        sums[day[:7], version, language][happening] += total
    ordered = sorted(sums, key=lambda cell: (cell[0], cell[1]), reverse=True)
    return tuple(choices_row(*cell, sums[cell]) for cell in ordered)


def choices_row(month: str, version: int, language: str, sums: Counter[Happening]) -> ChoicesRow:
    """The row of one cell."""
    shown, answered = figure(sums["shown"] + sums["gpc"]), [figure(sums[outcome]) for outcome in OUTCOMES]
    accepted, refused, customised, withdrawn = answered
    return ChoicesRow(
        month=month,
        version=version,
        language=language,
        shown=shown,
        accepted=accepted,
        refused=refused,
        customised=customised,
        ignored=figure(known(shown) - known(accepted) - known(refused) - known(customised)),
        withdrawn=withdrawn,
        gpc=figure(sums["gpc"]),
    )


@lru_cache(maxsize=1024)
def hours(day: date) -> tuple[str, ...]:
    """The names of the 24 hours of a day."""
    return tuple(f"{day.isoformat()}T{hour:02}" for hour in range(24))


def months(start: date, end: date) -> list[date]:
    """The first day of every month a range touches, in order."""
    found = [first_of(start)]
    while (following := last_of(found[-1]) + timedelta(days=1)) <= end:
        found.append(following)
    return found


def days(start: date, end: date) -> Iterable[date]:
    """Every day of the range."""
    return (start + timedelta(days=number) for number in range((end - start).days + 1))


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last_of(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
