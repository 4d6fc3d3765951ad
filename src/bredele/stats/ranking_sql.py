"""The largest cells, asked of SQL: several rankings in one statement, as SQLite and PostgreSQL both read it."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bredele.stats.catalogue import BASE, PAIRS, Column
from bredele.stats.sql import each_of, sides
from bredele.stats.store import Cut

Asking = tuple[str, tuple[Any, ...]]
"""SQL, and the values of its places in order."""
Sums = dict[Column, Asking]
"""A rounded sum as SQL, by column."""
ROUNDED = "(CASE WHEN {0} >= ? THEN ({1} + ?) / ? * ? ELSE 0 END)"
"""One cell's column, rounded; zero where its count is under k."""
WHOLE, NAMED = -1, -2
"""Where a row belongs: to all values together, or to the one it names."""


class Source(NamedTuple):
    """Where names and their rounded sums are read: what stands before the statement, the sums, and FROM ... WHERE.

    A base is rounded up by `slack` at most, and counts nothing under `k`: so a sum is at least that much only where its
    base is no less than `slack` below.
    """

    before: Asking
    name: str
    sums: Sums
    rows: Asking
    k: int = 1
    slack: int = 0


def rankings(source: Source, bases: Sequence[Column], least: Sequence[int], limit: int, named: Sequence[str]) -> Asking:
    """Rows (place, name, rounded sum by column of the source, number by base).

    WHOLE: the bases' sums over all values and their numbers. NAMED, without numbers: of each ranking the largest that
    have `least` or more, and those asked for by name.
    """
    sums = joined(source.sums.values())
    none = ", 0" * len(bases)
    rows, held = source.rows
    enough = [max(wanted - source.slack, source.k) for wanted in least]
    whole = joined(
        (f"SUM({figure})", given) if base in bases else ("0", ()) for base, (figure, given) in source.sums.items()
    )
    many = joined((f"SUM(CASE WHEN {base} >= ? THEN 1 ELSE 0 END)", (source.k,)) for base in bases)
    parts = [(f"SELECT {WHOLE} AS place, '' AS name, {whole[0]}, {many[0]}{rows}", (*whole[1], *many[1], *held))]
    listed = f"SELECT {NAMED}, {source.name}, {sums[0]}{none}{rows} AND"
    if all(least):  # few values pass so high a bar: one look finds those of every ranking
        any_of = " OR ".join(f"{base} >= ?" for base in bases)
        parts.append((f"{listed} ({any_of})", (*sums[1], *held, *enough)))
    else:
        parts += [top(source, base, sums, none, bar, limit) for base, bar in zip(bases, enough, strict=True)]
    if named:
        parts.append((f"{listed} {source.name} IN ({places(named)})", (*sums[1], *held, *named)))
    statement, values = joined(parts, " UNION ALL ")
    return source.before[0] + statement, (*source.before[1], *values)


def top(source: Source, base: Column, sums: Asking, none: str, bar: int, limit: int) -> Asking:
    """The largest of one ranking."""
    figure, given = source.sums[base]
    rows, held = source.rows
    statement = (
        f"SELECT * FROM (SELECT {NAMED}, {source.name} AS name, {sums[0]}{none}{rows} AND {base} >= ?"  # noqa: S608  # names are ours
        f" ORDER BY {figure} DESC, name LIMIT ?) AS top_{base}"
    )
    return statement, (*sums[1], *held, bar, *given, limit)


def source_of(
    cut: Cut, bases: Sequence[Column], columns: Sequence[Column], k: int, whole: Sequence[str] = ()
) -> Source:
    """What a cut's names are read from. `whole`: those of its days of which nothing was closed away yet.

    The names of a single day need not be added up: its rows are read where they are, with all columns, once for each
    part of the statement, which is cheaper than a table of its own. All else makes one, of the bases.
    """
    if not cut.months and len(cut.days) == 1 and cut.value is None:
        return Source(("", ()), cut.listed, sums_of(columns, k), some("cell_day", cut, cut.days), k, k // 2)
    found, given = added_up(cut, bases, k, whole)
    sums: Sums = {base: (base, ()) for base in bases}
    return Source((f"WITH found AS MATERIALIZED ({found}) ", given), "name", sums, (" FROM found WHERE 1 = 1", ()))


def details(cut: Cut, names: Sequence[str], columns: Sequence[Column], k: int) -> Asking:
    """Rows (name, rounded sum by column) of the days of some names."""
    sums, given = joined((f"SUM({figure})", values) for figure, values in sums_of(columns, k).values())
    rows, held = some("cell_day", cut, cut.days)
    statement = f"SELECT {cut.listed}, {sums}{rows} AND {cut.listed} IN ({places(names)}) GROUP BY {cut.listed}"
    return statement, (*given, *held, *names)


def of_months(cut: Cut, names: Sequence[str], columns: Sequence[Column]) -> Asking:
    """Rows (name, month, exact columns) of the closed months of some names."""
    rows, held = some("cell_month", cut, cut.months)
    statement = f"SELECT {cut.listed}, period, {', '.join(columns)}{rows} AND {cut.listed} IN ({places(names)})"
    return statement, (*held, *names)


def most_of_days(cut: Cut, names: Sequence[str], columns: Sequence[Column], k: int) -> Asking:
    """Rows (name, month, by column how much the windows of its released days exceed those of days below k, summed; see
    `stats.rounding`)."""
    windows = ", ".join(
        f"SUM(CASE WHEN {column} >= ? THEN ({column} + ?) / ? * ? + ? - ? ELSE 0 END)" for column in columns
    )
    rows, held = some("cell_day", cut, cut.days)
    statement = (
        f"SELECT {cut.listed}, substr(period, 1, 7), {windows}{rows}"
        f" AND {cut.listed} IN ({places(names)}) GROUP BY 1, 2"
    )
    return statement, (*(k, k // 2, k, k, k // 2 - 1, k - 1) * len(columns), *held, *names)


def added_up(cut: Cut, bases: Sequence[Column], k: int, whole: Sequence[str]) -> Asking:
    """Rows (name, rounded sum by base) of all names that count anything, over days, closed months or both."""
    sums, given = joined((f"SUM({figure}) AS {base}", values) for base, (figure, values) in sums_of(bases, k).items())
    enough = " OR ".join(f"{base} >= ?" for base in bases)
    cells: list[tuple[str, Sequence[str], bool]] = [("cell_day", cut.days, False), ("cell_month", cut.months, False)]
    if cut.value is not None:
        cells[:1] = [("cell_day", tuple(day for day in cut.days if day not in whole), False), ("cell_day", whole, True)]
    parts: list[Asking] = []
    for table, periods, led in cells:
        if periods:
            rows, held = some(table, cut, periods)
            leading, leaders = others_seen(cut, periods, k) if led else ("", ())
            statement = f"SELECT {cut.listed} AS name, {sums}{rows} AND ({enough}){leading} GROUP BY {cut.listed}"
            parts.append((statement, (*given, *held, *(k for _ in bases), *leaders)))
    if len(parts) == 1:
        return parts[0]
    both, values = joined(parts, " UNION ALL ")
    again = ", ".join(f"SUM({base}) AS {base}" for base in bases)
    return f"SELECT name, {again} FROM ({both}) AS parts GROUP BY name", values  # noqa: S608  # names are ours


def some(table: str, cut: Cut, periods: Sequence[str]) -> Asking:
    """FROM and WHERE of a cut's cells in some periods, but for "other"."""
    when, names = each_of(periods)
    narrowed, held = sides(*cut.sides)
    rows = f" FROM {table} WHERE site = ? AND dimension = ?{when}{narrowed} AND {cut.listed} <> ''"
    return rows, (cut.site, cut.dimension, *names, *held)


def others_seen(cut: Cut, days: Sequence[str], k: int) -> Asking:
    """The other sides that reach k by themselves on open days: with them named, the cells of one value are looked up
    where the days would be read whole. A closed day keeps some pairs whose sides it does not."""
    when, days = each_of(days)
    side = PAIRS[cut.dimension][1]
    return (
        f" AND other IN (SELECT value FROM cell_day WHERE site = ? AND dimension = ?{when} AND other = ''"  # noqa: S608  # names are ours
        f" AND {BASE[side]} >= ?)"
    ), (cut.site, side, *days, k)


def sums_of(columns: Sequence[Column], k: int) -> Sums:
    """Columns of a cell, each rounded to k."""
    return {column: (ROUNDED.format(counted(column), column), (k, k // 2, k, k)) for column in columns}


def counted(column: Column) -> Column:
    """The count a column is small by: engaged seconds belong to the leaves they were measured at."""
    return "leaves" if column == "seconds" else column


def joined(parts: Iterable[Asking], by: str = ", ") -> Asking:
    """Pieces of a statement, with all their values."""
    parts = tuple(parts)
    return by.join(text for text, _ in parts), tuple(value for _, values in parts for value in values)


def places(values: Sequence[str]) -> str:
    """A place for each value."""
    return ", ".join("?" * len(values))
