"""Ranges and tables by value: sums of what days release, filters of declared pairs only."""

from datetime import date, datetime, timedelta

import pytest

from bredele.stats.board import Span, board
from bredele.stats.breakdown import Filter, breakdown
from bredele.stats.catalogue import PAIRS, SINGLE, pair_of
from bredele.stats.errors import NotCounted
from bredele.stats.event import Cell, Hourly
from bredele.stats.rounding import known
from bredele.stats.tables import SqlStore
from bredele.stats.timeline import Timeline, by_hour, this_hour
from tests.stats.town import fill_town

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """A month of a town, closed."""
    fill_town(store, date(2026, 10, 1), 1, FIRST, 30, 300)
    return store


def test_a_range_is_the_sum_of_what_its_days_release(filled: SqlStore) -> None:
    """Rules: ANA-14, ANA-19"""
    start, end = FIRST + timedelta(days=3), FIRST + timedelta(days=9)
    timeline = Timeline(filled, "town", start, end)
    days = timeline.days(("views",))
    assert len(days) == 7
    assert timeline.total("views") == sum(known(day.figures["views"]) for day in days)
    totals = timeline.totals()
    assert totals.figures["views"] == timeline.total("views")
    assert totals.seconds is not None
    assert 30 <= totals.seconds <= 60
    assert totals.load is not None
    assert totals.load % 10 == 0


def test_a_whole_closed_month_is_one_figure(filled: SqlStore) -> None:
    exact = sum(total for (_, metric), total in filled.hourly("town", FIRST, LAST).items() if metric == "views")
    shown = Timeline(filled, "town", FIRST, LAST).total("views")
    assert abs(known(shown) - exact) <= 15
    across = Timeline(filled, "town", FIRST - timedelta(days=5), LAST + timedelta(days=5))
    assert across.total("views") == shown


def test_averages_of_too_few_are_not_told(store: SqlStore) -> None:
    store.add((Hourly("town", "2026-09-01T10", "leaves", 9), Hourly("town", "2026-09-01T10", "seconds", 90)))
    assert Timeline(store, "town", FIRST, LAST).totals().seconds is None
    store.add((Hourly("town", "2026-09-01T10", "leaves", 1),))
    assert Timeline(store, "town", FIRST, LAST).totals().seconds == 9


def test_every_figure_of_an_overview_is_a_multiple_of_ten_or_below(filled: SqlStore) -> None:
    """Rules: ANA-04, ANA-14"""
    for only in (None, Filter("page", "/"), Filter("country", "FR")):
        shown = board(filled, "town", Span(FIRST, LAST), only=only, limit=100)
        figures = [figure for point in shown.points for figure in point.figures.values()]
        figures += [figure for table in shown.panels.values() for row in table.rows for figure in row.figures.values()]
        figures += [*shown.totals.figures.values()] if shown.totals else []
        assert figures
        assert all(
            figure == "<10" or (isinstance(figure, int) and figure >= 10 and figure % 10 == 0) for figure in figures
        )


def test_a_table_lists_the_largest_and_what_is_left(filled: SqlStore) -> None:
    table = breakdown(filled, "town", "page", FIRST, LAST, limit=2)
    assert [row.value for row in table.rows][:2] == ["/", "/news/"]
    assert table.rows[-1].value is None
    total = known(Timeline(filled, "town", FIRST, LAST).total("views"))
    full = breakdown(filled, "town", "page", FIRST, LAST, limit=100)
    assert sum(known(row.figures["views"]) for row in full.rows) in range(total - 10, total + 11)
    assert table.more == len(full.rows) - 1 - 2


def test_a_filter_exists_for_declared_pairs_only(filled: SqlStore) -> None:
    """Rules: ANA-04, ANA-21"""
    for one in SINGLE:
        for other in SINGLE:
            if pair_of(one, other):
                breakdown(filled, "town", other, FIRST, LAST, only=Filter(one, "x"))
            else:
                with pytest.raises(NotCounted):
                    breakdown(filled, "town", other, FIRST, LAST, only=Filter(one, "x"))
    assert pair_of("page", "country") == pair_of("country", "page") == "page+country"
    assert len(PAIRS) == 6


def test_both_directions_of_a_pair_tell_the_same(filled: SqlStore) -> None:
    pages = breakdown(filled, "town", "page", FIRST, LAST, only=Filter("country", "FR"), limit=100)
    for row in pages.rows:
        assert row.value is not None
        countries = breakdown(filled, "town", "country", FIRST, LAST, only=Filter("page", row.value), limit=100)
        (french,) = [one for one in countries.rows if one.value == "FR"]
        assert french.figures == row.figures


def test_hours_are_the_finest_and_the_current_one_is_rounded(store: SqlStore) -> None:
    """Rules: ANA-20"""
    store.add((Hourly("town", "2026-09-01T10", "views", 27),))
    assert [point.figures["views"] for point in by_hour(store, "town", FIRST)].count("<10") == 23
    assert this_hour(store, "town", datetime(2026, 9, 1, 10, 59)) == 30  # noqa: DTZ001  # the installation's zone
    assert this_hour(store, "town", datetime(2026, 9, 1, 11)) == "<10"  # noqa: DTZ001  # the same


def test_an_empty_site_has_an_empty_overview(store: SqlStore) -> None:
    shown = board(store, "town", Span(FIRST, LAST))
    assert shown.totals is not None
    assert shown.totals.figures["views"] == "<10"
    assert shown.totals.bounced is None
    assert all(table.rows == () for table in shown.panels.values())
    store.add((Cell("town", "2026-09-01", "page", "/", views=1),))
    assert board(store, "town", Span(FIRST, LAST)).panels["pages"].rows == ()
