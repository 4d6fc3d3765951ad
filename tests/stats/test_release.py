"""What is shown of a sum: never a figure below ten, never a finer one than tens."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bredele.stats.catalogue import K
from bredele.stats.closing import close_periods
from bredele.stats.event import banner_seen, banner_shown, choice_made, page_view
from bredele.stats.release import cells, choices_table, hours_table, pages_table, views_table
from bredele.stats.rounding import BELOW, figure
from bredele.stats.sqlite import SqliteStore

NOON = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
DAY = date(2026, 11, 24)
COUNTS = st.dictionaries(st.text("abc/", min_size=1, max_size=6), st.integers(1, 60), max_size=12)


@given(st.integers(0, 10**9))
def test_a_figure_is_a_multiple_of_ten_within_five_or_below_ten(total: int) -> None:
    """Rules: ANA-14"""
    shown = figure(total)
    if total < K:
        assert shown == BELOW
    else:
        assert isinstance(shown, int)
        assert shown % 10 == 0
        assert abs(shown - total) <= 5


def test_halves_are_rounded_up_and_zero_looks_like_nine() -> None:
    assert [figure(total) for total in (0, 9, 10, 14, 15, 25)] == ["<10", "<10", 10, 10, 20, 30]


@given(COUNTS)
def test_no_cell_below_ten_is_named_and_nothing_is_lost(counts: Mapping[str, int]) -> None:
    """Rules: ANA-16"""
    released = cells(counts)
    named = {name for name, _ in released if name is not None}
    assert all(counts[name] >= K for name in named)
    hidden = [total for name, total in counts.items() if name not in named]
    rest = [shown for name, shown in released if name is None]
    assert rest == ([figure(sum(hidden))] if hidden else [])


@given(COUNTS)
def test_a_single_small_cell_never_stands_alone_beside_large_ones(counts: Mapping[str, int]) -> None:
    """A lone remainder would follow from the total.

    Rules: ANA-19
    """
    named = {name for name, _ in cells(counts) if name is not None}
    hidden = [name for name in counts if name not in named]
    assert len(hidden) != 1 or not named


def test_days_without_a_view_are_listed_too(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "s.sqlite3")
    for _ in range(14):
        store.add(page_view("town", "/", NOON))
    store.add(banner_seen("town", NOON))
    rows = views_table(store, "town", date(2026, 11, 23), DAY)
    assert [(row.period, row.views, row.shown) for row in rows] == [
        ("2026-11-23", "<10", "<10"),
        ("2026-11-24", 10, "<10"),
    ]
    hours = hours_table(store, "town", DAY)
    assert [row.views for row in hours if row.period == "2026-11-24T12"] == [10]
    assert len(hours) == 24
    store.close()


def test_pages_and_answers_are_released_by_whole_months_whatever_range_is_asked(tmp_path: Path) -> None:
    """Two ranges that differ by a day show the same sums: there is nothing to subtract.

    Rules: ANA-19
    """
    store = SqliteStore(tmp_path / "s.sqlite3")
    for day in range(1, 25):
        moment = NOON.replace(day=day)
        store.add(page_view("town", "/news/?q=secret#x", moment))
        store.add(choice_made("town", 1, "refused", moment))
    waiting = pages_table(store, "town", DAY, DAY)
    assert [(row.page, row.views) for row in waiting] == [(None, 20)]
    close_periods(store, date(2026, 12, 1))
    one = pages_table(store, "town", date(2026, 11, 3), date(2026, 11, 4))
    assert one == pages_table(store, "town", date(2026, 11, 3), date(2026, 11, 5))
    assert [(row.month, row.page, row.views) for row in one] == [("2026-11", "/news/", 20)]
    (answers,) = choices_table(store, "town", DAY, DAY)
    assert (answers.version, answers.refused, answers.accepted) == (1, 20, "<10")
    store.close()


def test_what_became_of_the_banners_is_told_by_version_and_language(tmp_path: Path) -> None:
    """Ignored is what released figures leave, so it tells nothing that they do not; GPC is part of what was shown.

    Rules: ANA-14, ANA-19, BAN-20
    """
    store = SqliteStore(tmp_path / "s.sqlite3")
    for number in range(48):
        store.add(banner_shown("town", 2, NOON, "fr", signal=number < 12))
    for number in range(33):
        store.add(choice_made("town", 2, "refused" if number < 18 else "accepted", NOON, "fr"))
    store.add(choice_made("town", 2, "customised", NOON, "en"))
    rows = {row.language: row for row in choices_table(store, "town", DAY, DAY)}
    french, english = rows["fr"], rows["en"]
    assert (french.shown, french.gpc, french.accepted, french.refused, french.ignored) == (50, 10, 20, 20, 10)
    assert (english.shown, english.customised, english.ignored) == (BELOW, BELOW, BELOW)
    assert store.hourly("town", DAY, DAY).get(("2026-11-24T12", "shown")) is None
    store.close()
