"""An event, and the increments it becomes: what is kept is which sum grows, never who made it grow.

Hours, days and months are those of the installation's time zone. An event carries coarse facts only; it waits in the
inbox for a second or so, until it is folded into sums and overwritten.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, get_args

import msgspec

from bredele.stats.catalogue import COLUMNS, Column, Dimension, EventName, Metric
from bredele.stats.hygiene import page_of

Outcome = Literal["accepted", "refused", "customised", "withdrawn"]
OUTCOMES: tuple[Outcome, ...] = ("accepted", "refused", "customised", "withdrawn")
Happening = Literal["shown", "gpc", "accepted", "refused", "customised", "withdrawn"]
"""What is counted of a choice: a banner shown, one shown to a browser that sends GPC, an answer, a withdrawal."""
HAPPENINGS: frozenset[str] = frozenset(get_args(Happening))
HOUR_FORM = "%Y-%m-%dT%H"
UNKNOWN_HOUR = "--"
"""The hour of imported totals whose source knows days only: every day shows them, no hour does."""
VISIT, DAY, WEEK, MONTH, EXIT, BOUNCE, MASKED, BOT, SHOWN = (1 << place for place in range(9))
"""Flags of an event: it began a visit; it was the visitor's first view of the day, week, month; it left the site; it
was the only view of its visit; its path had something masked; a robot made it; it
carried a banner."""


class Event(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Coarse facts of one event. `hour` is `2026-11-24T13`; `seconds` engaged and `load` in ms are -1 where unknown.

    `target` is the host of an outbound link, the path of a download, the kind of an error; with a banner or an answer
    it is the policy's version (`notice`).
    """

    site: str
    hour: str
    name: EventName | Happening
    page: str
    flags: int = 0
    referrer: str = ""
    country: str = ""
    device: str = ""
    browser: str = ""
    language: str = ""
    screen: str = ""
    seconds: int = -1
    load: int = -1
    target: str = ""


def notice(site: str, hour: str, happening: Happening, version: int, language: str) -> Event:
    """What happened with a banner: it is counted apart from views, and whether or not the view is."""
    return Event(site, hour, happening, "", language=language, target=str(version))


class Hourly(msgspec.Struct, frozen=True, gc=False):
    """One total of a site in one hour grows by `by`. `hour` is `2026-11-24T13`."""

    site: str
    hour: str
    metric: Metric
    by: int = 1


class Cell(msgspec.Struct, frozen=True, gc=False):
    """The sums of one cell grow; `period` is a day `2026-11-24` or a month `2026-11`. `other` is for pairs only."""

    site: str
    period: str
    dimension: Dimension
    value: str
    other: str = ""
    views: int = 0
    visits: int = 0
    visitors: int = 0
    exits: int = 0
    bounces: int = 0
    leaves: int = 0
    seconds: int = 0
    events: int = 0


class Grown(msgspec.Struct, frozen=True, gc=False):
    """Many cells of one dimension and period, none of which shrinks: (value, other) -> sums in the catalogue's order.

    What is folded under load comes so: an object a cell would cost more than all that is done with it.
    """

    site: str
    period: str
    dimension: Dimension
    cells: dict[tuple[str, str], list[int]]

    def each(self) -> Iterator[Cell]:
        """One by one."""
        return (Cell(self.site, self.period, self.dimension, *names, *sums) for names, sums in self.cells.items())


class Chosen(msgspec.Struct, frozen=True, gc=False):
    """One happening with one policy version in one language on one day grows by `by`."""

    site: str
    day: str
    version: int
    language: str
    outcome: Happening
    by: int = 1


class Sums(msgspec.Struct, frozen=True, array_like=True):
    """The columns of a cell, in the catalogue's order."""

    views: int = 0
    visits: int = 0
    visitors: int = 0
    exits: int = 0
    bounces: int = 0
    leaves: int = 0
    seconds: int = 0
    events: int = 0

    def of(self, column: Column) -> int:
        """One column by its name."""
        found: int = getattr(self, column)
        return found

    def plus(self, more: "Sums") -> "Sums":
        """Both together."""
        return Sums(*(self.of(column) + more.of(column) for column in COLUMNS))


Increment = Hourly | Cell | Grown | Chosen
Increments = tuple[Increment, ...]
"""They may be added in any order and in any grouping: the sums are the same."""


def page_view(site: str, path: str, moment: datetime) -> Increments:
    """One bare view: the hour's total and the day's count of that page."""
    return (
        Hourly(site, moment.strftime(HOUR_FORM), "views"),
        Cell(site, moment.date().isoformat(), "page", page_of(path), views=1),
    )


def banner_seen(site: str, moment: datetime) -> Increments:
    """One of the views counted by `page_view` carried a banner."""
    return (Hourly(site, moment.strftime(HOUR_FORM), "shown"),)


def banner_shown(site: str, version: int, moment: datetime, language: str = "", *, signal: bool = False) -> Increments:
    """One page with a banner went out, whether its view is counted or not. `signal`: the browser sends GPC.

    The two are counted apart, each page once: all banners shown are the sum of both.
    """
    return (Chosen(site, moment.date().isoformat(), version, language, "gpc" if signal else "shown"),)


def choice_made(site: str, version: int, outcome: Outcome, moment: datetime, language: str = "") -> Increments:
    """One answer to the banner or on the preference page; `language` is the one it was asked in."""
    return (
        Hourly(site, moment.strftime(HOUR_FORM), outcome),
        Chosen(site, moment.date().isoformat(), version, language, outcome),
    )
