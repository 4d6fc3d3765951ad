"""What a statistics store must be able to do: add sums, and read them back. Any engine fits behind it.

Everything is additive: closing a day adds negative increments to its small cells and positive ones to the month, so an
engine needs nothing but sums (a row whose sums are all zero may vanish). Increments may be added in any order.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple, Protocol

import msgspec

from bredele.stats.catalogue import COLUMNS, Column, Dimension
from bredele.stats.event import Happening, Increments, Sums

Key = tuple[str, str, str]
"""(period, value, other)."""

CELL = ("site", "dimension", "period", "value", "other", *COLUMNS)
SHAPE = frozenset(
    (table, column)
    for table, columns in {
        "hourly": ("site", "hour", "metric", "total"),
        "cell_day": CELL,
        "cell_month": CELL,
        "answers": ("site", "day", "version", "language", "outcome", "total"),
        "mark": ("source", "upto"),
        "open_period": ("site", "period"),
        "deletion": ("day", "before", "gone"),
        "rolled": ("site", "day", "since"),
        "rollup": ("site", "day", "kind", "name", "body"),
    }.items()
    for column in columns
)
"""Every table and column there may be: a store that has another one fails its own check (ANA-04)."""


class Mark(msgspec.Struct, frozen=True):
    """How far a source was added: `source` an inbox, a closed period or an imported file; `upto` grows."""

    source: str
    upto: int


class Deletion(msgspec.Struct, frozen=True):
    """What the limit of retention deleted: every row before the day `before`, on the day `day`."""

    day: str
    before: str
    rows: int


class DayTotal(NamedTuple):
    """A day's total, and the most its hours could sum to if only their released figures were known (or a month's, of
    its days)."""

    total: int
    most: int


class Cut(NamedTuple):
    """Cells that are added up by name: of one dimension, on these days and in these closed months. Of a pair either
    `value` or `other` is held fast, and its other side names what is listed."""

    site: str
    dimension: Dimension
    days: tuple[str, ...]
    months: tuple[str, ...] = ()
    value: str | None = None
    other: str | None = None

    @property
    def listed(self) -> Literal["value", "other"]:
        """The side whose values are listed."""
        return "other" if self.value is not None else "value"

    @property
    def sides(self) -> tuple[Dimension, str | None, str | None]:
        """(dimension, value, other)."""
        return self.dimension, self.value, self.other


class Largest(NamedTuple):
    """The largest values by each of several columns (the bases), and some asked for by name.

    `ranks`: the rounded sums of the bases, by name. `sums`: those of all columns over the days alone. `whole` and
    `many`: by base the sum over all values and how many they are.
    """

    ranks: Mapping[str, tuple[int, ...]]
    sums: Mapping[str, tuple[int, ...]]
    whole: tuple[int, ...]
    many: tuple[int, ...]


class Rollup(NamedTuple):
    """A table's part of a week up to a closed day, ready to be added up (`stats.rollup`): `kind` says which table,
    `name` the value that a filter holds fast (else empty), `body` is JSON. It holds nothing that the days' sums do
    not."""

    kind: str
    name: str
    body: str


class Week(NamedTuple):
    """The rollups of a day, and the first day of its week that anything was counted on."""

    since: str
    rollups: Sequence[Rollup]


class Store(Protocol):
    """Exact sums. Nothing read here may be shown before `bredele.stats.release` made it safe."""

    def add(self, increments: Increments, mark: Mark | None = None, closings: Sequence[Mark] = ()) -> bool:
        """Add all of them or none, in one transaction; safe from several threads and processes at once.

        With a mark: only if the source was not yet added that far, and recorded with the sums: once, whatever crashes.
        `closings` are recorded with it: an import brings its closed days and months. Returns whether they were added.
        """

    def mark(self, source: str) -> int:
        """How far a source was added; 0 if never."""

    def hourly(self, site: str, start: date, end: date) -> Mapping[tuple[str, str], int]:
        """(hour, metric) -> total, for the days from `start` to `end`, both included."""

    def daily(
        self,
        site: str,
        dimension: Dimension,
        start: date,
        end: date,
        *,
        value: str | None = None,
        other: str | None = None,
    ) -> Mapping[Key, Sums]:
        """(day, value, other) -> sums, both days included; narrowed to one value or one other side of a pair."""

    def monthly(
        self,
        site: str,
        dimension: Dimension,
        start: date,
        end: date,
        *,
        value: str | None = None,
        other: str | None = None,
    ) -> Mapping[Key, Sums]:
        """(month, value, other) -> sums of every month whose first day lies in the range.

        While a month is open these are its waiting accumulators (never to be shown); once closed, its whole sums.
        """

    def day_totals(self, site: str, start: date, end: date) -> Mapping[tuple[str, str], DayTotal]:
        """(day, metric) -> the day's total, from its hours; days and metrics without any are left out."""

    def largest(
        self,
        cut: Cut,
        bases: tuple[Column, ...],
        columns: tuple[Column, ...],
        k: int,
        limit: int,
        named: tuple[str, ...] = (),
        least: tuple[int, ...] = (),
    ) -> Largest:
        """The `limit` values with the largest sums of each base, every cell rounded to k before it is added up, and
        those `named`. `least`: by base the sum below which a value need not be told.

        Cells under k count nothing, "other" is left out: the same as rounding what `daily` gives, computed where the
        rows are. A closed month counts as one cell instead of its days.
        """

    def month_cells(
        self, cut: Cut, names: tuple[str, ...], columns: tuple[Column, ...], k: int
    ) -> Mapping[tuple[str, str, Column], DayTotal]:
        """(name, month, column) -> the total of a closed month of the cut, and the most that its days could sum to if
        only their released figures were known; cells under k are left out."""

    def rolled(self, site: str, start: date, end: date) -> Mapping[str, str]:
        """Day -> the first day its rollups hold anything of, in order; for the days from `start` to `end`, both
        included, that are rolled up and have not changed since."""

    def rollups(self, site: str, kind: str, name: str, days: Sequence[str]) -> Mapping[str, str | None]:
        """Day -> body of those of the days that are rolled up; null where such a day has none of this name."""

    def roll_up(self, site: str, day: str, made: Callable[[], Week]) -> None:
        """Keep what is made of a day instead of what was; nobody adds anything meanwhile."""

    def unrolled(self) -> tuple[tuple[str, str], ...]:
        """(site, day) of the closed days that are not rolled up, or changed since."""

    def choices(self, site: str, start: date, end: date) -> Mapping[tuple[str, int, str, Happening], int]:
        """(day, version, language, happening) -> how often, both days included."""

    def open_periods(self, before: str) -> tuple[tuple[str, str], ...]:
        """(site, day) of the days before `before` (`2026-11-24`) that hold cells and bear no mark of being closed."""

    def forget(self, before: date, today: date) -> int:
        """Delete every row of a period that began before the day, record it, and say how many there were (ANA-07)."""

    def deletions(self) -> tuple[Deletion, ...]:
        """What was deleted so far, oldest first."""

    def shape(self) -> frozenset[tuple[str, str]]:
        """(table, column) of everything the store really holds, asked of the engine; see SHAPE."""

    def links(self) -> int:
        """How many foreign keys lead from these tables to any other."""

    def small_cells(self, today: date, k: int) -> tuple[tuple[str, str, int], ...]:
        """(site, period, how many) of cells with a name under k, in days before `today` and months before its month."""

    def mentions(self, text: str) -> int:
        """How many rows hold this text anywhere, case ignored: what can be said to whoever asks after a person."""

    def oldest(self) -> str:
        """The first day or hour of which anything is held; empty where nothing is."""

    def close(self) -> None:
        """Close this thread's connection."""
