"""What every store in SQL does the same way; an engine adds its connection, its transaction and its placeholders."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

from bredele.stats import sql
from bredele.stats.catalogue import COLUMNS, PAIRS, Column, Dimension, K
from bredele.stats.event import Cell, Chosen, Happening, Hourly, Increments, Sums
from bredele.stats.store import DayTotal, Deletion, Key, Largest, Mark

Values = Sequence[Any]
DAY_LENGTH = len("2026-11-24")
HOURS = 24


class SqlStore(ABC):
    """A `Store` over SQL."""

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

    @abstractmethod
    def close(self) -> None:
        """See `Store.close`."""

    def add(self, increments: Increments, mark: Mark | None = None) -> bool:
        """See `Store.add`. Rows are sorted: two writers then never wait for each other crosswise."""
        with self.transaction() as cursor:
            if mark is not None and not self.run(cursor, sql.MARK, (mark.source, mark.upto)):
                return False
            self.many(cursor, sql.HOURLY, sorted(rows_of(increments, Hourly)))
            self.many(cursor, sql.CHOSEN, sorted(rows_of(increments, Chosen)))
            cells = [part for part in increments if isinstance(part, Cell)]
            self._add_cells(cursor, cells)
            self._open(cursor, {(part.site, part.period) for part in cells}, mark)
        return True

    def _add_cells(self, cursor: Any, cells: Sequence[Cell]) -> None:
        for table, statement, days in (("cell_day", sql.CELL_DAY, True), ("cell_month", sql.CELL_MONTH, False)):
            rows = sorted(cell_row(cell) for cell in cells if (len(cell.period) == DAY_LENGTH) is days)
            self.many(cursor, statement, rows)
            shrunk = {tuple(row[:3]) for row in rows if min(row[5:]) < 0}
            self.many(cursor, sql.vanished(table), sorted(shrunk))

    def _open(self, cursor: Any, periods: Iterable[tuple[str, str]], mark: Mark | None) -> None:
        """Remember which days and months have yet to be closed; forget the one this mark closes."""
        known = {(site, period[:length]) for site, period in periods for length in (7, DAY_LENGTH)}
        self.many(cursor, sql.OPEN, [(site, period, closed(site, period)) for site, period in sorted(known)])
        if mark is not None and mark.source.startswith("close "):
            _, site, period = mark.source.split(" ")
            self.run(cursor, sql.CLOSE, (site, period))

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
        narrowed, sides = sql.sides(value, other)
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
        site: str,
        dimension: Dimension,
        start: date,
        end: date,
        columns: tuple[Column, ...],
        k: int,
        limit: int,
        *,
        value: str | None = None,
        other: str | None = None,
    ) -> Largest:
        """See `Store.largest`: first which, by one column; then the other columns of those only."""
        narrowed, sides = sql.sides(value, other)
        every, days = sql.each_of(days_between(start, end))
        span, periods = (every, days) if narrowed else sql.between(start.isoformat(), end.isoformat())
        side = "other" if value is not None and dimension in PAIRS else "value"
        step = (k // 2, k, k)
        statement = sql.ranked(columns[0], side, span + narrowed)
        found = self.read(statement, (*step, site, dimension, k, *periods, *sides, limit))
        names, more = [row[0] for row in found], columns[1:]
        details: dict[str, tuple[int, ...]] = {}
        if names and more:
            values = (*(k, *step) * len(more), site, dimension, *names, *days, *sides)
            rows = self.read(sql.detailed(more, side, len(names), every + narrowed), values)
            details = {row[0]: tuple(map(int, row[1:])) for row in rows}
        return Largest(
            tuple((row[0], (int(row[1]), *details.get(row[0], ()))) for row in found),
            int(found[0][2]) if found else 0,
            found[0][3] if found else 0,
        )

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
            if gone:
                self.run(cursor, sql.DELETION, (today.isoformat(), day, gone))
        return gone

    def deletions(self) -> tuple[Deletion, ...]:
        """See `Store.deletions`."""
        return tuple(Deletion(*row) for row in self.read(sql.READ_DELETIONS, ()))


def rows_of(increments: Increments, kind: type[Hourly | Chosen]) -> list[tuple[Any, ...]]:
    """The increments of one kind as column values in the order of the INSERT."""
    names = kind.__struct_fields__
    return [tuple(getattr(part, name) for name in names) for part in increments if isinstance(part, kind)]


def cell_row(cell: Cell) -> tuple[Any, ...]:
    """Column values of a cell."""
    return (
        cell.site,
        cell.dimension,
        cell.period,
        cell.value,
        cell.other,
        cell.views,
        cell.visits,
        cell.visitors,
        cell.exits,
        cell.bounces,
        cell.leaves,
        cell.seconds,
        cell.events,
    )


def closed(site: str, period: str) -> str:
    """The source of the mark that a period was closed."""
    return f"close {site} {period}"


def days_between(start: date, end: date) -> tuple[str, ...]:
    """Every day from one to another, both included."""
    return tuple((start + timedelta(days=number)).isoformat() for number in range((end - start).days + 1))


def months(start: date, end: date) -> tuple[str, str]:
    """The months whose first day lies in the range, as two texts; an empty range where none does."""
    first = start if start.day == 1 else (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first.isoformat()[:7], end.isoformat()[:7]


assert len(cell_row(Cell("", "", "page", ""))) == 5 + len(COLUMNS)  # noqa: S101  # the INSERT names as many columns
