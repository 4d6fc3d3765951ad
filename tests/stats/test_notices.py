"""Banners and answers on their way through the inbox."""

from hypothesis import given
from hypothesis import strategies as st

from bredele.stats.event import OUTCOMES, Chosen, Event, Happening, Hourly, notice
from bredele.stats.folding import fold
from bredele.stats.limits import Limits

HAPPENINGS: tuple[Happening, ...] = ("shown", "gpc", *OUTCOMES)


def folded(*events: Event) -> set[Chosen | Hourly]:
    return set(fold(events, Limits(lambda site, dimension, day: frozenset())))  # type: ignore[arg-type]  # no cells here


def test_an_answer_grows_its_versions_sum_and_the_hours_total() -> None:
    told = notice("town", "2026-11-24T13", "refused", 12, "fr")
    assert folded(told, told) == {
        Hourly("town", "2026-11-24T13", "refused", 2),
        Chosen("town", "2026-11-24", 12, "fr", "refused", 2),
    }


def test_a_banner_is_no_view_and_no_total_of_the_hour() -> None:
    assert folded(notice("town", "2026-11-24T13", "gpc", 1, "")) == {Chosen("town", "2026-11-24", 1, "", "gpc", 1)}


@given(st.lists(st.tuples(st.sampled_from(HAPPENINGS), st.integers(1, 3), st.sampled_from(["en", "fr"])), max_size=40))
def test_the_sums_are_what_happened_in_any_order(happened: list[tuple[Happening, int, str]]) -> None:
    events = [notice("town", "2026-11-24T13", *one) for one in happened]
    assert folded(*events) == folded(*reversed(events))
    assert sum(one.by for one in folded(*events) if isinstance(one, Chosen)) == len(happened)
