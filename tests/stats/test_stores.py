"""Every store: exact sums in any order, marks that count once, closed days and months, retention."""

import random
import uuid
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bredele.stats.catalogue import BASE, COLUMNS, OTHER, PAIRS, SINGLE, Dimension, K
from bredele.stats.closing import close_day, close_month, close_periods, enforce_retention, settled
from bredele.stats.event import VISIT, Cell, Event, Grown, Hourly, Increments, Sums, choice_made
from bredele.stats.folding import fold
from bredele.stats.limits import Limits, unlimited
from bredele.stats.postgres import SCHEMA, PostgresStore
from bredele.stats.store import Cut, Mark
from bredele.stats.tables import SqlStore, days_between
from tests.stats.town import events, noon

FIRST, LAST = date(2026, 9, 1), date(2026, 10, 31)


def folded(given_events: list[Event]) -> Increments:
    """Increments without any limit."""
    return fold(given_events, Limits(unlimited))


def everything(store: SqlStore, site: str = "town") -> dict[tuple[str, str, str, str], Sums]:
    """Every cell of days."""
    return {
        (dimension, *key): sums for dimension in BASE for key, sums in store.daily(site, dimension, FIRST, LAST).items()
    }


def whole(store: SqlStore, dimension: Dimension, site: str = "town") -> Sums:
    """All sums of a dimension, by day or waiting in a month: nothing is lost between them."""
    total = Sums()
    for sums in store.daily(site, dimension, FIRST, LAST).values():
        total = total.plus(sums)
    for sums in store.monthly(site, dimension, FIRST, LAST).values():
        total = total.plus(sums)
    return total


def test_views_visits_and_visitors_are_exact_against_the_truth(store: SqlStore) -> None:
    truth = events(1, FIRST, 3, 120)
    store.add(folded(truth))
    views = [event for event in truth if event.name == "view"]
    totals: Counter[str] = Counter()
    for (_, metric), total in store.hourly("town", FIRST, LAST).items():
        totals[metric] += total
    assert totals["views"] == len(views)
    assert totals["visits"] == sum(bool(event.flags & VISIT) for event in views)
    for metric, flag in (("visitors_day", 2), ("visitors_week", 4), ("visitors_month", 8)):
        assert totals[metric] == sum(bool(event.flags & flag) for event in views)
    pages = Counter((event.hour[:10], event.page) for event in views)
    assert {key[:2]: sums.views for key, sums in store.daily("town", "page", FIRST, LAST).items()} == pages
    crossed = Counter((event.page, event.country) for event in views)
    pairs: Counter[tuple[str, str]] = Counter()
    for (_, page, country), sums in store.daily("town", "page+country", FIRST, LAST).items():
        pairs[page, country] += sums.views
    assert pairs == crossed


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1000), cuts=st.lists(st.integers(0, 200), max_size=5))
def test_increments_merge_in_any_order_and_grouping(store: SqlStore, seed: int, cuts: list[int]) -> None:
    site = f"town-{uuid.uuid4()}"  # a name of its own, as the store is kept
    given_events = events(seed, FIRST, 2, 30, site)
    shuffled = random.Random(seed).sample(given_events, len(given_events))  # noqa: S311  # an order, no secret
    bounds = [0, *sorted(cuts), len(shuffled)]
    groups = [shuffled[low:high] for low, high in pairwise(bounds)]
    for group in random.Random(seed + 1).sample(groups, len(groups)):  # noqa: S311  # the same
        store.add(folded(group))
    expected = {
        (cell.dimension, cell.period, cell.value, cell.other): cell
        for part in folded(given_events)
        if isinstance(part, Grown)
        for cell in part.each()
    }
    found = everything(store, site)
    assert found.keys() == expected.keys()
    for key, sums in found.items():
        assert all(sums.of(column) == getattr(expected[key], column) for column in COLUMNS)


def test_a_mark_counts_once_and_only_forward(store: SqlStore) -> None:
    one = (Hourly("town", "2026-09-01T10", "views"),)
    assert store.add(one, Mark("inbox x", 5))
    assert not store.add(one, Mark("inbox x", 5))
    assert not store.add(one, Mark("inbox x", 4))
    assert store.add(one, Mark("inbox x", 6))
    assert store.add(one, Mark("inbox y", 1))
    assert store.mark("inbox x") == 6
    assert store.mark("never") == 0
    assert store.hourly("town", FIRST, LAST) == {("2026-09-01T10", "views"): 3}


def test_a_failed_addition_leaves_nothing(store: SqlStore) -> None:
    broken = (
        Hourly("town", "2026-09-01T10", "views"),
        Cell("town", "2026-09-01", "page", "/", views=1 << 70),
    )
    with pytest.raises(Exception, match=r"(?i)large|range|overflow"):
        store.add(broken, Mark("inbox x", 1))
    assert store.hourly("town", FIRST, LAST) == {}
    assert store.mark("inbox x") == 0


def test_no_cell_of_a_closed_day_is_small_and_nothing_is_lost(store: SqlStore) -> None:
    """Every crossing that is counted at all.

    Rules: ANA-16, ANA-18
    """
    store.add(folded(events(2, FIRST, 5, 150)))
    before = {dimension: whole(store, dimension) for dimension in BASE}
    close_periods(store, FIRST + timedelta(days=5))
    for sums in everything(store).values():
        assert all(sums.of(column) == 0 or sums.of(column) >= K for column in COLUMNS if column != "seconds")
        assert sums.seconds == 0 or sums.leaves >= K
    assert {dimension: whole(store, dimension) for dimension in BASE} == before
    assert any(store.monthly("town", dimension, FIRST, LAST) for dimension in BASE)


def test_no_cell_of_a_closed_month_is_small_but_other(store: SqlStore) -> None:
    """Rules: ANA-16, ANA-18"""
    store.add(folded(events(3, FIRST, 30, 60)))
    views = whole(store, "page").views
    assert close_periods(store, date(2026, 10, 1)) == 31
    for dimension in BASE:
        for (_, value, _), sums in store.monthly("town", dimension, FIRST, FIRST).items():
            counts = [sums.of(column) for column in COLUMNS if column != "seconds"]
            assert value == OTHER or all(count == 0 or count >= K for count in counts)
    months = store.monthly("town", "page", FIRST, FIRST)
    assert sum(sums.views for sums in months.values()) == views
    assert store.monthly("town", "page", FIRST, FIRST)[("2026-09", "/school/", "")].views > 0


def test_a_small_town_learns_which_pages_are_read_each_month(store: SqlStore) -> None:
    """Two hundred visits a day: most pages are too small for a day and large enough for the month."""
    truth = events(4, FIRST, 30, 100)
    store.add(folded(truth))
    close_periods(store, date(2026, 10, 1))
    read = Counter(event.page for event in truth if event.name == "view")
    found = {value: sums.views for (_, value, _), sums in store.monthly("town", "page", FIRST, FIRST).items()}
    for page, views in read.items():
        assert abs(found.get(page, 0) - views) < K, page
    assert "/archive/1962/" in found


def test_closing_twice_changes_nothing(store: SqlStore) -> None:
    store.add(folded(events(5, FIRST, 2, 60)))
    assert close_day(store, "town", "2026-09-01")
    before = everything(store)
    assert not close_day(store, "town", "2026-09-01")
    assert close_month(store, "town", "2026-09")
    assert not close_month(store, "town", "2026-09")
    assert everything(store) == before


@pytest.mark.parametrize(
    "late",
    [
        (Cell("town", "2026-09-01", "page", "/late/", views=3),),
        (Grown("town", "2026-09-01", "page", {("/late/", ""): [2, 0, 0, 0, 0, 0, 0, 0]}),) * 2,
    ],
)
def test_what_comes_late_goes_to_the_month_and_then_to_other(store: SqlStore, late: Increments) -> None:
    store.add(folded(events(6, FIRST, 1, 60)))
    close_day(store, "town", "2026-09-01")
    store.add(settled(store, late))
    assert store.monthly("town", "page", FIRST, FIRST)[("2026-09", "/late/", "")].views in (3, 4)
    close_month(store, "town", "2026-09")
    other = store.monthly("town", "page", FIRST, FIRST)[("2026-09", OTHER, OTHER)].views
    store.add(settled(store, late))
    months = store.monthly("town", "page", FIRST, FIRST)
    assert ("2026-09", "/late/", "") not in months
    assert months[("2026-09", OTHER, OTHER)].views - other in (3, 4)
    assert not [key for key in everything(store) if "/late/" in key]


def test_a_lone_small_cell_takes_another_with_it(store: SqlStore) -> None:
    """Rules: ANA-19"""
    for page, views in (("/", 50), ("/a", 30), ("/b", 12), ("/c", 4)):
        store.add((Cell("town", "2026-09-01", "page", page, views=views),))
    close_day(store, "town", "2026-09-01")
    assert {key[1]: sums.views for key, sums in store.daily("town", "page", FIRST, LAST).items()} == {"/": 50, "/a": 30}


def test_a_day_keeps_its_largest_cells_and_the_month_the_others(store: SqlStore) -> None:
    store.add(tuple(Cell("town", "2026-09-01", "page", f"/{number}", views=20 + number) for number in range(130)))
    close_day(store, "town", "2026-09-01")
    kept = store.daily("town", "page", FIRST, LAST)
    assert len(kept) == 100
    assert min(sums.views for sums in kept.values()) == 50
    assert len(store.monthly("town", "page", FIRST, FIRST)) == 30


@pytest.mark.parametrize("many", [99, 100, 101, 250])
def test_however_many_cells_come_at_once_each_column_of_each_grows(store: SqlStore, many: int) -> None:
    """Some of them twice in one addition, as folded and as single cells, and again in the next."""
    sums = {(f"/{number}", "AA"): list(range(number, number + len(COLUMNS))) for number in range(many)}
    table = Grown("town", "2026-09-01", "page+country", sums)
    for _ in range(2):
        store.add((table, *(Cell("town", "2026-09-01", "page+country", *names, *sums[names]) for names in sums)))
    found = store.daily("town", "page+country", FIRST, LAST)
    assert found == {("2026-09-01", *names): Sums(*(4 * one for one in columns)) for names, columns in sums.items()}


def test_sites_never_mix(store: SqlStore) -> None:
    """Rules: ANA-02, ANA-03"""
    store.add(folded(events(7, FIRST, 2, 40, "town")))
    before = everything(store, "town")
    store.add(folded(events(8, FIRST, 2, 40, "shop")))
    close_day(store, "shop", "2026-09-01")
    assert everything(store, "town") == before
    assert everything(store, "nowhere") == {}


def test_what_is_older_than_25_months_is_deleted_and_recorded(store: SqlStore) -> None:
    """Rules: ANA-07, ANA-31"""
    days = [date(2024, 10, 24), date(2024, 10, 25), date(2026, 11, 24)]
    for day in days:
        store.add(folded(events(9, day, 1, 40)))
        store.add(choice_made("town", 1, "refused", noon(day)))
        close_day(store, "town", day.isoformat())
    today = date(2026, 11, 25)
    gone = enforce_retention(store, today)
    assert gone > 0
    wide = (date(2020, 1, 1), date(2030, 1, 1))
    oldest = "2024-10-25"
    assert min(hour for hour, _ in store.hourly("town", *wide)) >= oldest
    assert min(day for day, *_ in store.choices("town", *wide)) == oldest
    for dimension in BASE:
        assert all(period >= oldest for period, *_ in store.daily("town", dimension, *wide))
        assert all(period > "2024-10" for period, *_ in store.monthly("town", dimension, *wide))
    (record,) = store.deletions()
    assert (record.day, record.before, record.rows) == ("2026-11-25", oldest, gone)
    assert enforce_retention(store, today) == 0
    assert len(store.deletions()) == 1


def test_day_totals_and_the_largest_are_what_the_rows_give(store: SqlStore) -> None:
    store.add(folded(events(10, FIRST, 4, 150)))
    totals = store.day_totals("town", FIRST, LAST)
    by_day: Counter[str] = Counter()
    for (hour, metric), total in store.hourly("town", FIRST, LAST).items():
        by_day[hour[:10]] += total if metric == "views" else 0
    assert {day: total.total for (day, metric), total in totals.items() if metric == "views"} == by_day
    expected: dict[str, list[int]] = {}
    for (_, page, _), sums in store.daily("town", "page", FIRST, LAST).items():
        cell = expected.setdefault(page, [0, 0])
        for place, amount in enumerate((sums.views, sums.visits)):
            cell[place] += (amount + 5) // 10 * 10 if amount >= K else 0
    ranked = sorted(
        ((page, tuple(sums)) for page, sums in expected.items() if sums[0]), key=lambda row: (-row[1][0], row[0])
    )
    cut = Cut("town", "page", days_between(FIRST, LAST))
    found = store.largest(cut, ("views",), ("views", "visits"), K, 3)
    assert found.sums == dict(ranked[:3])
    assert found.ranks == {page: sums[:1] for page, sums in ranked[:3]}
    assert found.whole == (sum(sums[0] for _, sums in ranked),)
    assert found.many == (len(ranked),)


def key_of(address: str, table: str) -> list[str]:
    """The columns of a table's key, in order."""
    asked = (
        "SELECT column_name FROM information_schema.key_column_usage"
        " WHERE table_schema = %s AND table_name = %s ORDER BY ordinal_position"
    )
    with psycopg.connect(address) as connection:
        return [name for (name,) in connection.execute(asked, (SCHEMA, table))]


@pytest.mark.postgres
def test_cells_of_an_older_database_lie_together_by_their_other_side(postgresql: str) -> None:
    with psycopg.connect(postgresql) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    before = PostgresStore(postgresql)
    before.add(folded(events(1, FIRST, 1, 20)))
    known = everything(before)
    before.close()
    now = ["site", "dimension", "period", "other", "value"]
    with psycopg.connect(postgresql) as connection:
        for table in ("cell_day", "cell_month"):
            connection.execute(
                f"ALTER TABLE {SCHEMA}.{table} DROP CONSTRAINT {table}_pkey,"
                " ADD PRIMARY KEY (site, dimension, period, value, other)"
            )
    assert key_of(postgresql, "cell_day") != now
    for _ in range(2):
        store = PostgresStore(postgresql)
        assert everything(store) == known != {}
        assert key_of(postgresql, "cell_day") == key_of(postgresql, "cell_month") == now
        store.close()


def test_the_catalogue_is_closed() -> None:
    """Nothing but what the authorities list may be counted; pairs cross two of them and nothing crosses three.

    Rules: ANA-01, ANA-12, ANA-21
    """
    assert set(SINGLE) == {
        "page", "referrer", "country", "device", "browser", "language", "screen", "load", "time",
        "outbound", "download", "error",
    }  # fmt: skip
    assert all(len(both) == 2 and set(both) <= set(SINGLE) for both in PAIRS.values())
    assert set(BASE) == {*SINGLE, *PAIRS}
