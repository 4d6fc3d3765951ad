"""A day's number of different values is bounded; what is beyond is told."""

from bredele.stats.event import Event, Grown, Hourly
from bredele.stats.folding import fold
from bredele.stats.limits import Limits, unlimited


def test_a_hundred_thousand_paths_are_capped_into_other_and_told() -> None:
    limits = Limits(unlimited, {"page": 1_000})
    made = fold((Event("town", "2026-09-01T10", "view", f"/{number}") for number in range(100_000)), limits)
    cells = (cell for part in made if isinstance(part, Grown) for cell in part.each())
    pages = {cell.value: cell.views for cell in cells if cell.dimension == "page"}
    assert len(pages) == 1_001
    assert pages[""] == 99_000
    totals = {part.metric: part.by for part in made if isinstance(part, Hourly)}
    assert totals == {"views": 100_000, "capped": 99_000}


def test_values_a_day_already_has_go_on_being_counted() -> None:
    limits = Limits(lambda site, dimension, day: frozenset({"/old"}), {"page": 2})
    assert [limits.admit("town", "page", "2026-09-01", page) for page in ("/new", "/old", "/more")] == [
        "/new",
        "/old",
        "",
    ]
    assert limits.admit("town", "page", "2026-09-02", "/more") == "/more"
    assert limits.admit("town", "country", "2026-09-01", "FR") == "FR"
