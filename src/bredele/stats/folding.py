"""Events folded into increments: hourly totals of the site, a day's sums for each dimension and each declared pair.

Views come in thousands, so they are counted by column: all that share site, hour and flags at once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter

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
    Chosen,
    Event,
    Grown,
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
FACTS: tuple[Dimension, ...] = ("page", "referrer", "country", "device", "browser", "language", "screen")
"""The dimensions of a view, in the order in which they are read from an event."""
facts_of = attrgetter(*FACTS)
FLAGGED: tuple[tuple[int, Metric], ...] = (
    (VISIT, "visits"),
    (DAY, "visitors_day"),
    (DAY | WEEK, "visitors_week"),
    (DAY | MONTH, "visitors_month"),
    (SHOWN, "shown"),
    (MASKED, "masked"),
)
NOTHING = [0] * len(COLUMNS)
Table = dict[tuple[str, str], list[int]]
"""(value, other) -> sums."""
Notices = dict[tuple[str, str, int, str, Happening], int]
Values = Sequence[str]


class Totals:
    """Hourly totals of sites, growing; `increments` then gives them all."""

    def __init__(self) -> None:
        self.sums: dict[tuple[str, str, Metric], int] = defaultdict(int)

    def add(self, events: Iterable[Event]) -> None:
        """More events, in any order and grouping."""
        alike: dict[tuple[str, str, int], int] = defaultdict(int)
        for event in events:
            if event.name == "view":
                alike[event.site, event.hour, event.flags] += 1
            elif event.name == "leave":
                self._leave(event)
            elif event.name not in HAPPENINGS or event.name in OUTCOMES:
                name: Metric = event.name  # type: ignore[assignment]  # answers and actions are metrics too
                self.sums[event.site, event.hour, name] += 1
        for (site, hour, flags), many in alike.items():
            self._views(site, hour, flags, many)

    def increments(self) -> Increments:
        """Everything added so far."""
        return tuple(Hourly(site, hour, metric, by) for (site, hour, metric), by in self.sums.items())

    def _views(self, site: str, hour: str, flags: int, many: int) -> None:
        if flags & BOT:
            self.sums[site, hour, "bots"] += many
            return
        self.sums[site, hour, "views"] += many
        for wanted, metric in FLAGGED:
            if flags & wanted == wanted:
                self.sums[site, hour, metric] += many

    def _leave(self, event: Event) -> None:
        sums, site, hour = self.sums, event.site, event.hour
        sums[site, hour, "leaves"] += 1
        if event.seconds >= 0:
            sums[site, hour, "seconds"] += event.seconds
        if event.flags & EXIT:
            sums[site, hour, "exits"] += 1
        if event.flags & BOUNCE:
            sums[site, hour, "bounces"] += 1
        if event.load >= 0:
            sums[site, hour, "loads"] += 1
            sums[site, hour, "load_ms"] += event.load


class Cells:
    """A day's sums of each dimension and pair, growing, with what was beyond the limits; `increments` gives them."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._tables: dict[tuple[str, str, Dimension], Table] = defaultdict(lambda: defaultdict(NOTHING.copy))
        self._capped: dict[tuple[str, str], int] = defaultdict(int)
        self._notices: Notices = defaultdict(int)

    def add(self, events: Iterable[Event]) -> None:
        """More events, in any order and grouping."""
        views: dict[tuple[str, str, int], list[tuple[str, ...]]] = defaultdict(list)
        for event in events:
            if event.flags & BOT:
                continue
            if event.name == "view":
                views[event.site, event.hour, event.flags].append(facts_of(event))
            elif event.name == "leave":
                self._leave(event)
            elif event.name in HAPPENINGS:
                self._notice(event)
            else:
                self._action(event)
        for (site, hour, flags), facts in views.items():
            self._views(site, hour, flags, facts)

    def increments(self) -> Increments:
        """Everything added so far."""
        capped = (Hourly(site, hour, "capped", by) for (site, hour), by in self._capped.items())
        cells = (Grown(*key, table) for key, table in self._tables.items())
        notices = (Chosen(*key, by) for key, by in self._notices.items())
        return (*capped, *cells, *notices)

    def _views(self, site: str, hour: str, flags: int, facts: Sequence[tuple[str, ...]]) -> None:
        day = hour[:10]
        columns: dict[Dimension, Values] = dict(zip(FACTS, zip(*facts, strict=True), strict=True))
        columns["page"], capped = self._admitted(site, "page", day, columns["page"])
        if capped:
            self._capped[site, hour] += capped
        for dimension in ("country", "device", "browser", "language", "screen"):
            columns[dimension] = known(columns[dimension])
        columns["language"], _ = self._admitted(site, "language", day, columns["language"])
        if flags & VISIT:
            columns["referrer"], _ = self._admitted(site, "referrer", day, columns["referrer"])
        else:
            del columns["referrer"]
        grown = [VIEWS, *([VISITS] if flags & VISIT else []), *([VISITORS] if flags & DAY else [])]
        for dimension, values in columns.items():
            self._grow(site, day, dimension, grown, singles(values))
        for pair, (one, another) in PAIRS.items():
            if one in columns and another in columns:
                self._grow(site, day, pair, grown, Counter(zip(columns[one], columns[another], strict=True)))

    def _grow(
        self, site: str, day: str, dimension: Dimension, grown: Sequence[int], found: dict[tuple[str, str], int]
    ) -> None:
        table = self._tables[site, day, dimension]
        for names, by in found.items():
            sums = table.get(names)
            if sums is None:
                table[names] = sums = NOTHING.copy()
            for column in grown:
                sums[column] += by

    def _admitted(self, site: str, dimension: Dimension, day: str, values: Values) -> tuple[Values, int]:
        """The values with those beyond the day's limit as "other", and how many were."""
        admit = self._limits.admit
        changed = {value for value in dict.fromkeys(values) if admit(site, dimension, day, value) != value}
        if not changed:
            return values, 0
        kept = tuple(OTHER if value in changed else value for value in values)
        return kept, kept.count(OTHER)

    def _leave(self, event: Event) -> None:
        site, day = event.site, event.hour[:10]
        page = self._tables[site, day, "page"][self._admit(event, "page", event.page), ""]
        page[LEAVES] += 1
        if event.seconds >= 0:
            page[SECONDS] += event.seconds
            self._tables[site, day, "time"][bucket(event.seconds, SECONDS_BELOW, LONGEST), ""][EVENTS] += 1
        if event.flags & EXIT:
            page[EXITS] += 1
        if event.flags & BOUNCE:
            page[BOUNCES] += 1
        if event.load >= 0:
            self._tables[site, day, "load"][bucket(event.load, LOAD_MS, SLOWEST), ""][EVENTS] += 1

    def _notice(self, event: Event) -> None:
        happening: Happening = event.name  # type: ignore[assignment]  # one of HAPPENINGS, as `add` has seen
        self._notices[event.site, event.hour[:10], int(event.target), event.language, happening] += 1

    def _action(self, event: Event) -> None:
        name: Dimension = event.name  # type: ignore[assignment]  # the three left are dimensions too
        day = event.hour[:10]
        self._tables[event.site, day, name][self._admit(event, name, event.target), ""][EVENTS] += 1

    def _admit(self, event: Event, dimension: Dimension, value: str) -> str:
        admitted = self._limits.admit(event.site, dimension, event.hour[:10], value)
        if admitted == OTHER:
            self._capped[event.site, event.hour] += 1
        return admitted


def fold(events: Iterable[Event], limits: Limits) -> Increments:
    """The increments of some events; the same sums in whatever order and grouping they come."""
    events = tuple(events)
    return (*fold_totals(events), *fold_cells(events, limits))


def fold_totals(events: Iterable[Event]) -> Increments:
    """The hourly totals alone: few rows, however many events."""
    totals = Totals()
    totals.add(events)
    return totals.increments()


def fold_cells(events: Iterable[Event], limits: Limits) -> Increments:
    """All the rest."""
    cells = Cells(limits)
    cells.add(events)
    return cells.increments()


def singles(values: Values) -> dict[tuple[str, str], int]:
    """How often each value comes, named as a cell without another side."""
    return {(value, ""): by for value, by in Counter(values).items()}


def known(values: Values) -> Values:
    """The values, with a word for what was not told."""
    return tuple(value or UNKNOWN for value in values) if "" in values else values


def bucket(amount: int, bounds: tuple[tuple[int, str], ...], beyond: str) -> str:
    """The name of the class an amount falls in."""
    return next((name for bound, name in bounds if amount < bound), beyond)
