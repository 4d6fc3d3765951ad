"""The one place where a sum becomes a figure somebody may see: k = 10, nearest ten, small cells merged (ANA-14, -16).

Each table is cut along one fixed partition (views: hours or days; pages and answers: calendar months), so asking for
other ranges shows no other sums to subtract from each other (ANA-19). No setting lowers k.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from bredele.stats.event import OUTCOMES, Happening
from bredele.stats.store import Store

K = 10
BELOW = "<10"
NOTE = "nearest-ten"
"""Key of the sentence that says how figures are made safe; the words are the reader's language's."""

Figure = int | str
"""A multiple of ten, or `<10`. Zero reads `<10` too: its absence would tell something."""


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


def figure(total: int) -> Figure:
    """The nearest ten, halves up; `<10` below ten."""
    return BELOW if total < K else (total + K // 2) // K * K


def cells(counts: Mapping[str, int]) -> tuple[tuple[str | None, Figure], ...]:
    """Cells of at least k, largest first, then the rest as one cell named None (its own figure may be `<10`).

    A single small cell hides behind the smallest large one: alone in the rest, its size would follow from the total.
    """
    ranked = sorted(counts.items(), key=lambda cell: (-cell[1], cell[0]))
    shown = [cell for cell in ranked if cell[1] >= K]
    rest = [cell for cell in ranked if cell[1] < K]
    if len(rest) == 1 and shown:
        rest.append(shown.pop())
    released: list[tuple[str | None, Figure]] = [(name, figure(total)) for name, total in shown]
    return (*released, (None, figure(sum(total for _, total in rest)))) if rest else tuple(released)


def views_table(store: Store, site: str, start: date, end: date) -> tuple[ViewsRow, ...]:
    """One row for each day from `start` to `end`, both included, days without a view too."""
    totals = folded(store.hourly(site, start, end), len("2026-11-24"))
    return tuple(views_row(day.isoformat(), totals) for day in days(start, end))


def hours_table(store: Store, site: str, day: date) -> tuple[ViewsRow, ...]:
    """One row for each hour of the day."""
    totals = folded(store.hourly(site, day, day), len("2026-11-24T13"))
    return tuple(views_row(f"{day.isoformat()}T{hour:02}", totals) for hour in range(24))


def pages_table(store: Store, site: str, start: date, end: date) -> tuple[PagesRow, ...]:
    """Pages of every calendar month the range touches, each month whole; newest month first."""
    months: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (day, page), total in store.daily(site, "page", first_of(start), last_of(end)).items():
        months[day[:7]][page] += total
    return tuple(
        PagesRow(month=month, page=page, views=views)
        for month in sorted(months, reverse=True)
        for page, views in cells(months[month])
    )


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


def known(released: Figure) -> int:
    """A released figure as a number to reckon with; zero for one below ten."""
    return released if isinstance(released, int) else 0


def views_row(period: str, totals: Mapping[tuple[str, str], int]) -> ViewsRow:
    """The row of one day or hour."""
    return ViewsRow(
        period=period, views=figure(totals.get((period, "views"), 0)), shown=figure(totals.get((period, "shown"), 0))
    )


def folded(hourly: Mapping[tuple[str, str], int], length: int) -> dict[tuple[str, str], int]:
    """(period, metric) -> total, where the period is the first `length` signs of the hour."""
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for (hour, metric), total in hourly.items():
        totals[hour[:length], metric] += total
    return totals


def days(start: date, end: date) -> Iterable[date]:
    """Every day of the range."""
    return (start + timedelta(days=number) for number in range((end - start).days + 1))


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last_of(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
