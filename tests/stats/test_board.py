"""A dashboard in one call: months tell what days withhold, and no figure of it is finer than ten."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bredele.stats.board import PANELS, Board, Span, board
from bredele.stats.breakdown import Filter, breakdown, breakdowns, value_figures
from bredele.stats.catalogue import BASE, SINGLE
from bredele.stats.closing import close_periods
from bredele.stats.event import Cell, Grown, Hourly
from bredele.stats.rounding import Figure, figure, known, window
from bredele.stats.sqlite import SqliteStore
from bredele.stats.tables import SqlStore
from bredele.stats.timeline import closed_months
from tests.stats.town import PAGES, events, fill_town, sums

OCTOBER = Span(date(2026, 10, 1), date(2026, 10, 31))
SMALL = events(3, OCTOBER.start, 31, 200)


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    """A small town: about 200 views a day for a month that is over."""
    fill_town(store, date(2026, 11, 1), 3, OCTOBER.start, 31, 200)
    return store


def figures(shown: Board) -> list[Figure]:
    """Every figure of a dashboard."""
    found = [*shown.figures.values(), *(shown.totals.figures.values() if shown.totals else ())]
    found += [one for point in shown.points for one in point.figures.values()]
    found += [one for panel in shown.panels.values() for row in panel.rows for one in row.figures.values()]
    if shown.against:
        found += [one for point in shown.against.points for one in point.figures.values()]
    return found


def safe(found: Figure) -> bool:
    """Whether it may be seen."""
    return found == "<10" or (isinstance(found, int) and found >= 10 and found % 10 == 0)


SPANS = (
    OCTOBER,
    Span(OCTOBER.start, OCTOBER.start),
    Span(date(2026, 9, 25), date(2026, 11, 3)),
    Span(date(2026, 1, 1), date(2026, 12, 31)),
)


def test_every_figure_is_a_multiple_of_ten_or_below(town: SqlStore) -> None:
    """Rules: ANA-04, ANA-14"""
    for only in (None, Filter("page", "/"), Filter("country", "FR"), Filter("browser", "Firefox")):
        for span in SPANS:
            shown = board(town, "town", span, only=only, against=span.before(), limit=100)
            assert figures(shown)
            assert [one for one in figures(shown) if not safe(one)] == []


def test_a_small_town_learns_from_its_months_what_days_withhold(town: SqlStore) -> None:
    """Rules: ANA-16, ANA-20"""
    true = Counter(event.page for event in SMALL if event.name == "view")
    by_days = breakdown(town, "town", "page", OCTOBER.start, OCTOBER.end - timedelta(days=1), limit=100)
    by_month = breakdown(town, "town", "page", *OCTOBER, limit=100)
    shown = {row.value: row.figures["views"] for row in by_month.rows if row.value}
    assert {page: known(seen) for page, seen in shown.items()}.keys() == set(PAGES)
    assert all(abs(known(seen) - true[page]) <= 15 for page, seen in shown.items())
    assert len([row for row in by_days.rows if row.value]) < len(PAGES)
    told = sum(known(row.figures["views"]) for row in by_month.rows if row.value)
    assert told > sum(known(row.figures["views"]) for row in by_days.rows if row.value)


def test_a_month_in_a_longer_range_counts_as_in_its_own(town: SqlStore) -> None:
    """Rules: ANA-19"""
    longer = Span(date(2026, 9, 20), date(2026, 11, 10))
    assert closed_months(town, "town", *longer) == ("2026-10",)
    for dimension in ("page", "referrer", "country"):
        alone = breakdown(town, "town", dimension, *OCTOBER, limit=100)
        assert breakdown(town, "town", dimension, *longer, limit=100).rows == alone.rows
    for only in (Filter("page", "/waste/"), Filter("country", "CH")):
        assert value_figures(town, "town", only, *longer) == value_figures(town, "town", only, *OCTOBER)
        one = board(town, "town", longer, only=only, limit=100)
        assert one.panels == board(town, "town", OCTOBER, only=only, limit=100).panels


def test_a_month_counts_each_value_once(town: SqlStore) -> None:
    """Rules: ANA-14"""
    true: Counter[tuple[str, str]] = Counter()
    for part in sums(3, OCTOBER.start, 31, 200):
        for cell in part.each() if isinstance(part, Grown) else ():
            true[cell.dimension, cell.value] += getattr(cell, BASE[cell.dimension])
    for dimension in SINGLE:
        rows = breakdown(town, "town", dimension, *OCTOBER, limit=100).rows
        shown = {row.value: known(row.figures[BASE[dimension]]) for row in rows if row.value}
        assert all(abs(figure - true[dimension, value]) <= 45 for value, figure in shown.items()), dimension
        assert len(shown) >= sum(1 for (name, _), total in true.items() if name == dimension and total >= 20)
    only = breakdown(town, "town", "page", *OCTOBER, only=Filter("referrer", "direct"), limit=100)
    assert sum(known(row.figures["visits"]) for row in only.rows) <= true["referrer", "direct"] + 60


def test_a_value_has_the_figures_of_its_row(town: SqlStore) -> None:
    for span in (OCTOBER, Span(OCTOBER.start, OCTOBER.start + timedelta(days=20))):
        for row in breakdown(town, "town", "country", *span, limit=100).rows:
            if row.value:
                assert value_figures(town, "town", Filter("country", row.value), *span) == row.figures


def test_panels_without_a_declared_pair_are_left_out(town: SqlStore) -> None:
    """Rules: ANA-21"""
    assert set(board(town, "town", OCTOBER).panels) == set(PANELS)
    assert set(board(town, "town", OCTOBER, only=Filter("country", "FR")).panels) == {"pages", "referrers", "devices"}
    assert board(town, "town", OCTOBER, only=Filter("browser", "Firefox")).panels == {}


def test_entries_rank_by_visits_and_exits_by_exits(town: SqlStore) -> None:
    shown = board(town, "town", OCTOBER, names=("entries", "exits"), limit=100)
    for name, column in (("entries", "visits"), ("exits", "exits")):
        ranked = [known(row.figures[column]) for row in shown.panels[name].rows if row.value]
        assert ranked == sorted(ranked, reverse=True)
        assert len(ranked) > 3


def test_panels_read_together_are_those_read_apart(town: SqlStore) -> None:
    wanted = tuple(PANELS[name][1] for name in ("pages", "entries", "exits"))
    for days in (0, 1):
        span = (OCTOBER.start, OCTOBER.end - timedelta(days=days))
        for limit in (3, 100):
            together = breakdowns(town, "town", "page", span, wanted, limit=limit)
            apart = (breakdown(town, "town", "page", *span, columns=columns, limit=limit) for columns in wanted)
            assert together == tuple(apart)
    assert [found.rows for found in breakdowns(town, "nowhere", "page", OCTOBER, wanted)] == [(), (), ()]


def test_a_range_has_hours_days_or_months() -> None:
    """Rules: ANA-20"""
    assert Span(date(2026, 11, 3), date(2026, 11, 3)).grain == "hour"
    assert OCTOBER.grain == "day"
    assert Span(date(2026, 1, 1), date(2026, 12, 31)).grain == "month"
    assert OCTOBER.before() == Span(date(2026, 9, 1), date(2026, 9, 30))
    assert Span(date(2026, 11, 5), date(2026, 11, 11)).before() == Span(date(2026, 10, 29), date(2026, 11, 4))
    assert OCTOBER.year_before() == Span(date(2025, 10, 1), date(2025, 10, 31))
    for days in (1, 6, 7, 30):
        span = Span(date(2026, 11, 5), date(2026, 11, 4) + timedelta(days=days))
        for before in (span.before(), span.year_before()):
            assert before.start.weekday() == span.start.weekday()
            assert before.end - before.start == span.end - span.start
            assert before.end < span.start


@given(st.lists(st.integers(0, 40), min_size=30, max_size=30), st.sampled_from([9, 14, 0]))
@settings(max_examples=25, deadline=None)
def test_no_month_tells_what_one_of_its_small_days_was(counts: list[int], favourite: int) -> None:
    """Whatever the days were, each keeps at least five values it could have had. Rules: ANA-16, ANA-19"""
    days = [favourite if count > 12 else count for count in counts]
    with TemporaryDirectory() as place:
        store = SqliteStore(Path(place) / "statistics.sqlite3")
        fill(store, days)
        table = breakdown(store, "town", "page", date(2026, 9, 1), date(2026, 9, 30), limit=10)
        store.close()
    told = {row.value: row.figures["views"] for row in table.rows}
    assert told
    if "/" in told:
        least, _ = window(told["/"])
        most = sum(window(figure(views))[1] for views in days)
        assert most - least >= 4


def fill(store: SqlStore, days: list[int]) -> None:
    """A closed September with so many views of `/` each day, beside a page nobody need worry about."""
    cells = []
    for number, views in enumerate(days, 1):
        day = f"2026-09-{number:02}"
        cells += [Cell("town", day, "page", "/", views=views)] if views else []
        cells += [Cell("town", day, "page", "/other/", views=50)]
    store.add(tuple(cells))
    store.add(tuple(Hourly("town", f"2026-09-{n:02}T10", "views", 50 + views) for n, views in enumerate(days, 1)))
    close_periods(store, date(2026, 10, 1))
