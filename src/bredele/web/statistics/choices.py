"""Links to the dashboards beside one: other periods, comparisons, another metric in the chart, the months around."""

from datetime import timedelta

import msgspec
from django.utils.formats import date_format

from bredele.stats.catalogue import Metric
from bredele.web.statistics.asked import COMPARISONS, PERIODS, Asked
from bredele.web.statistics.drawing import blank_period
from bredele.web.statistics.keys import DRAWABLE, NAMES


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One link of a row of links."""

    label: str
    address: str
    current: bool = False


def periods(asked: Asked) -> tuple[Choice, ...]:
    """The periods offered; days of one's own are a form."""
    return tuple(
        Choice(
            label=str(label),
            address=asked.address(**blank_period(period=None if name == "30d" else name)),
            current=name == asked.period,
        )
        for name, label in PERIODS.items()
        if name != "custom"
    )


def comparisons(asked: Asked) -> tuple[Choice, ...]:
    """What may be compared with."""
    return tuple(
        Choice(label=str(label), address=asked.address(compare=name or None), current=name == asked.compare)
        for name, label in COMPARISONS.items()
    )


def metrics(asked: Asked, drawn: Metric, *, visitors: bool) -> tuple[Choice, ...]:
    """What the chart may draw; under a filter there is one thing only."""
    if asked.only is not None:
        return ()
    return tuple(
        Choice(
            label=str(NAMES[name]),
            address=asked.address(metric=None if name == "views" else name) + "#chart",
            current=name == drawn,
        )
        for name in DRAWABLE
        if visitors or not name.startswith("visitors")
    )


def month_beside(asked: Asked, *, later: bool) -> Choice | None:
    """The month before or after; none where it has not begun, or where no month is shown."""
    if asked.period != "month":
        return None
    first = asked.span.end + timedelta(days=1) if later else asked.span.before().start
    if first > asked.today:
        return None
    return Choice(label=date_format(first, "F Y"), address=asked.address(month=f"{first:%Y-%m}"))
