"""Spikes, drops and silence, found against the same hours of earlier weeks; one odd week among them changes nothing."""

from datetime import datetime, timedelta

import pytest

from bredele.stats.event import HOUR_FORM
from bredele.stats.watching import Reading, readings

HOUR = datetime(2026, 11, 24, 14)  # noqa: DTZ001  # the installation's own zone
Hourly = dict[tuple[str, str], int]


def usual(views: int = 40, weeks: int = 8) -> Hourly:
    """So many views in every hour of these weeks."""
    hours = range(weeks * 7 * 24 + 24)
    return {((HOUR - timedelta(hours=back)).strftime(HOUR_FORM), "views"): views for back in hours}


def told(hourly: Hourly, hour: datetime = HOUR) -> dict[str, Reading]:
    """The readings by kind."""
    return {reading.kind: reading for reading in readings(hourly, hour)}


def put(hourly: Hourly, views: int, hours: int = 1) -> Hourly:
    """The last hours changed."""
    return hourly | {((HOUR - timedelta(hours=back)).strftime(HOUR_FORM), "views"): views for back in range(hours)}


def test_the_usual_is_nothing_to_tell() -> None:
    assert not any(reading.holds for reading in told(usual()).values())


def test_a_site_that_is_too_young_is_not_judged() -> None:
    assert readings(usual(weeks=3), HOUR) == ()
    assert readings({}, HOUR) == ()


@pytest.mark.parametrize(("views", "holds"), [(119, False), (120, True)])
def test_three_times_the_usual_is_a_spike(views: int, holds: bool) -> None:
    reading = told(put(usual(), views))["spike"]
    assert reading.holds is holds
    assert (reading.seen, reading.usual) == (120, 40)


def test_a_small_site_needs_a_hundred_views_for_a_spike() -> None:
    assert not told(put(usual(5), 99))["spike"].holds
    assert told(put(usual(5), 100))["spike"].holds


def test_a_spike_is_over_below_twice_the_usual() -> None:
    assert not told(put(usual(), 80))["spike"].over
    assert told(put(usual(), 79))["spike"].over


def test_one_wild_week_is_no_yardstick() -> None:
    wild = usual() | {((HOUR - timedelta(weeks=2)).strftime(HOUR_FORM), "views"): 5000}
    assert told(put(wild, 130))["spike"].holds


def test_a_site_of_ups_and_downs_needs_more() -> None:
    swinging = usual()
    for back in range(1, 9):
        swinging[(HOUR - timedelta(weeks=back)).strftime(HOUR_FORM), "views"] = 10 if back % 2 else 110
    assert not told(put(swinging, 300))["spike"].holds


@pytest.mark.parametrize(("views", "holds", "over"), [(12, True, False), (13, False, False), (24, False, True)])
def test_a_drop_is_three_hours_below_three_tenths(views: int, holds: bool, over: bool) -> None:
    reading = told(put(usual(), views, 3))["drop"]
    assert (reading.holds, reading.over) == (holds, over)


def test_nothing_at_all_is_silence_and_no_drop() -> None:
    found = told(put(usual(), 0, 3))
    assert found["silence"].holds
    assert not found["drop"].holds
    assert (found["silence"].seen, found["silence"].usual, found["silence"].hours) == ("<10", 120, 3)


def test_a_small_site_is_silent_after_a_day() -> None:
    assert not told(put(usual(1), 0, 23))["silence"].holds
    assert told(put(usual(1), 0, 24))["silence"].holds
    assert not told(put({}, 0, 24) | usual(0))["silence"].holds


def test_the_first_view_ends_the_silence() -> None:
    reading = told(put(usual(), 1, 1))["silence"]
    assert (reading.holds, reading.over) == (False, True)
