"""What was read of a file, summed: totals of each day, cells of each dimension, and what the source cannot give."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import get_args

from bredele.stats.catalogue import COLUMNS, OTHER, PAIRS, SINGLE, Dimension, Metric
from bredele.stats.event import UNKNOWN_HOUR, Cell, Chosen, Hourly, Increment, Increments
from bredele.stats.hygiene import clean
from bredele.stats.limits import Limits, unlimited
from bredele.stats.store import Mark

METRICS: tuple[Metric, ...] = get_args(Metric)
MAIN: frozenset[Metric] = frozenset(("views", "visits", "visitors_day"))
ORDER: tuple[Dimension, ...] = (*SINGLE, *PAIRS)
Place = tuple[str, Dimension, str, str]


class Gathered:
    """Sums by day, for one site; `kind` names the format. `notes` are told to whoever imports."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.site = ""
        self.notes: list[str] = []
        self.closed: tuple[str, ...] = ()
        """Periods that were closed where an export of ours comes from."""
        self._limits = Limits(unlimited)
        self._totals: dict[tuple[str, Metric], int] = defaultdict(int)
        self._cells: dict[Place, dict[str, int]] = defaultdict(dict)
        self._answers: list[Chosen] = []
        self._parted: dict[tuple[str, Dimension], Counter[Metric]] = defaultdict(Counter)

    def total(self, hour: str, metric: Metric, by: int) -> None:
        """A total grows; a metric once named is known, even at zero. `hour` may be a day."""
        self._totals[hour if "T" in hour else f"{hour}T{UNKNOWN_HOUR}", metric] += by

    def cell(self, period: str, dimension: Dimension, value: str, other: str, **by: int) -> None:
        """A cell grows, as it is."""
        sums = self._cells[period, dimension, value, other]
        for column in COLUMNS:
            if by.get(column):
                sums[column] = sums.get(column, 0) + by[column]

    def value(self, day: str, dimension: Dimension, value: str, **by: int) -> None:
        """A cell of a day grows; a value beyond the day's number goes to "other", as when it is counted here."""
        admitted = self._limits.admit("", dimension, day, value)
        if admitted == OTHER and value != OTHER:
            self.total(day, "capped", 1)
        self.cell(day, dimension, admitted, "", **by)

    def page(self, day: str, address: str, views: int, **by: int) -> None:
        """A page's cell grows; queries and ids go, as when it is counted here (ANA-11)."""
        path, masked = clean(address)
        if masked and views:
            self.total(day, "masked", views)
        self.value(day, "page", path, views=views, **by)

    def summed(self, day: str, dimension: Dimension, by: dict[Metric, int]) -> None:
        """What a dimension's parts of a day sum to, should the day have no totals of its own."""
        self._parted[day, dimension].update(by)

    def complete(self) -> None:
        """Give days without totals those of their first dimension."""
        known = {hour[:10] for hour, metric in self._totals if metric in MAIN}
        ranked = sorted(self._parted.items(), key=lambda part: (part[0][0], ORDER.index(part[0][1])))
        for (day, _), sums in ranked:
            if day not in known:
                for metric, by in sums.items():
                    self.total(day, metric, by)
                known.add(day)

    def answer(self, chosen: Chosen) -> None:
        """An answer to a banner."""
        self._answers.append(chosen)

    def note(self, text: str) -> None:
        """Something to tell, once."""
        if text not in self.notes:
            self.notes.append(text)

    def days(self) -> tuple[date, ...]:
        """Every day with figures."""
        found = {hour[:10] for hour, _ in self._totals} | {period for period, *_ in self._cells if len(period) > 7}
        return tuple(sorted(map(date.fromisoformat, found | {answer.day for answer in self._answers})))

    def only(self, first: date, last: date) -> None:
        """Drop the other days (and the months of an export that lie outside)."""
        low, high = first.isoformat(), last.isoformat()
        self._totals = {key: by for key, by in self._totals.items() if low <= key[0][:10] <= high}
        self._cells = {
            key: by
            for key, by in self._cells.items()
            if (low <= key[0] <= high if len(key[0]) > 7 else low[:7] <= key[0] <= high[:7])
        }
        self._answers = [answer for answer in self._answers if low <= answer.day <= high]
        self.closed = tuple(period for period in self.closed if low[: len(period)] <= period <= high[: len(period)])

    def totals(self) -> dict[Metric, int | None]:
        """Each metric over all days; None for one the source knows nothing of."""
        sums: dict[Metric, int] = defaultdict(int)
        for (_, metric), by in self._totals.items():
            sums[metric] += by
        return {metric: sums.get(metric) for metric in METRICS}

    def increments(self, site: str) -> Increments:
        """Everything, for one site."""
        return tuple(self._parts(site))

    def marks(self, site: str) -> tuple[Mark, ...]:
        """The closings to repeat."""
        return tuple(Mark(f"close {site} {period}", 1) for period in self.closed)

    def _parts(self, site: str) -> Iterable[Increment]:
        for (hour, metric), by in self._totals.items():
            yield Hourly(site, hour, metric, by)
        for (period, dimension, value, other), sums in self._cells.items():
            if sums:
                yield Cell(site, period, dimension, value, other, **sums)
        for answer in self._answers:
            yield Chosen(site, answer.day, answer.version, answer.language, answer.outcome, answer.by)
