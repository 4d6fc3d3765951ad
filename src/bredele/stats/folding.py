"""Events folded into increments: hourly totals of the site, a day's sums for each dimension and each declared pair."""

from collections import defaultdict
from collections.abc import Iterable

from bredele.stats.catalogue import COLUMNS, OTHER, PAIRS, UNKNOWN, Dimension, Metric
from bredele.stats.event import (
    BOT,
    BOUNCE,
    DAY,
    EXIT,
    HAPPENINGS,
    MASKED,
    MONTH,
    OUTCOMES,
    SHOWN,
    VISIT,
    WEEK,
    Cell,
    Chosen,
    Event,
    Happening,
    Hourly,
    Increments,
)
from bredele.stats.limits import Limits

VIEWS, VISITS, VISITORS, EXITS, BOUNCES, LEAVES, SECONDS, EVENTS = range(len(COLUMNS))
LOAD_MS = ((500, "< 0.5 s"), (1_000, "0.5-1 s"), (2_500, "1-2.5 s"), (4_000, "2.5-4 s"), (10_000, "4-10 s"))
SLOWEST = "> 10 s"
SECONDS_BELOW = ((10, "< 10 s"), (30, "10-30 s"), (60, "30-60 s"), (180, "1-3 min"), (600, "3-10 min"))
LONGEST = "> 10 min"
WITH_REFERRER: tuple[Dimension, ...] = ("page+referrer", "referrer+country", "referrer+device")
"""Pairs that exist for views that began a visit: any other view has this site as its referrer."""
WITHOUT_REFERRER: tuple[Dimension, ...] = ("page+country", "page+device", "country+device")
FACTS: tuple[Dimension, ...] = ("country", "device", "browser", "language", "screen")
Sums = dict[tuple[str, Dimension, str, str, str], list[int]]
Totals = dict[tuple[str, str, Metric], int]
Notices = dict[tuple[str, str, int, str, Happening], int]


class Folding:
    """Sums that grow event by event; `increments` then gives them all."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cells: Sums = defaultdict(lambda: [0] * len(COLUMNS))
        self._totals: Totals = defaultdict(int)
        self._notices: Notices = defaultdict(int)

    def add(self, event: Event) -> None:
        """One more event."""
        if event.flags & BOT:
            self._totals[event.site, event.hour, "bots"] += 1
        elif event.name == "view":
            self._view(event)
        elif event.name == "leave":
            self._leave(event)
        elif event.name in HAPPENINGS:
            self._notice(event)
        else:
            self._action(event)

    def increments(self) -> Increments:
        """Everything added so far."""
        hourly = (Hourly(site, hour, metric, by) for (site, hour, metric), by in self._totals.items())
        cells = (
            Cell(site, day, dimension, value, other, *sums)
            for (site, dimension, day, value, other), sums in self._cells.items()
        )
        notices = (Chosen(*key, by) for key, by in self._notices.items())
        return (*hourly, *cells, *notices)

    def _view(self, event: Event) -> None:
        site, hour, flags = event.site, event.hour, event.flags
        day, totals = hour[:10], self._totals
        totals[site, hour, "views"] += 1
        page = self._admit(event, "page", event.page)
        grown = [VIEWS]
        if flags & VISIT:
            totals[site, hour, "visits"] += 1
            grown.append(VISITS)
        if flags & DAY:
            totals[site, hour, "visitors_day"] += 1
            grown.append(VISITORS)
            if flags & WEEK:
                totals[site, hour, "visitors_week"] += 1
            if flags & MONTH:
                totals[site, hour, "visitors_month"] += 1
        if flags & SHOWN:
            totals[site, hour, "shown"] += 1
        if flags & MASKED:
            totals[site, hour, "masked"] += 1
        cells = self._cells
        country, device = event.country or UNKNOWN, event.device or UNKNOWN
        language = self._limits.admit(site, "language", day, event.language or UNKNOWN)
        keys: list[tuple[str, Dimension, str, str, str]] = [
            (site, "page", day, page, ""),
            (site, "country", day, country, ""),
            (site, "device", day, device, ""),
            (site, "browser", day, event.browser or UNKNOWN, ""),
            (site, "language", day, language, ""),
            (site, "screen", day, event.screen or UNKNOWN, ""),
            (site, "page+country", day, page, country),
            (site, "page+device", day, page, device),
            (site, "country+device", day, country, device),
        ]
        if flags & VISIT:
            referrer = self._limits.admit(site, "referrer", day, event.referrer)
            keys += (
                (site, "referrer", day, referrer, ""),
                (site, "page+referrer", day, page, referrer),
                (site, "referrer+country", day, referrer, country),
                (site, "referrer+device", day, referrer, device),
            )
        for key in keys:
            sums = cells[key]
            for column in grown:
                sums[column] += 1

    def _leave(self, event: Event) -> None:
        site, hour, day = event.site, event.hour, event.hour[:10]
        page = self._cells[site, "page", day, self._admit(event, "page", event.page), ""]
        self._totals[site, hour, "leaves"] += 1
        page[LEAVES] += 1
        if event.seconds >= 0:
            self._totals[site, hour, "seconds"] += event.seconds
            page[SECONDS] += event.seconds
            self._cells[site, "time", day, bucket(event.seconds, SECONDS_BELOW, LONGEST), ""][EVENTS] += 1
        if event.flags & EXIT:
            self._totals[site, hour, "exits"] += 1
            page[EXITS] += 1
        if event.flags & BOUNCE:
            self._totals[site, hour, "bounces"] += 1
            page[BOUNCES] += 1
        if event.load >= 0:
            self._totals[site, hour, "loads"] += 1
            self._totals[site, hour, "load_ms"] += event.load
            self._cells[site, "load", day, bucket(event.load, LOAD_MS, SLOWEST), ""][EVENTS] += 1

    def _notice(self, event: Event) -> None:
        happening: Happening = event.name  # type: ignore[assignment]  # one of HAPPENINGS, as `add` has seen
        if happening in OUTCOMES:
            self._totals[event.site, event.hour, happening] += 1
        self._notices[event.site, event.hour[:10], int(event.target), event.language, happening] += 1

    def _action(self, event: Event) -> None:
        name: Dimension = event.name  # type: ignore[assignment]  # the three left are metrics and dimensions too
        self._totals[event.site, event.hour, name] += 1  # type: ignore[index]  # the same
        day = event.hour[:10]
        self._cells[event.site, name, day, self._admit(event, name, event.target), ""][EVENTS] += 1

    def _admit(self, event: Event, dimension: Dimension, value: str) -> str:
        admitted = self._limits.admit(event.site, dimension, event.hour[:10], value)
        if admitted == OTHER:
            self._totals[event.site, event.hour, "capped"] += 1
        return admitted


def fold(events: Iterable[Event], limits: Limits) -> Increments:
    """The increments of some events; the same sums in whatever order and grouping they come."""
    folding = Folding(limits)
    for event in events:
        folding.add(event)
    return folding.increments()


def bucket(amount: int, bounds: tuple[tuple[int, str], ...], beyond: str) -> str:
    """The name of the class an amount falls in."""
    return next((name for bound, name in bounds if amount < bound), beyond)


assert {*WITH_REFERRER, *WITHOUT_REFERRER} == {*PAIRS}  # noqa: S101  # every declared pair is counted, and no other
