"""The closed catalogue: every event, metric, dimension and declared pair there is. What is not here cannot be counted.

Hourly totals exist for the whole site; a day and a month know one dimension or one declared pair; nothing wider is ever
stored (ANA-20, ANA-21). Each dimension serves one of the five purposes of exempt measurement (ANA-01).
"""

from typing import Literal

K = 10
"""The least that a released figure or a stored cell of a closed period may count (ANA-16). No setting lowers it."""

Purpose = Literal["performance", "navigation problems", "ergonomics", "server capacity", "content consulted"]
EventType = Literal["presence", "interaction", "timing"]
EventName = Literal["view", "leave", "outbound", "download", "error"]
EVENTS: dict[EventName, EventType] = {
    "view": "presence",
    "leave": "timing",
    "outbound": "interaction",
    "download": "interaction",
    "error": "interaction",
}
"""The names of events and the three allowed types (ANA-13); a free name is refused."""

Metric = Literal[
    "views", "visits", "visitors_day", "visitors_week", "visitors_month", "exits", "bounces", "leaves", "seconds",
    "loads", "load_ms", "outbound", "download", "error", "bots", "masked", "capped",
    "shown", "accepted", "refused", "customised", "withdrawn",
]  # fmt: skip
"""Hourly totals of a site. `seconds` is engaged time over `leaves`, `load_ms` load time over `loads`."""

Column = Literal["views", "visits", "visitors", "exits", "bounces", "leaves", "seconds", "events"]
COLUMNS: tuple[Column, ...] = ("views", "visits", "visitors", "exits", "bounces", "leaves", "seconds", "events")
"""What a cell sums. `visitors` counts first views of a day; `seconds` belongs to `leaves`; `events` to actions."""

Dimension = Literal[
    "page", "referrer", "country", "device", "browser", "language", "screen", "load", "time",
    "outbound", "download", "error",
    "page+referrer", "page+country", "page+device", "referrer+country", "referrer+device", "country+device",
]  # fmt: skip
PURPOSES: dict[Dimension, Purpose] = {
    "page": "content consulted",
    "referrer": "content consulted",
    "country": "content consulted",
    "device": "ergonomics",
    "browser": "ergonomics",
    "language": "ergonomics",
    "screen": "ergonomics",
    "load": "performance",
    "time": "content consulted",
    "outbound": "content consulted",
    "download": "content consulted",
    "error": "navigation problems",
}
SINGLE: tuple[Dimension, ...] = tuple(PURPOSES)
PAIRS: dict[Dimension, tuple[Dimension, Dimension]] = {
    "page+referrer": ("page", "referrer"),
    "page+country": ("page", "country"),
    "page+device": ("page", "device"),
    "referrer+country": ("referrer", "country"),
    "referrer+device": ("referrer", "device"),
    "country+device": ("country", "device"),
}
"""A pair's cells have the first dimension as `value` and the second as `other`: at most one filter at a time."""
BASE: dict[Dimension, Column] = {
    **dict.fromkeys(SINGLE, "views"),
    **dict.fromkeys(PAIRS, "views"),
    **dict.fromkeys(("referrer", "page+referrer", "referrer+country", "referrer+device"), "visits"),
    **dict.fromkeys(("load", "time", "outbound", "download", "error"), "events"),
}
"""The column that ranks a dimension's values."""
SHOWN: dict[Dimension, tuple[Column, ...]] = {
    "page": ("views", "visits", "exits", "bounces", "leaves", "seconds"),
    "referrer": ("visits", "visitors"),
    **dict.fromkeys(("country", "device", "browser", "language", "screen"), ("views", "visits", "visitors")),
    **dict.fromkeys(("load", "time", "outbound", "download", "error"), ("events",)),
    **{pair: ("visits",) if BASE[pair] == "visits" else ("views", "visits") for pair in PAIRS},
}
"""Columns of a dimension's table, and of one under a filter; the first ranks."""

OTHER = ""
"""The value of all cells too small to stand alone, and of values beyond a day's limit."""
UNKNOWN, DIRECT = "unknown", "direct"


def pair_of(one: Dimension, another: Dimension) -> Dimension | None:
    """The declared pair of two dimensions, or None where their crossing is never counted."""
    return next((name for name, both in PAIRS.items() if set(both) == {one, another}), None)
