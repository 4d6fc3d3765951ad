"""Closed days rolled up: the same tables as from their sums, void as soon as a day changes, gone with it."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bredele.stats.board import Board, Span, board
from bredele.stats.breakdown import Filter, breakdown
from bredele.stats.catalogue import PAIRS, SHOWN, Dimension, pair_of
from bredele.stats.closing import close_periods, enforce_retention
from bredele.stats.event import Cell, Hourly
from bredele.stats.rollup import Sheet, roll_up, rolled, rounded, sheet_of, week_of
from bredele.stats.rounding import known
from bredele.stats.sqlite import SqliteStore
from bredele.stats.store import Cut, Rollup, Week
from bredele.stats.tables import SqlStore, days_between
from tests.stats.town import fill_town, sums

FIRST = date(2026, 10, 20)
MONDAY = date(2026, 10, 19)
TODAY = date(2026, 11, 4)
WHOLE = Span(FIRST, TODAY)
FILTERS = (None, Filter("page", "/"), Filter("country", "FR"), Filter("device", "mobile"), Filter("referrer", "direct"))


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    """Days that are closed, and one that is not."""
    fill_town(store, TODAY, 5, FIRST, 16, 300)
    return store


def void(store: SqlStore) -> None:
    """Make the store forget that any day is rolled up."""
    with store.transaction() as cursor:
        store.run(cursor, "DELETE FROM rolled", ())


def boards(store: SqlStore, span: Span = WHOLE) -> list[Board]:
    """The dashboard without a filter and with one of each kind, short and long."""
    return [board(store, "town", span, only=only, limit=limit) for only in FILTERS for limit in (2, 100)]


def test_closing_rolls_up_every_closed_day(town: SqlStore) -> None:
    done = town.rolled("town", FIRST, TODAY)
    assert tuple(done) == days_between(FIRST, TODAY - timedelta(days=1))
    assert (done["2026-10-25"], done["2026-10-26"], done["2026-11-01"]) == ("2026-10-20", "2026-10-26", "2026-10-26")
    assert town.unrolled() == ()
    assert roll_up(town, MONDAY) == 0


def test_dashboards_are_the_same_with_and_without_rollups(town: SqlStore) -> None:
    """Rules: ANA-14, ANA-16, ANA-19"""
    spans = (WHOLE, Span(FIRST, FIRST), Span(FIRST + timedelta(days=3), TODAY - timedelta(days=2)))
    with_them = [boards(town, span) for span in spans]
    void(town)
    assert [boards(town, span) for span in spans] == with_them
    assert any(shown.panels["pages"].rows for shown in with_them[0][:2])


@given(st.integers(0, 2**32), st.integers(5, 60), st.integers(0, 6), st.sets(st.integers(0, 6), max_size=4))
@settings(max_examples=12, deadline=None)
def test_any_mixture_of_rolled_days_gives_the_same(seed: int, views: int, closed: int, forgotten: set[int]) -> None:
    """Rules: ANA-19"""
    with TemporaryDirectory() as place:
        store = SqliteStore(Path(place) / "statistics.sqlite3")
        store.add(sums(seed, FIRST, 7, views))
        close_periods(store, FIRST + timedelta(days=closed))
        span = Span(FIRST, FIRST + timedelta(days=6))
        expected = boards(store, span)
        with store.transaction() as cursor:
            days = [(FIRST + timedelta(days=day)).isoformat() for day in forgotten]
            store.many(cursor, "DELETE FROM rolled WHERE day = ?", [(day,) for day in days])
        assert boards(store, span) == expected
        store.close()


def by_hand(store: SqlStore, dimension: Dimension, only: Filter) -> dict[str, int]:
    """A filtered table's first column, added up from all cells of the pair."""
    pair = pair_of(only.dimension, dimension)
    assert pair is not None
    held, listed = (1, 2) if PAIRS[pair][0] == only.dimension else (2, 1)
    found: dict[str, int] = {}
    for key, cell in store.daily("town", pair, *WHOLE).items():
        figure = rounded(cell, SHOWN[pair])[0]
        if key[held] == only.value and key[listed] and figure:
            found[key[listed]] = found.get(key[listed], 0) + figure
    return found


def test_a_filter_from_either_side_finds_what_the_cells_say(town: SqlStore) -> None:
    """Rules: ANA-21"""
    for only in FILTERS[1:]:
        for dimension in ("page", "country", "device", "referrer"):
            if pair_of(only.dimension, dimension):
                shown = breakdown(town, "town", dimension, *WHOLE, only=only, limit=100)
                figures = {row.value: known(next(iter(row.figures.values()))) for row in shown.rows}
                assert figures == by_hand(town, dimension, only) != {}


def test_what_is_added_to_a_day_makes_the_rollups_of_its_week_void(town: SqlStore) -> None:
    """From that day on: each holds what its week has up to it."""
    day = "2026-10-23"
    before = boards(town)
    for late in (Cell("town", day, "page", "/", views=100), Hourly("town", f"{day}T07", "views", 100)):
        town.add((late,))
        assert town.unrolled() == (("town", day), ("town", "2026-10-24"), ("town", "2026-10-25"))
        changed = boards(town)
        assert changed != before
        assert roll_up(town, MONDAY) == 3
        assert boards(town) == changed
        before = changed


def test_a_week_that_loses_days_to_retention_is_left_alone(town: SqlStore) -> None:
    """Rules: ANA-07"""
    void(town)
    assert roll_up(town, date(2026, 10, 21)) == 9
    assert min(town.rolled("town", FIRST, TODAY)) == "2026-10-26"
    assert roll_up(town, MONDAY) == 6


def test_what_is_added_elsewhere_voids_nothing(town: SqlStore) -> None:
    day = FIRST.isoformat()
    town.add((Cell("other", day, "page", "/", views=100), Hourly("town", f"{TODAY}T07", "views", 100)))
    assert town.unrolled() == ()


def test_nobody_adds_to_a_day_while_it_is_rolled_up(town: SqlStore) -> None:
    """What came in between would not be in the rollups, and would not make them void either."""
    day = FIRST.isoformat()
    late = threading.Thread(target=lambda: (town.add((Hourly("town", f"{day}T07", "views", 100),)), town.close()))

    def made() -> Week:
        found = week_of(town, "town", day)
        late.start()
        late.join(0.3)
        assert late.is_alive()
        return found

    town.roll_up("town", day, made)
    late.join(20)
    assert not late.is_alive()
    assert ("town", day) in town.unrolled()


def test_two_that_roll_up_the_same_day_take_turns(town: SqlStore) -> None:
    """A server and an import beside it, say: neither may trip over the other's rows."""
    day, before, done = FIRST.isoformat(), boards(town), []

    def other() -> None:
        town.roll_up("town", day, lambda: week_of(town, "town", day))
        done.append(day)
        town.close()

    beside = threading.Thread(target=other)

    def made() -> Week:
        beside.start()
        beside.join(0.3)
        assert beside.is_alive()
        return week_of(town, "town", day)

    town.roll_up("town", day, made)
    beside.join(20)
    assert done == [day]
    assert boards(town) == before
    assert town.unrolled() == ()


def test_a_day_that_cannot_be_rolled_up_stays_as_it_was(town: SqlStore) -> None:
    def broken() -> Iterator[Rollup]:
        yield Rollup("page", "", "{}")
        raise ZeroDivisionError

    def made() -> Week:
        return Week("", list(broken()))

    before = boards(town)
    with pytest.raises(ZeroDivisionError):
        town.roll_up("town", FIRST.isoformat(), made)
    assert town.unrolled() == ()
    assert boards(town) == before


def test_rollups_of_other_columns_are_not_read(town: SqlStore) -> None:
    """An earlier version's tables had others."""
    day, before = "2026-10-26", boards(town)
    town.roll_up("town", day, lambda: Week(day, [Rollup("page", "", '{"names":["/"],"columns":{"views":[990]}}')]))
    cut = Cut("town", "page", (day,))
    assert rolled(town, cut, ("views", "visits")).days == frozenset()
    assert rolled(town, cut, ("views",)).ranks("views") == {"/": 990}
    town.roll_up("town", day, lambda: week_of(town, "town", day))
    assert boards(town) == before


def test_rollups_hold_released_figures_only(town: SqlStore) -> None:
    """Rules: ANA-14, ANA-16"""
    seen = 0
    for rollup in week_of(town, "town", FIRST.isoformat()).rollups:
        if rollup.kind != "totals":
            found: Sheet = sheet_of(rollup.body)
            amounts = [amount for column in found.columns.values() for amount in column]
            assert all(amount % 10 == 0 for amount in amounts)
            assert "" not in found.names
            assert bool(rollup.name) == (" by " in rollup.kind)
            seen += len(amounts)
    assert seen > 100


def test_rollups_are_deleted_with_their_days(town: SqlStore) -> None:
    """And those that still hold figures of such a day with them. Rules: ANA-07"""
    enforce_retention(town, date(2028, 11, 22))
    assert town.daily("town", "page", FIRST, date(2026, 10, 25))
    assert min(town.rolled("town", FIRST, TODAY)) == "2026-10-26"
    assert town.read("SELECT MIN(day) FROM rollup", ()) == [("2026-10-26",)]
    expected = boards(town)
    void(town)
    assert boards(town) == expected


def test_a_day_on_which_a_value_was_not_seen_is_done_all_the_same(town: SqlStore) -> None:
    cut = Cut("town", "page+country", days_between(FIRST, TODAY), other="nowhere")
    found = rolled(town, cut, ("views",))
    assert found.days == set(days_between(FIRST, TODAY - timedelta(days=1)))
    assert found.ranks("views") == {}


def test_a_column_counts_on_days_on_which_the_first_one_is_small(store: SqlStore) -> None:
    """Closing may hold back a day's visits and leave its visitors."""
    day, next_day = "2026-10-20", "2026-10-21"
    store.add((Cell("town", day, "referrer", "search.example", visits=20, visitors=20),))
    close_periods(store, date(2026, 10, 21))
    store.add((Cell("town", next_day, "referrer", "search.example", visits=0, visitors=30),))
    (row,) = breakdown(store, "town", "referrer", FIRST, date(2026, 10, 21)).rows
    assert row.figures == {"visits": 20, "visitors": 50}


def test_a_page_that_only_the_open_day_knows_takes_its_place(store: SqlStore) -> None:
    """By its rounded sum, and among equals by its name: 45 reads 50."""
    day, today = "2026-10-20", "2026-10-21"
    store.add(tuple(Cell("town", day, "page", page, views=views) for page, views in (("/", 100), ("/z/", 50))))
    close_periods(store, date(2026, 10, 21))
    store.add((Cell("town", today, "page", "/new/", views=45), Cell("town", today, "page", "/old/", views=44)))
    span = (FIRST, date(2026, 10, 21))
    shown = breakdown(store, "town", "page", *span, limit=2)
    assert [row.value for row in shown.rows if row.value] == ["/", "/new/"]
    assert shown.more == 2
    store.add((Cell("town", today, "page", "/old/", views=200),))
    assert [row.value for row in breakdown(store, "town", "page", *span, limit=2).rows if row.value] == ["/old/", "/"]


def test_a_closed_day_shows_pairs_whose_side_it_keeps_no_more(store: SqlStore) -> None:
    """More pairs keep their own day than single values do; read from the sums it is the same as from rollups."""
    store.add((Cell("town", "2026-10-20", "page+referrer", "/", "far.example", visits=20),))
    close_periods(store, date(2026, 10, 21))
    store.add((Cell("town", "2026-10-21", "page+referrer", "/", "near.example", visits=30),))
    store.add((Cell("town", "2026-10-21", "referrer", "near.example", visits=30),))
    expected = {"near.example": 30, "far.example": 20}
    for _ in range(2):
        table = breakdown(store, "town", "referrer", FIRST, date(2026, 10, 21), only=Filter("page", "/"))
        assert {row.value: row.figures["visits"] for row in table.rows} == expected
        void(store)
