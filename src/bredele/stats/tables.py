"""What every store in SQL does the same way; an engine adds its connection, its transaction and its placeholders."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

from bredele.stats import sql
from bredele.stats.catalogue import COLUMNS, Column, Dimension
from bredele.stats.event import Cell, Chosen, Happening, Hourly, Increments, Sums
from bredele.stats.store import Deletion, Key, Mark

Values = Sequence[Any]
DAY_LENGTH = len("2026-11-24")


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
        return self._cells("cell_day", site, dimension, (start.isoformat(), end.isoformat()), value, other)

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
        return self._cells("cell_month", site, dimension, months(start, end), value, other)

    def _cells(
        self, table: str, site: str, dimension: str, periods: tuple[str, str], value: str | None, other: str | None
    ) -> Mapping[Key, Sums]:
        narrowed, sides = sql.where(value, other)
        rows = self.read(sql.read(table, narrowed), (site, dimension, *periods, *sides))
        return {(row[0], row[1], row[2]): Sums(*row[3:]) for row in rows}

    def rounded(
        self,
        site: str,
        dimension: Dimension,
        start: date,
        end: date,
        columns: tuple[Column, ...],
        k: int,
        *,
        value: str | None = None,
        other: str | None = None,
        whole_months: bool = False,
    ) -> Mapping[tuple[str, str], tuple[int, ...]]:
        """See `Store.rounded`."""
        narrowed, sides = sql.where(value, other)
        table = "cell_month" if whole_months else "cell_day"
        periods = months(start, end) if whole_months else (start.isoformat(), end.isoformat())
        values = (*(k, k // 2, k, k) * len(columns), site, dimension, *periods, *sides)
        rows = self.read(sql.rounded(table, columns, narrowed), values)
        return {(row[0], row[1]): tuple(map(int, row[2:])) for row in rows}

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


def months(start: date, end: date) -> tuple[str, str]:
    """The months whose first day lies in the range, as two texts; an empty range where none does."""
    first = start if start.day == 1 else (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first.isoformat()[:7], end.isoformat()[:7]


assert len(cell_row(Cell("", "", "page", ""))) == 5 + len(COLUMNS)  # noqa: S101  # the INSERT names as many columns
