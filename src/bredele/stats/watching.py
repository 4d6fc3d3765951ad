"""Spikes, drops and silence: an hour against the same weekday and hour of the weeks before, by medians.

Medians shrug off one holiday or one outage among the weeks. A site that is counted for less than four weeks is not
judged: nothing is usual yet. The sums are exact and stay inside; what is told of them is released like any figure.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from statistics import median
from typing import Literal, NamedTuple

from bredele.stats.event import HOUR_FORM
from bredele.stats.rounding import Figure, figure

Kind = Literal["spike", "drop", "silence"]
WEEKS, LEAST_WEEKS = 8, 4
"""How many weeks back are compared, and how many must have been counted."""
SPIKE_FROM, SPIKE_TIMES, SPIKE_OVER = 100, 3.0, 2.0
"""A spike: an hour of at least so many views, three times the usual and six deviations above; over below twice."""
DROP_FROM, DROP_SHARE, DROP_OVER = 60, 0.3, 0.6
"""A drop: three hours below three tenths of what is usually 60 views or more; over at six tenths."""
DEVIATIONS_UP, DEVIATIONS_DOWN = 6, 3
SILENCE_HOURS = ((3, 30), (24, 20))
"""Silence: no view in three hours that usually have 30, or in a day that usually has 20; over with the first view."""
Hourly = Mapping[tuple[str, str], int]


class Reading(NamedTuple):
    """One kind at one hour: whether it holds, whether it is over; figures as released, over `hours` hours."""

    kind: Kind
    holds: bool
    over: bool
    seen: Figure
    usual: Figure
    hours: int


def views(hourly: Hourly, last: datetime, hours: int) -> int:
    """Views in the hours that end with this one."""
    return sum(hourly.get(((last - timedelta(hours=back)).strftime(HOUR_FORM), "views"), 0) for back in range(hours))


def earlier(hourly: Hourly, last: datetime, hours: int) -> list[int]:
    """The same hours of each week before, as far back as the site was counted."""
    first = min((hour for hour, metric in hourly if metric == "views"), default="")
    moments = (last - timedelta(weeks=back) for back in range(1, WEEKS + 1))
    return [
        views(hourly, moment, hours)
        for moment in moments
        if first and (moment - timedelta(hours=hours - 1)).strftime(HOUR_FORM) >= first
    ]


def readings(hourly: Hourly, last: datetime) -> tuple[Reading, ...]:
    """Every kind for the hour that ended; none while the site is too young. `last` in the installation's zone."""
    if len(earlier(hourly, last, 24)) < LEAST_WEEKS:
        return ()
    return (spike(hourly, last), drop(hourly, last), silence(hourly, last))


def spike(hourly: Hourly, last: datetime) -> Reading:
    """Far more than usual in one hour."""
    seen, before = views(hourly, last, 1), earlier(hourly, last, 1)
    usual = median(before)
    above = max(SPIKE_FROM, SPIKE_TIMES * usual, usual + DEVIATIONS_UP * deviation(before))
    over = seen < max(SPIKE_FROM / 2, SPIKE_OVER * usual)
    return Reading("spike", seen >= above, over, figure(seen), figure(round(usual)), 1)


def drop(hourly: Hourly, last: datetime) -> Reading:
    """Far less than usual in three hours, but not nothing."""
    seen, before = views(hourly, last, 3), earlier(hourly, last, 3)
    usual = median(before)
    below = min(DROP_SHARE * usual, usual - DEVIATIONS_DOWN * deviation(before))
    holds = usual >= DROP_FROM and 0 < seen <= below
    return Reading("drop", holds, seen >= DROP_OVER * usual, figure(seen), figure(round(usual)), 3)


def silence(hourly: Hourly, last: datetime) -> Reading:
    """Nothing at all where something is usual."""
    for hours, least in SILENCE_HOURS:
        usual = median(earlier(hourly, last, hours))
        if usual >= least and not views(hourly, last, hours):
            return Reading("silence", True, False, figure(0), figure(round(usual)), hours)
    usual = median(earlier(hourly, last, 3))
    return Reading(
        "silence", False, views(hourly, last, 1) > 0, figure(views(hourly, last, 3)), figure(round(usual)), 3
    )


def deviation(numbers: list[int]) -> float:
    """The median distance from the median."""
    middle = median(numbers)
    return median(abs(number - middle) for number in numbers)
