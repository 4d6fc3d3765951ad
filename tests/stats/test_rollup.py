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
from bredele.stats.rollup import Sheet, roll_up, rolled, rollups_of, rounded, sheet_of
from bredele.stats.rounding import known
from bredele.stats.sqlite import SqliteStore
from bredele.stats.store import Cut, Rollup
from bredele.stats.tables import SqlStore, days_between
from tests.stats.town import fill_town, sums

FIRST = date(2026, 10, 20)
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
    done = town.rollups("town", "page", "", FIRST, TODAY)
    assert sorted(done) == list(days_between(FIRST, TODAY - timedelta(days=1)))
    assert town.unrolled() == ()
    assert roll_up(town) == 0


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


def test_what_is_added_to_a_day_makes_its_rollups_void(town: SqlStore) -> None:
    day = FIRST.isoformat()
    before = boards(town)
    for late in (Cell("town", day, "page", "/", views=100), Hourly("town", f"{day}T07", "views", 100)):
        town.add((late,))
        assert town.unrolled() == (("town", day),)
        changed = boards(town)
        assert changed != before
        assert roll_up(town) == 1
        assert boards(town) == changed
        before = changed


def test_what_is_added_elsewhere_voids_nothing(town: SqlStore) -> None:
    day = FIRST.isoformat()
    town.add((Cell("other", day, "page", "/", views=100), Hourly("town", f"{TODAY}T07", "views", 100)))
    assert town.unrolled() == ()


def test_nobody_adds_to_a_day_while_it_is_rolled_up(town: SqlStore) -> None:
    """What came in between would not be in the rollups, and would not make them void either."""
    day = FIRST.isoformat()
    late = threading.Thread(target=lambda: (town.add((Hourly("town", f"{day}T07", "views", 100),)), town.close()))

    def made() -> list[Rollup]:
        found = list(rollups_of(town, "town", day))
        late.start()
        late.join(0.3)
        assert late.is_alive()
        return found

    town.roll_up("town", day, made)
    late.join(20)
    assert not late.is_alive()
    assert town.unrolled() == (("town", day),)


def test_a_day_that_cannot_be_rolled_up_stays_as_it_was(town: SqlStore) -> None:
    def broken() -> Iterator[Rollup]:
        yield Rollup("page", "", "{}")
        raise ZeroDivisionError

    before = boards(town)
    with pytest.raises(ZeroDivisionError):
        town.roll_up("town", FIRST.isoformat(), lambda: list(broken()))
    assert town.unrolled() == ()
    assert boards(town) == before


def test_rollups_of_other_columns_are_not_read(town: SqlStore) -> None:
    """An earlier version's tables had others."""
    day, before = FIRST.isoformat(), boards(town)
    town.roll_up("town", day, lambda: [Rollup("page", "", '{"names":["/"],"columns":{"views":[990]}}')])
    cut = Cut("town", "page", (day,))
    assert rolled(town, cut, ("views", "visits")).days == frozenset()
    assert rolled(town, cut, ("views",)).sums == {"views": {"/": 990}}
    town.roll_up("town", day, lambda: list(rollups_of(town, "town", day)))
    assert boards(town) == before


def test_rollups_hold_released_figures_only(town: SqlStore) -> None:
    """Rules: ANA-14, ANA-16"""
    seen = 0
    for rollup in rollups_of(town, "town", FIRST.isoformat()):
        if rollup.kind != "totals":
            found: Sheet = sheet_of(rollup.body)
            amounts = [amount for column in found.columns.values() for amount in column]
            assert all(amount % 10 == 0 for amount in amounts)
            assert "" not in found.names
            seen += len(amounts)
    assert seen > 100


def test_rollups_are_deleted_with_their_days(town: SqlStore) -> None:
    """Rules: ANA-07"""
    enforce_retention(town, date(2028, 11, 25))
    left = town.rollups("town", "page", "", FIRST, TODAY)
    assert min(left) == "2026-10-25"
    assert town.read("SELECT MIN(day) FROM rollup", ()) == [("2026-10-25",)]


def test_a_day_on_which_a_value_was_not_seen_is_done_all_the_same(town: SqlStore) -> None:
    cut = Cut("town", "page+country", days_between(FIRST, TODAY), other="nowhere")
    found = rolled(town, cut, ("views",))
    assert len(found.days) == 15
    assert found.sums == {"views": {}}
