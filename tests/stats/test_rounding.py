"""A total never tells what a small part is: tried on every combination of a few parts."""

from itertools import combinations_with_replacement

from hypothesis import given, settings
from hypothesis import strategies as st

from bredele.stats.catalogue import K
from bredele.stats.rounding import Figure, figure, known, safe_figure, total_figure, window

VALUES = (0, 5, 9, 10, 14, 25)


def possible(parts: tuple[int, ...], place: int) -> set[int]:
    """What a reader who knows the rule may still believe of one part: every value that gives the same figures."""
    low, high = window(figure(parts[place]))
    shown = total_figure(parts)
    others = [window(figure(part)) for number, part in enumerate(parts) if number != place]
    least, most = sum(low for low, _ in others), sum(high for _, high in others)
    ceiling = sum(window(figure(part))[1] for part in parts)
    totals = {total for total in range(least + low, most + high + 1) if safe_figure(total, ceiling) == shown}
    return {value for value in range(low, high + 1) if any(least <= total - value <= most for total in totals)}


def test_every_small_part_keeps_at_least_five_values() -> None:
    """Rules: ANA-19"""
    for many in (2, 3, 4, 5):
        for parts in combinations_with_replacement(VALUES, many):
            for place, part in enumerate(parts):
                if part < K:
                    assert len(possible(parts, place)) >= 5, parts


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=7))
def test_many_small_parts_stay_small_to_the_reader(parts: list[int]) -> None:
    """Rules: ANA-19"""
    given_parts = tuple(parts)
    for place in range(len(given_parts)):
        assert len(possible(given_parts, place)) >= 5


@given(st.lists(st.integers(0, 500), min_size=1, max_size=31))
def test_a_total_is_the_nearest_ten_or_the_ten_below(parts: list[int]) -> None:
    """Rules: ANA-14"""
    natural, shown = figure(sum(parts)), total_figure(parts)
    assert shown == natural or known(shown) == known(natural) - K


def test_the_corner_that_would_tell_is_released_ten_lower() -> None:
    corner: Figure = total_figure([9, 9, 9, 9, 9])
    assert (figure(45), corner) == (50, 40)
    assert total_figure([0] * 23 + [14]) == 10
