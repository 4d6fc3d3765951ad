"""All of a file or nothing of it, once, on free days only; months that were released stay safe."""

from datetime import date, datetime

import pytest

from bredele.stats.catalogue import COLUMNS, OTHER, K
from bredele.stats.closing import close_periods
from bredele.stats.event import page_view
from bredele.stats.store import Store
from bredele.stats.timeline import Timeline
from bredele.stats.transfer.errors import DaysTaken, UnreadableFigures
from bredele.stats.transfer.landing import land
from tests.stats.town import noon
from tests.stats.transfer.files import plausible, read

OCTOBER, TODAY = date(2026, 10, 1), date(2026, 11, 24)


def test_the_same_file_twice_is_counted_once(store: Store) -> None:
    assert land(store, "town", read(plausible()), "1", TODAY).fresh
    again = land(store, "town", read(plausible()), "1", TODAY)
    assert not again.fresh
    assert Timeline(store, "town", OCTOBER, date(2026, 10, 2)).total("views") == 600


def test_days_with_figures_are_refused_with_a_cure_and_nothing_is_written(store: Store) -> None:
    store.add(page_view("town", "/", noon(date(2026, 10, 2))))
    with pytest.raises(DaysTaken) as caught:
        land(store, "town", read(plausible()), "1", TODAY)
    assert "2026-10-02" in caught.value.message
    assert "--to 2026-10-01" in caught.value.cure
    assert not store.hourly("town", OCTOBER, OCTOBER)
    assert not store.mark("import town 1")


def test_another_sites_days_are_free(store: Store) -> None:
    """Rules: ANA-02"""
    store.add(page_view("village", "/", noon(OCTOBER)))
    assert land(store, "town", read(plausible()), "1", TODAY).fresh


def test_today_is_not_over(store: Store) -> None:
    with pytest.raises(DaysTaken, match="not over"):
        land(store, "town", read("date,views\n2026-11-24,40\n"), "1", TODAY)


def test_what_is_older_than_may_be_kept_stays_out(store: Store) -> None:
    """Rules: ANA-07, ANA-31"""
    landed = land(store, "town", read("date,views\n2024-10-23,40\n2024-10-24,30\n"), "1", TODAY)
    assert landed.totals["views"] == 30
    assert any("25 months" in note for note in landed.notes)
    with pytest.raises(UnreadableFigures, match="No day"):
        land(store, "town", read("date,views\n2024-10-23,40\n"), "2", TODAY)


def test_a_fault_while_writing_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(store, "_open", broken)
    with pytest.raises(OSError):  # noqa: PT011  # the very one that is raised above
        land(store, "town", read(plausible()), "1", TODAY)
    monkeypatch.undo()
    assert not store.hourly("town", OCTOBER, TODAY)
    assert not store.daily("town", "page", OCTOBER, TODAY)
    assert land(store, "town", read(plausible()), "1", TODAY).fresh


def test_a_month_that_was_released_takes_small_cells_into_its_other(store: Store) -> None:
    """Rules: ANA-16, ANA-19"""
    for _ in range(12):
        store.add(page_view("town", "/", datetime(2026, 10, 20, 12)))  # noqa: DTZ001  # the installation's own zone
    close_periods(store, TODAY)
    land(store, "town", read(plausible()), "1", TODAY)
    month = store.monthly("town", "page", OCTOBER, OCTOBER)
    for table in (month, store.daily("town", "page", OCTOBER, TODAY)):
        for (_, value, _), sums in table.items():
            small = [name for name in COLUMNS if name != "seconds" and 0 < sums.of(name) < K]
            assert value == OTHER or not small
    assert sum(sums.views for sums in month.values()) == 612
    assert month["2026-10", "/", ""].views == 312
    assert not close_periods(store, TODAY)
