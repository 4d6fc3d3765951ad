"""What every store in SQL does the same way; an engine adds its connection, its transaction and its placeholders."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from bredele.stats import sql
from bredele.stats.catalogue import COLUMNS, PAIRS, Column, Dimension, K
from bredele.stats.event import Cell, Chosen, Happening, Hourly, Increments, Sums
from bredele.stats.store import DayTotal, Deletion, Key, Largest, Mark

Values = Sequence[Any]
DAY_LENGTH = len("2026-11-24")
HOURS = 24
AT_ONCE = 3
"""So many columns are summed for every value while they are ranked; more are looked up for the largest only."""


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
            cells = [part for part in increments if isinstance(part, Cell)]
            self._add_cells(cursor, cells)
            self.many(cursor, sql.MARK, [(closing.source, closing.upto) for closing in closings])
            marks = (*closings, mark) if mark is not None else closings
            self._open(cursor, {(part.site, part.period) for part in cells}, marks)
        return True

    def _add_cells(self, cursor: Any, cells: Sequence[Cell]) -> None:
        for table, statement, days in (("cell_day", sql.CELL_DAY, True), ("cell_month", sql.CELL_MONTH, False)):
            rows = sorted(cell_row(cell) for cell in cells if (len(cell.period) == DAY_LENGTH) is days)
            self.many(cursor, statement, rows)
            shrunk = {tuple(row[:3]) for row in rows if min(row[5:]) < 0}
            self.many(cursor, sql.vanished(table), sorted(shrunk))

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
        months: tuple[str, ...] = (),
        value: str | None = None,
        other: str | None = None,
    ) -> Largest:
        """See `Store.largest`: first which, by one column; then, if they are many, the other columns of those only."""
        narrowed, sides = sql.sides(value, other)
        side = side_of(dimension, value)
        each, days = sql.each_of([day for day in days_between(start, end) if day[:7] not in months])
        span, periods = (each, days) if narrowed or months else sql.between(start.isoformat(), end.isoformat())
        if not months and len(columns) <= AT_ONCE:
            statement = sql.ranked_at_once(columns, side, span + narrowed)
            given = (*(k, k // 2, k, k) * len(columns), site, dimension, *periods, *sides, limit)
            return largest_of(self.read(statement, given))
        whole, of_months = sql.each_of(months)
        parts = [(k // 2, k, k, site, dimension, k, *found, *sides) for found in (periods, of_months) if found]
        of_days, months_too = span + narrowed if periods else "", whole + narrowed if months else ""
        statement = sql.ranked(columns[0], side, of_days, months_too)
        found = self.read(statement, (*(value for part in parts for value in part), limit))
        more, names = columns if months else columns[1:], tuple(row[0] for row in found)
        details = self._details(site, dimension, names, more, k, each + narrowed, (*days, *sides), side) if days else {}
        nothing = (0,) * len(more)
        return largest_of(
            [(*row[: 1 if months else 2], *details.get(row[0], nothing)) for row in found],
            found[0][2:] if found else (),
        )

    def rankings(
        self,
        site: str,
        dimension: Dimension,
        start: date,
        end: date,
        rankings: tuple[tuple[Column, ...], ...],
        k: int,
        limit: int,
    ) -> tuple[Largest, ...]:
        """See `Store.rankings`."""
        columns = tuple(dict.fromkeys(column for ranking in rankings for column in ranking))
        step = (k, k // 2, k, k) * len(columns)
        span = (site, dimension, start.isoformat(), end.isoformat())
        statement = sql.rankings(columns, [ranking[0] for ranking in rankings])
        found = self.read(statement, (*step, *span, *(limit for _ in rankings)))
        return tuple(ranking_of(found, place, columns, ranking) for place, ranking in enumerate(rankings))

    def _details(
        self,
        site: str,
        dimension: str,
        names: tuple[str, ...],
        columns: tuple[Column, ...],
        k: int,
        narrowed: str,
        values: Values,
        side: str,
    ) -> dict[str, tuple[int, ...]]:
        """Sums of rounded days by name."""
        if not names or not columns:
            return {}
        given = (*(k, k // 2, k, k) * len(columns), site, dimension, *names, *values)
        rows = self.read(sql.detailed(columns, side, len(names), narrowed), given)
        return {row[0]: tuple(map(int, row[1:])) for row in rows}

    def month_cells(
        self,
        site: str,
        dimension: Dimension,
        months: tuple[str, ...],
        names: tuple[str, ...],
        columns: tuple[Column, ...],
        k: int,
        *,
        value: str | None = None,
        other: str | None = None,
    ) -> Mapping[tuple[str, str, Column], DayTotal]:
        """See `Store.month_cells`. The days are asked for only where a month's own figure might be too much.

        A total beyond the most its days are known to sum to holds a day that hid another one: nothing follows from it.
        """
        if not months or not names:
            return {}
        narrowed, sides = sql.sides(value, other)
        side, (each, periods) = side_of(dimension, value), sql.each_of(months)
        statement = sql.of_months(columns, side, len(names), each + narrowed)
        cells: dict[tuple[str, str, Column], int] = {}
        for row in self.read(statement, (site, dimension, *names, *periods, *sides)):
            sums = dict(zip(columns, row[2:], strict=True))
            cells |= {(row[0], row[1], column): int(total) for column, total in sums.items() if large(sums, column, k)}
        near = [key for key, total in cells.items() if rounds_up(total, k) and total > (k - 1) * length_of(key[1]) - k]
        more: dict[tuple[str, str, Column], int] = {}
        if near:
            few, when = tuple({key[0] for key in near}), tuple({key[1] for key in near})
            each, days = sql.each_of([day for month in when for day in days_of(month)])
            statement = sql.most_of_days(columns, side, len(few), each + narrowed)
            step = (k, k // 2, k, k, k // 2 - 1, k - 1) * len(columns)
            for row in self.read(statement, (*step, site, dimension, *few, *days, *sides)):
                more |= {(row[0], row[1], column): int(by) for column, by in zip(columns, row[2:], strict=True)}
        return {
            key: DayTotal(
                total, most if (most := (k - 1) * length_of(key[1]) + more.get(key, 0)) >= total else total + k
            )
            for key, total in cells.items()
        }

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


def largest_of(rows: Sequence[tuple[Any, ...]], whole: tuple[Any, ...] = ()) -> Largest:
    """Rows of name and sums; where `whole` is empty, the sum over all values and their number stand after the first."""
    if not rows:
        return Largest((), 0, 0)
    if whole:
        return Largest(tuple((row[0], tuple(map(int, row[1:]))) for row in rows), int(whole[0]), int(whole[1]))
    listed = tuple((row[0], (int(row[1]), *map(int, row[4:]))) for row in rows)
    return Largest(listed, int(rows[0][2]), int(rows[0][3]))


def ranking_of(
    rows: Sequence[tuple[Any, ...]], place: int, columns: tuple[Column, ...], ranking: tuple[Column, ...]
) -> Largest:
    """One of several rankings."""
    own = [row for row in rows if row[0] == place]
    whole = next(row for row in own if not row[1])
    wanted = [2 + columns.index(column) for column in ranking]
    listed = sorted((row for row in own if row[1]), key=lambda row: (-row[wanted[0]], row[1]))
    return Largest(
        tuple((row[1], tuple(int(row[number]) for number in wanted)) for row in listed),
        int(whole[2] or 0),
        int(whole[3]),
    )


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
    return sums.get(sql.counted(column), sums[column]) >= k


def rounds_up(total: int, k: int) -> bool:
    """Whether the nearest multiple of k lies above: only then may a figure be too much (`stats.rounding`)."""
    return total % k * 2 >= k


def side_of(dimension: Dimension, value: str | None) -> str:
    """The column that names what is listed: the other side of a pair narrowed to one value."""
    return "other" if value is not None and dimension in PAIRS else "value"


def months(start: date, end: date) -> tuple[str, str]:
    """The months whose first day lies in the range, as two texts; an empty range where none does."""
    first = start if start.day == 1 else (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first.isoformat()[:7], end.isoformat()[:7]


assert len(cell_row(Cell("", "", "page", ""))) == 5 + len(COLUMNS)  # noqa: S101  # the INSERT names as many columns
