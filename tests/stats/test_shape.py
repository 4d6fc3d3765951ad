"""What the stores hold, asked of the engines: sums, and no way to anything else."""

from datetime import date

from bredele.stats.event import Cell, Hourly
from bredele.stats.store import SHAPE, Store

TODAY = date(2026, 11, 24)


def test_both_stores_have_the_shape_that_is_allowed(store: Store) -> None:
    """Rules: ANA-04, ANA-05"""
    assert store.shape() == SHAPE
    assert store.links() == 0
    assert store.oldest() == ""
    assert store.small_cells(TODAY, 10) == ()


def test_small_cells_of_periods_that_are_over_are_named(store: Store) -> None:
    """Rules: ANA-16"""
    store.add(
        (
            Cell("town", "2026-11-23", "page", "/rare/", views=9),
            Cell("town", "2026-11-23", "page", "", views=9),
            Cell("town", "2026-11-23", "page", "/", views=10, seconds=3),
            Cell("town", "2026-11-24", "page", "/rare/", views=9),
            Cell("town", "2026-10", "page+device", "/", "mobile", visits=1),
            Cell("town", "2026-11", "page", "/rare/", views=1),
            Hourly("town", "2026-10-31T07", "views"),
        )
    )
    assert store.small_cells(TODAY, 10) == (("town", "2026-11-23", 1), ("town", "2026-10", 1))
    assert store.oldest() == "2026-10-31T07"
    assert (store.mentions("RARE"), store.mentions("mobile"), store.mentions("%"), store.mentions("_are")) == (
        3,
        1,
        0,
        0,
    )
