"""What every store in SQL does the same way; an engine adds its connection, its transaction and its placeholders."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, ClassVar

from msgspec.structs import astuple

from bredele.stats import ranking_sql, sql
from bredele.stats.catalogue import Column, Dimension, K
from bredele.stats.event import Cell, Chosen, Grown, Happening, Hourly, Increments, Sums
from bredele.stats.store import Cut, DayTotal, Deletion, Key, Largest, Mark, Week

Values = Sequence[Any]
DAY_LENGTH = len("2026-11-24")
HOURS = 24


class SqlStore(ABC):
    """A `Store` over SQL. `still` is what keeps others from adding until a transaction ends, where it does not so by
    itself."""

    still: ClassVar[str] = ""

    @abstractmethod
    def read(self, statement: str, values: Values) -> list[tuple[Any, ...]]:
        """Rows of a reading, outside any transaction of ours."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Any]:
        """A cursor in a transaction that is committed at the end of the block, or undone by an error."""

    @abstractmethod
    def run(self, cursor: Any, statement: str, values: Values) -> int:
        """One statement; how many rows it changed."""

    @abstractmethod
    def many(self, cursor: Any, statement: str, rows: Sequence[Values]) -> None:
        """One statement for many rows."""

    def grow(self, cursor: Any, table: str, place: tuple[str, str, str], rows: Sequence[Values]) -> None:
        """Add to cells of one (site, dimension, period); a row is the other side, the value, the sums."""
        self.many(cursor, sql.cell(table), [(*place, *row) for row in rows])

    @abstractmethod
    def shape(self) -> frozenset[tuple[str, str]]:
        """See `Store.shape`."""

    @abstractmethod
    def links(self) -> int:
        """See `Store.links`."""

    @abstractmethod
    def close(self) -> None:
        """See `Store.close`."""

    def add(self, increments: Increments, mark: Mark | None = None, closings: Sequence[Mark] = ()) -> bool:
        """See `Store.add`. Rows are sorted: two writers then never wait for each other crosswise."""
        with self.transaction() as cursor:
            if mark is not None and not self.run(cursor, sql.MARK, (mark.source, mark.upto)):
                return False
            self.many(cursor, sql.HOURLY, sorted(rows_of(increments, Hourly)))
            self.many(cursor, sql.CHOSEN, sorted(rows_of(increments, Chosen)))
            self._add_cells(cursor, increments)
            self.many(cursor, sql.MARK, [(closing.source, closing.upto) for closing in closings])
            marks = (*closings, mark) if mark is not None else closings
            self._open(
                cursor, {(part.site, part.period) for part in increments if isinstance(part, Cell | Grown)}, marks
            )
            self.many(cursor, sql.CHANGED, [(site, day, sunday(day)) for site, day in sorted(days_changed(increments))])
        return True

    def _add_cells(self, cursor: Any, increments: Increments) -> None:
        """Table by table; then drop what has shrunk to nothing."""
        rows: dict[tuple[str, str, str], list[tuple[Any, ...]]] = defaultdict(list)
        shrunk: set[tuple[str, str, str]] = set()
        for part in increments:
            if isinstance(part, Grown):
                grown = ((other, value, *sums) for (value, other), sums in part.cells.items())
                rows[part.site, part.dimension, part.period].extend(grown)
            elif isinstance(part, Cell):
                sums = astuple(part)[5:]
                rows[part.site, part.dimension, part.period].append((part.other, part.value, *sums))
                if min(sums) < 0:
                    shrunk.add((part.site, part.dimension, part.period))
        for place in sorted(rows):
            table = "cell_day" if len(place[2]) == DAY_LENGTH else "cell_month"
            self.grow(cursor, table, place, sorted(rows[place]))
            if place in shrunk:
                self.run(cursor, sql.vanished(table), place)

    def _open(self, cursor: Any, periods: Iterable[tuple[str, str]], marks: Sequence[Mark]) -> None:
        """Remember which days and months have yet to be closed; forget those that these marks close."""
        known = {(site, period[:length]) for site, period in periods for length in (7, DAY_LENGTH)}
        self.many(cursor, sql.OPEN, [(site, period, closed(site, period)) for site, period in sorted(known)])
        closes = [mark.source.split(" ")[1:] for mark in marks if mark.source.startswith("close ")]
        self.many(cursor, sql.CLOSE, closes)

    def mark(self, source: str) -> int:
        """See `Store.mark`."""
        rows = self.read(sql.READ_MARK, (source,))
        return int(rows[0][0]) if rows else 0

    def hourly(self, site: str, start: date, end: date) -> Mapping[tuple[str, str], int]:
        """See `Store.hourly`."""
        rows = self.read(sql.READ_HOURLY, (site, start.isoformat(), (end + timedelta(days=1)).isoformat()))
        return {(hour, metric): total for hour, metric, total in rows}

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
        """See `Store.daily`."""
        span = sql.between(start.isoformat(), end.isoformat())
        if value is not None or other is not None:
            span = sql.each_of(days_between(start, end))
        return self._cells("cell_day", site, dimension, span, value, other)

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
        """See `Store.monthly`."""
        return self._cells("cell_month", site, dimension, sql.between(*months(start, end)), value, other)

    def _cells(
        self,
        table: str,
        site: str,
        dimension: str,
        span: tuple[str, tuple[str, ...]],
        value: str | None,
        other: str | None,
    ) -> Mapping[Key, Sums]:
        narrowed, sides = sql.sides(dimension, value, other)
        rows = self.read(sql.read(table, span[0] + narrowed), (site, dimension, *span[1], *sides))
        return {(row[0], row[1], row[2]): Sums(*row[3:]) for row in rows}

    def day_totals(self, site: str, start: date, end: date) -> Mapping[tuple[str, str], DayTotal]:
        """See `Store.day_totals`. An hour without a row is a figure below k as well."""
        span = (start.isoformat(), (end + timedelta(days=1)).isoformat())
        rows = self.read(sql.DAY_TOTALS, (K, K, K // 2, K, K, K // 2, site, *span))
        return {
            (day, metric): DayTotal(int(total), int(most) + (K - 1) * (HOURS - hours))
            for day, metric, total, hours, most in rows
        }

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
        """See `Store.largest`: first which, by the bases; then the columns of those only."""
        whole = tuple(day for day in cut.days if not self.mark(closed(cut.site, day))) if cut.value is not None else ()
        source = ranking_sql.source_of(cut, bases, columns, k, whole)
        found = self.read(*ranking_sql.rankings(source, bases, least or (0,) * len(bases), limit, named))
        every = next(row for row in found if row[0] == ranking_sql.WHOLE)
        found = [row for row in found if row[0] == ranking_sql.NAMED]
        told = tuple(source.sums)
        places, end = [2 + told.index(base) for base in bases], 2 + len(told)
        ranks = {row[1]: tuple(int(row[place]) for place in places) for row in found}
        if set(told) >= set(columns) and not cut.months:
            order = [2 + told.index(column) for column in columns]
            sums = {row[1]: tuple(int(row[place]) for place in order) for row in found}
        else:
            sums = self._details(cut, tuple(dict.fromkeys((*ranks, *named))), columns, k)
        return Largest(
            ranks=ranks,
            sums=sums,
            whole=tuple(int(every[place] or 0) for place in places),
            many=tuple(int(many or 0) for many in every[end:]),
        )

    def _details(
        self, cut: Cut, names: tuple[str, ...], columns: tuple[Column, ...], k: int
    ) -> dict[str, tuple[int, ...]]:
        """The columns of some names over the days: a base may be small where another column is not."""
        rows = self.read(*ranking_sql.details(cut, names, columns, k)) if names and cut.days else ()
        return {row[0]: tuple(map(int, row[1:])) for row in rows}

    def month_cells(
        self, cut: Cut, names: tuple[str, ...], columns: tuple[Column, ...], k: int
    ) -> Mapping[tuple[str, str, Column], DayTotal]:
        """See `Store.month_cells`. The days are asked for only where a month's own figure might be too much.

        A total beyond the most its days are known to sum to holds a day that hid another one: nothing follows from it.
        """
        if not cut.months or not names:
            return {}
        cells: dict[tuple[str, str, Column], int] = {}
        for row in self.read(*ranking_sql.of_months(cut, names, columns)):
            sums = dict(zip(columns, row[2:], strict=True))
            cells |= {(row[0], row[1], column): int(total) for column, total in sums.items() if large(sums, column, k)}
        near = [key for key, total in cells.items() if rounds_up(total, k) and total > (k - 1) * length_of(key[1]) - k]
        more: dict[tuple[str, str, Column], int] = {}
        if near:
            few, when = tuple({key[0] for key in near}), {key[1] for key in near}
            days = tuple(day for month in when for day in days_of(month))
            for row in self.read(*ranking_sql.most_of_days(cut._replace(days=days), few, columns, k)):
                more |= {(row[0], row[1], column): int(by) for column, by in zip(columns, row[2:], strict=True)}
        return {
            key: DayTotal(
                total, most if (most := (k - 1) * length_of(key[1]) + more.get(key, 0)) >= total else total + k
            )
            for key, total in cells.items()
        }

    def rolled(self, site: str, start: date, end: date) -> Mapping[str, str]:
        """See `Store.rolled`."""
        return dict(self.read(sql.READ_ROLLED, (site, start.isoformat(), end.isoformat())))

    def rollups(self, site: str, kind: str, name: str, days: Sequence[str]) -> Mapping[str, str | None]:
        """See `Store.rollups`."""
        return dict(self.read(sql.read_rollups(len(days)), (kind, name, site, *days)))

    def roll_up(self, site: str, day: str, made: Callable[[], Week]) -> None:
        """See `Store.roll_up`."""
        with self.transaction() as cursor:
            if self.still:
                self.run(cursor, self.still, ())
            self.run(cursor, sql.DROP_ROLLUPS, (site, day))
            week = made()
            self.many(cursor, sql.ROLLUP, [(site, day, *rollup) for rollup in week.rollups])
            for statement, values in ((sql.CHANGED, (site, day, day)), (sql.ROLLED, (site, day, week.since))):
                self.run(cursor, statement, values)

    def unrolled(self) -> tuple[tuple[str, str], ...]:
        """See `Store.unrolled`."""
        done = set(self.read(sql.READ_ALL_ROLLED, ()))
        over = (tuple(source.split(" ")[1:]) for (source,) in self.read(sql.READ_CLOSED, ()))
        return tuple(sorted((site, day) for site, day in over if (site, day) not in done))

    def choices(self, site: str, start: date, end: date) -> Mapping[tuple[str, int, str, Happening], int]:
        """See `Store.choices`."""
        rows = self.read(sql.READ_CHOSEN, (site, start.isoformat(), end.isoformat()))
        return {(day, version, language, outcome): total for day, version, language, outcome, total in rows}

    def open_periods(self, before: str) -> tuple[tuple[str, str], ...]:
        """See `Store.open_periods`."""
        return tuple((site, period) for site, period in self.read(sql.READ_OPEN, (before,)))

    def forget(self, before: date, today: date) -> int:
        """See `Store.forget`."""
        day = before.isoformat()
        month = day[:7] if before.day == 1 else day[:7] + "~"
        with self.transaction() as cursor:
            gone = sum(self.run(cursor, statement, (day,)) for statement in sql.FORGET)
            gone += self.run(cursor, sql.FORGET_MONTHS, (month,))
            self.run(cursor, sql.FORGET_MARKS, (day,))
            for statement in sql.FORGET_ROLLUPS:
                self.run(cursor, statement, (sunday(day),))
            if gone:
                self.run(cursor, sql.DELETION, (today.isoformat(), day, gone))
        return gone

    def small_cells(self, today: date, k: int) -> tuple[tuple[str, str, int], ...]:
        """See `Store.small_cells`."""
        limits = (k,) * len(sql.COUNTS)
        days = self.read(sql.small("cell_day"), (today.isoformat(), *limits))
        months = self.read(sql.small("cell_month"), (f"{today:%Y-%m}", *limits))
        return tuple((site, period, many) for site, period, many in (*days, *months))

    def mentions(self, text: str) -> int:
        """See `Store.mentions`. LIKE's own signs stand for themselves."""
        plain = "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in text.lower())
        return sum(
            int(self.read(statement, (f"%{plain}%",) * statement.count("?"))[0][0]) for statement in sql.MENTIONS
        )

    def oldest(self) -> str:
        """See `Store.oldest`."""
        return self.read(sql.OLDEST, ())[0][0] or ""

    def deletions(self) -> tuple[Deletion, ...]:
        """See `Store.deletions`."""
        return tuple(Deletion(*row) for row in self.read(sql.READ_DELETIONS, ()))


def rows_of(increments: Increments, kind: type[Hourly | Chosen]) -> list[tuple[Any, ...]]:
    """The increments of one kind as column values in the order of the INSERT."""
    names = kind.__struct_fields__
    return [tuple(getattr(part, name) for name in names) for part in increments if isinstance(part, kind)]


def days_changed(increments: Increments) -> set[tuple[str, str]]:
    """(site, day) of every day that these add to."""
    cells = {(part.site, part.period) for part in increments if isinstance(part, Cell | Grown)}
    hours = {(part.site, part.hour[:DAY_LENGTH]) for part in increments if isinstance(part, Hourly)}
    return {(site, day) for site, day in cells | hours if len(day) == DAY_LENGTH}


def sunday(day: str) -> str:
    """The last day of its week: rollups of a day hold what its week has up to it."""
    when = date.fromisoformat(day)
    return (when + timedelta(days=6 - when.weekday())).isoformat()


def closed(site: str, period: str) -> str:
    """The source of the mark that a period was closed."""
    return f"close {site} {period}"


@lru_cache(maxsize=64)
def days_between(start: date, end: date) -> tuple[str, ...]:
    """Every day from one to another, both included."""
    return tuple((start + timedelta(days=number)).isoformat() for number in range((end - start).days + 1))


@lru_cache(maxsize=512)
def days_of(month: str) -> tuple[str, ...]:
    """Every day of a month `2026-11`."""
    first = date.fromisoformat(f"{month}-01")
    return days_between(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def length_of(month: str) -> int:
    """How many days it has."""
    return len(days_of(month))


def large(sums: Mapping[Column, int], column: Column, k: int) -> bool:
    """Whether the count that a column is small by reaches k."""
    return sums.get(ranking_sql.counted(column), sums[column]) >= k


def rounds_up(total: int, k: int) -> bool:
    """Whether the nearest multiple of k lies above: only then may a figure be too much (`stats.rounding`)."""
    return total % k * 2 >= k


def months(start: date, end: date) -> tuple[str, str]:
    """The months whose first day lies in the range, as two texts; an empty range where none does."""
    first = start if start.day == 1 else (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first.isoformat()[:7], end.isoformat()[:7]
