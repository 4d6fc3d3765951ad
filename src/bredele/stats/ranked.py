"""The largest cells, asked of SQL: several rankings in one statement, as SQLite and PostgreSQL both read it."""

from collections.abc import Sequence
from typing import Any

from bredele.stats.catalogue import Column
from bredele.stats.sql import each_of, sides
from bredele.stats.store import Cut

Asking = tuple[str, tuple[Any, ...]]
"""SQL, and the values of its places in order."""
ROUNDED = "(CASE WHEN {0} >= ? THEN ({1} + ?) / ? * ? ELSE 0 END)"
"""One cell's column, rounded; zero where its count is under k."""
NAMED = -1
"""The place of rows that are asked for by name, beside those of the rankings."""


def rankings(cut: Cut, bases: Sequence[Column], k: int, limit: int, named: Sequence[str]) -> Asking:
    """Rows (place, name, rounded sum by base): of each ranking the largest, then (its place, '', the sums over all its
    values and their number) and at NAMED those asked for."""
    found, given = added_up(cut, bases, k)
    sums = ", ".join(bases)
    parts = []
    for place, base in enumerate(bases):
        parts.append(
            f"SELECT * FROM (SELECT {place} AS place, name, {sums}, 0 FROM found WHERE {base} > 0"  # noqa: S608  # names are ours
            f" ORDER BY {base} DESC, name LIMIT ?) AS top_{place}"
        )
        whole = ", ".join(f"SUM({one})" for one in bases)
        parts.append(f"SELECT {place}, '', {whole}, COUNT(*) FROM found WHERE {base} > 0")  # noqa: S608  # the same
    if named:
        parts.append(f"SELECT {NAMED}, name, {sums}, 0 FROM found WHERE name IN ({places(named)})")  # noqa: S608  # the same
    statement = f"WITH found AS MATERIALIZED ({found}) {' UNION ALL '.join(parts)}"
    return statement, (*given, *(limit for _ in bases), *named)


def details(cut: Cut, names: Sequence[str], columns: Sequence[Column], k: int) -> Asking:
    """Rows (name, rounded sum by column) of the days of some names."""
    sums, given = rounded(columns, k, summed=True)
    when, days = each_of(cut.days)
    narrowed, held = sides(*cut.sides)
    statement = (
        f"SELECT {cut.listed}, {sums} FROM cell_day WHERE site = ? AND dimension = ?{when}{narrowed}"  # noqa: S608  # names are ours
        f" AND {cut.listed} IN ({places(names)}) GROUP BY {cut.listed}"
    )
    return statement, (*given, cut.site, cut.dimension, *days, *held, *names)


def of_months(cut: Cut, names: Sequence[str], columns: Sequence[Column]) -> Asking:
    """Rows (name, month, exact columns) of the closed months of some names."""
    when, months = each_of(cut.months)
    narrowed, held = sides(*cut.sides)
    statement = (
        f"SELECT {cut.listed}, period, {', '.join(columns)} FROM cell_month WHERE site = ? AND dimension = ?"  # noqa: S608  # names are ours
        f"{when}{narrowed} AND {cut.listed} IN ({places(names)})"
    )
    return statement, (cut.site, cut.dimension, *months, *held, *names)


def most_of_days(cut: Cut, names: Sequence[str], columns: Sequence[Column], k: int) -> Asking:
    """Rows (name, month, by column how much the windows of its released days exceed those of days below k, summed; see
    `stats.rounding`)."""
    windows = ", ".join(
        f"SUM(CASE WHEN {column} >= ? THEN ({column} + ?) / ? * ? + ? - ? ELSE 0 END)" for column in columns
    )
    when, days = each_of(cut.days)
    narrowed, held = sides(*cut.sides)
    statement = (
        f"SELECT {cut.listed}, substr(period, 1, 7), {windows} FROM cell_day WHERE site = ? AND dimension = ?"  # noqa: S608  # names are ours
        f"{when}{narrowed} AND {cut.listed} IN ({places(names)}) GROUP BY 1, 2"
    )
    step = (k, k // 2, k, k, k // 2 - 1, k - 1) * len(columns)
    return statement, (*step, cut.site, cut.dimension, *days, *held, *names)


def added_up(cut: Cut, bases: Sequence[Column], k: int) -> Asking:
    """Rows (name, rounded sum by base) of all names, over days, closed months or both."""
    parts = [
        part(table, cut, periods, bases, k)
        for table, periods in (("cell_day", cut.days), ("cell_month", cut.months))
        if periods
    ]
    if len(parts) == 1:
        return parts[0]
    both = " UNION ALL ".join(statement for statement, _ in parts)
    sums = ", ".join(f"SUM({base}) AS {base}" for base in bases)
    return (
        f"SELECT name, {sums} FROM ({both}) AS parts GROUP BY name",  # noqa: S608  # names are ours
        tuple(value for _, values in parts for value in values),
    )


def part(table: str, cut: Cut, periods: Sequence[str], bases: Sequence[Column], k: int) -> Asking:
    """The same of one table. A single period has a name once: nothing is grouped."""
    alone = len(periods) == 1
    sums, given = rounded(bases, k, summed=not alone)
    when, names = each_of(periods)
    narrowed, held = sides(*cut.sides)
    enough = " OR ".join(f"{base} >= ?" for base in bases)
    leading, led = lookup(table, cut, periods[0]) if alone and cut.value is not None else ("", ())
    statement = (
        f"SELECT {cut.listed} AS name, {sums} FROM {table} WHERE site = ? AND dimension = ?{when}{narrowed}"  # noqa: S608  # names are ours
        f" AND {cut.listed} <> '' AND ({enough}){leading}{'' if alone else f' GROUP BY {cut.listed}'}"
    )
    return statement, (*given, cut.site, cut.dimension, *names, *held, *(k for _ in bases), *led)


def lookup(table: str, cut: Cut, period: str) -> Asking:
    """Every other side that a period's pairs have, one search in the key after another: with them named, a value's
    cells are looked up where the period would be read whole."""
    least = f"(SELECT MIN(other) FROM {table} WHERE site = ? AND dimension = ? AND period = ?"  # noqa: S608  # names are ours
    following = f"{least} AND other > side.name)"
    text = (
        " AND other IN (WITH RECURSIVE side(name) AS"  # noqa: S608  # the same
        f" (SELECT {least}) UNION ALL SELECT {following} FROM side WHERE name IS NOT NULL)"
        " SELECT name FROM side WHERE name IS NOT NULL)"
    )
    return text, (cut.site, cut.dimension, period) * 2


def counted(column: Column) -> Column:
    """The count a column is small by: engaged seconds belong to the leaves they were measured at."""
    return "leaves" if column == "seconds" else column


def rounded(columns: Sequence[Column], k: int, *, summed: bool) -> Asking:
    """Columns of cells, each rounded to k."""
    of_each = ((column, ROUNDED.format(counted(column), column)) for column in columns)
    text = ", ".join(f"{'SUM' if summed else ''}{figure} AS {column}" for column, figure in of_each)
    return text, (k, k // 2, k, k) * len(columns)


def places(values: Sequence[str]) -> str:
    """A place for each value."""
    return ", ".join("?" * len(values))
