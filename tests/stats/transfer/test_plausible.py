"""Plausible's export: every total it has arrives, what it cannot give is null, what may not be kept is left out."""

from collections import Counter
from datetime import date

import pytest

from bredele.stats.breakdown import breakdown
from bredele.stats.catalogue import K
from bredele.stats.event import Cell
from bredele.stats.store import Store
from bredele.stats.timeline import Timeline
from bredele.stats.transfer.errors import UnreadableFigures
from bredele.stats.transfer.landing import land
from tests.stats.transfer.files import PLAUSIBLE, plausible, read

FIRST, LAST, TODAY = date(2026, 10, 1), date(2026, 10, 2), date(2026, 11, 24)


def column(table: str, name: str) -> int:
    """The sum of a column of the source."""
    head, *lines = PLAUSIBLE[table]
    place = head.split(",").index(name)
    return sum(int(line.split(",")[place]) for line in lines if line.split(",")[place].isdecimal())


def test_every_total_of_the_source_arrives_and_the_rest_is_null() -> None:
    totals = read(plausible()).totals()
    assert totals["views"] == column("imported_visitors", "pageviews") == 600
    assert totals["visits"] == column("imported_visitors", "visits")
    assert totals["visitors_day"] == column("imported_visitors", "visitors")
    assert totals["bounces"] == column("imported_visitors", "bounces")
    assert totals["exits"] == column("imported_exit_pages", "exits")
    assert totals["seconds"] == column("imported_pages", "total_time_on_page")
    assert totals["leaves"] == column("imported_pages", "total_time_on_page_visits")
    assert (totals["outbound"], totals["download"], totals["error"]) == (14, 11, 12)
    null = {name for name, total in totals.items() if total is None}
    assert null == {
        "visitors_week", "visitors_month", "loads", "load_ms", "bots", "capped",
        "shown", "accepted", "refused", "customised", "withdrawn",
    }  # fmt: skip


def test_each_dimension_sums_to_what_the_source_says() -> None:
    sums: Counter[tuple[str, str]] = Counter()
    for part in read(plausible()).increments("town"):
        if isinstance(part, Cell):
            sums[part.dimension, "views"] += part.views
            sums[part.dimension, "visits"] += part.visits
    assert sums["page", "views"] == column("imported_pages", "pageviews") == 600
    assert sums["page", "visits"] == column("imported_entry_pages", "entrances")
    assert sums["referrer", "visits"] == column("imported_sources", "visits")
    for name, table in (("country", "locations"), ("device", "devices"), ("browser", "browsers")):
        assert sums[name, "views"] == column(f"imported_{table}", "pageviews")
        assert sums[name, "visits"] == column(f"imported_{table}", "visits")


def test_campaigns_cities_versions_addresses_and_free_names_stay_out() -> None:
    """Rules: ANA-09, ANA-10, ANA-11, ANA-12, ANA-13, ANA-21"""
    found = read(plausible())
    said = repr(found.increments("town"))
    for secret in ("spring", "anna", "2996944", "FR-ARA", "129.0", "search", "mayor", "iOS", "x?y"):
        assert secret not in said
    assert "{email}" in said
    assert found.totals()["masked"] == 200
    assert any("ANA-13" in note for note in found.notes)
    assert any("ANA-21" in note for note in found.notes)


def test_imported_days_close_like_our_own(store: Store) -> None:
    """Rules: ANA-14, ANA-16"""
    land(store, "town", read(plausible()), "1", TODAY)
    rows = breakdown(store, "town", "page", FIRST, LAST).rows
    assert {row.value: row.figures["views"] for row in rows} == {"/": 300, "/user/{email}": 200, None: 100}
    stored = store.daily("town", "page", FIRST, LAST)
    assert all(sums.views == 0 or sums.views >= K for sums in stored.values())
    assert "/rare/" not in repr(store.monthly("town", "page", FIRST, FIRST))
    assert Timeline(store, "town", FIRST, LAST).totals().figures["views"] == 600


def test_days_whose_hours_are_unknown_show_in_every_day_and_in_no_hour(store: Store) -> None:
    """Rules: ANA-20"""
    from bredele.stats.release import views_table
    from bredele.stats.timeline import by_hour

    land(store, "town", read(plausible()), "1", TODAY)
    assert [row.views for row in views_table(store, "town", FIRST, LAST)] == [400, 200]
    assert {point.figures["views"] for point in by_hour(store, "town", FIRST)} == {"<10"}


@pytest.mark.parametrize(
    ("table", "lines", "where", "message"),
    [
        ("imported_visitors", ("date,visitors,pageviews", "2026-10-01,1"), "line 2", "2 fields where the head has 3"),
        ("imported_visitors", ("date,visitors,pageviews", "1 Oct,1,2"), "line 2", "no day"),
        ("imported_pages", ("date,page,pageviews", "2026-10-01,/,-3"), "line 2", "no count"),
        ("imported_pages", ("date,page", "2026-10-01,/"), "line 1", '"pageviews" is missing'),
    ],
)
def test_a_damaged_table_names_its_file_and_line(table: str, lines: tuple[str, ...], where: str, message: str) -> None:
    with pytest.raises(UnreadableFigures) as caught:
        read(plausible({table: lines}))
    assert caught.value.where == f"{table}_20261001_20261002.csv, {where}"
    assert message in caught.value.message
    assert caught.value.cure


def test_a_zip_that_was_cut_is_no_export() -> None:
    with pytest.raises(UnreadableFigures, match="damaged"):
        read(plausible()[:-30])
