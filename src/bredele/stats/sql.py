"""The statements of a store in SQL that SQLite and PostgreSQL both read; `?` stands for a value."""

from collections.abc import Sequence
from functools import cache

from bredele.stats.catalogue import COLUMNS, OTHER, PAIRS

TABLES = """
CREATE TABLE IF NOT EXISTS hourly (site TEXT NOT NULL, hour TEXT NOT NULL, metric TEXT NOT NULL, total BIGINT NOT NULL,
    PRIMARY KEY (site, hour, metric)){0};
CREATE TABLE IF NOT EXISTS cell_day (site TEXT NOT NULL, dimension TEXT NOT NULL, period TEXT NOT NULL,
    value TEXT NOT NULL, other TEXT NOT NULL, {1}, PRIMARY KEY (site, dimension, period, other, value)){0};
CREATE TABLE IF NOT EXISTS cell_month (site TEXT NOT NULL, dimension TEXT NOT NULL, period TEXT NOT NULL,
    value TEXT NOT NULL, other TEXT NOT NULL, {1}, PRIMARY KEY (site, dimension, period, other, value)){0};
DROP INDEX IF EXISTS cell_day_other;
CREATE TABLE IF NOT EXISTS rolled (site TEXT NOT NULL, day TEXT NOT NULL, since TEXT NOT NULL,
    PRIMARY KEY (site, day)){0};
CREATE TABLE IF NOT EXISTS rollup (site TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (site, day, kind, name)){0};
CREATE TABLE IF NOT EXISTS answers (site TEXT NOT NULL, day TEXT NOT NULL, version BIGINT NOT NULL,
    language TEXT NOT NULL, outcome TEXT NOT NULL, total BIGINT NOT NULL,
    PRIMARY KEY (site, day, version, language, outcome)){0};
CREATE TABLE IF NOT EXISTS mark (source TEXT PRIMARY KEY, upto BIGINT NOT NULL){0};
CREATE TABLE IF NOT EXISTS open_period (site TEXT NOT NULL, period TEXT NOT NULL, PRIMARY KEY (site, period)){0};
CREATE TABLE IF NOT EXISTS deletion (day TEXT NOT NULL, before TEXT NOT NULL, gone BIGINT NOT NULL,
    PRIMARY KEY (day, before)){0};
"""
"""A pair's cells lie together by their other side, of which there are fewer (devices, countries, referrers): a filter
by it reads what it shows, and one by a value looks the few others up (`stats.ranking_sql`)."""
SUMS = ", ".join(COLUMNS)
COUNTS = tuple(column for column in COLUMNS if column != "seconds")


def tables(ending: str = "") -> str:
    """Every table; `ending` is what an engine puts behind one."""
    return TABLES.format(ending, ", ".join(f"{column} BIGINT NOT NULL DEFAULT 0" for column in COLUMNS))


HOURLY = (
    "INSERT INTO hourly (site, hour, metric, total) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (site, hour, metric) DO UPDATE SET total = hourly.total + excluded.total"
)
CHOSEN = (
    "INSERT INTO answers (site, day, version, language, outcome, total) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (site, day, version, language, outcome) DO UPDATE SET total = answers.total + excluded.total"
)


KEYS = 5
"""Columns that name a cell."""
INTO_CELL = f"INSERT INTO {{}} (site, dimension, period, other, value, {SUMS}) VALUES"


@cache
def cell(table: str) -> str:
    """Add to one cell."""
    return f"{INTO_CELL.format(table)} ({', '.join('?' * (KEYS + len(COLUMNS)))}){grown(table)}"


@cache
def cells(table: str, many: int) -> str:
    """Add to so many cells of one site, dimension and period, which are told once (SQLite only)."""
    one = f"(?1, ?2, ?3{', ?' * (KEYS - 3 + len(COLUMNS))})"
    return f"{INTO_CELL.format(table)} {', '.join([one] * many)}{grown(table)}"


def grown(table: str) -> str:
    """What becomes of a cell that is there."""
    sums = ", ".join(f"{column} = {table}.{column} + excluded.{column}" for column in COLUMNS)
    return f" ON CONFLICT (site, dimension, period, other, value) DO UPDATE SET {sums}"


MARK = (
    "INSERT INTO mark (source, upto) VALUES (?, ?)"
    " ON CONFLICT (source) DO UPDATE SET upto = excluded.upto WHERE mark.upto < excluded.upto"
)
OPEN = (
    "INSERT INTO open_period (site, period) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM mark WHERE source = ?)"
    " ON CONFLICT (site, period) DO NOTHING"
)
CLOSE = "DELETE FROM open_period WHERE site = ? AND period = ?"
READ_HOURLY = "SELECT hour, metric, total FROM hourly WHERE site = ? AND hour >= ? AND hour < ? ORDER BY hour, metric"
READ_CHOSEN = (
    "SELECT day, version, language, outcome, total FROM answers WHERE site = ? AND day >= ? AND day <= ?"
    " ORDER BY day, version, language, outcome"
)
READ_OPEN = "SELECT site, period FROM open_period WHERE period < ? ORDER BY period DESC, site"
READ_MARK = "SELECT upto FROM mark WHERE source = ?"
READ_ROLLED = "SELECT day, since FROM rolled WHERE site = ? AND day >= ? AND day <= ? ORDER BY day"
READ_ALL_ROLLED = "SELECT site, day FROM rolled"
READ_CLOSED = "SELECT source FROM mark WHERE source LIKE 'close % ____-__-__'"
DROP_ROLLUPS = "DELETE FROM rollup WHERE site = ? AND day = ?"
CHANGED = "DELETE FROM rolled WHERE site = ? AND day >= ? AND day <= ?"
ROLLED = "INSERT INTO rolled (site, day, since) VALUES (?, ?, ?)"
ROLLUP = "INSERT INTO rollup (site, day, kind, name, body) VALUES (?, ?, ?, ?, ?)"
READ_DELETIONS = "SELECT day, before, gone FROM deletion ORDER BY day, before"
DELETION = (
    "INSERT INTO deletion (day, before, gone) VALUES (?, ?, ?)"
    " ON CONFLICT (day, before) DO UPDATE SET gone = deletion.gone + excluded.gone"
)
FORGET = (
    "DELETE FROM hourly WHERE hour < ?",
    "DELETE FROM cell_day WHERE period < ?",
    "DELETE FROM answers WHERE day < ?",
)
FORGET_ROLLUPS = ("DELETE FROM rolled WHERE day <= ?", "DELETE FROM rollup WHERE day <= ?")
FORGET_MONTHS = "DELETE FROM cell_month WHERE period < ?"
FORGET_MARKS = "DELETE FROM mark WHERE source LIKE 'close %' AND substr(source, length(source) - 9) < ?"


def vanished(table: str) -> str:
    """Drop the cells of one dimension and period whose sums are all zero."""
    empty = " AND ".join(f"{column} = 0" for column in COLUMNS)
    return f"DELETE FROM {table} WHERE site = ? AND dimension = ? AND period = ? AND {empty}"  # noqa: S608  # names are ours


def read_rollups(days: int) -> str:
    """The bodies of some days' rollups of one name."""
    among = ", ".join("?" * days)
    return (
        "SELECT rolled.day, rollup.body FROM rolled LEFT JOIN rollup"  # noqa: S608  # places for values
        " ON rollup.site = rolled.site AND rollup.day = rolled.day AND rollup.kind = ? AND rollup.name = ?"
        f" WHERE rolled.site = ? AND rolled.day IN ({among})"
    )


def between(first: str, last: str) -> tuple[str, tuple[str, ...]]:
    """A range of periods: SQL and its values."""
    return " AND period >= ? AND period <= ?", (first, last)


def each_of(days: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The same days named one by one: an index then leads to a few rows of each, where a range would be read whole."""
    return f" AND period IN ({', '.join('?' * len(days))})", tuple(days)


def sides(dimension: str, value: str | None, other: str | None) -> tuple[str, tuple[str, ...]]:
    """Narrowed to one value, or to one other side of a pair. A single dimension has no other side: the key leads to its
    values only where that is said."""
    other = OTHER if other is None and dimension not in PAIRS else other
    text = "" if value is None else " AND value = ?"
    text += "" if other is None else " AND other = ?"
    return text, tuple(side for side in (value, other) if side is not None)


def read(table: str, narrowed: str) -> str:
    """Every cell of a dimension in a range of periods."""
    return (
        f"SELECT period, value, other, {SUMS} FROM {table}"  # noqa: S608  # names are ours
        f" WHERE site = ? AND dimension = ?{narrowed} ORDER BY period, other, value"
    )


DAY_TOTALS = (
    "SELECT substr(hour, 1, 10), metric, SUM(total), COUNT(*),"
    " SUM(CASE WHEN total < ? THEN ? - 1 ELSE (total + ?) / ? * ? + ? - 1 END)"
    " FROM hourly WHERE site = ? AND hour >= ? AND hour < ? GROUP BY 1, 2"
)
"""The last column is the upper end of each hour's window (`stats.rounding`), summed."""


def small(table: str) -> str:
    """Named cells under k of periods before one."""
    under = " OR ".join(f"({column} > 0 AND {column} < ?)" for column in COUNTS)
    return (
        f"SELECT site, period, COUNT(*) FROM {table}"  # noqa: S608  # names are ours
        f" WHERE period < ? AND (value <> '' OR other <> '') AND ({under})"
        " GROUP BY site, period ORDER BY period, site"
    )


OLDEST = (
    "SELECT MIN(first) FROM (SELECT MIN(hour) AS first FROM hourly UNION ALL SELECT MIN(period) FROM cell_day"
    " UNION ALL SELECT MIN(day) FROM answers) AS firsts"
)


def mentioning(table: str, *columns: str) -> str:
    """How many rows of a table hold a text in one of these columns."""
    anywhere = " OR ".join(f"lower({column}) LIKE ? ESCAPE '\\'" for column in columns)
    return f"SELECT COUNT(*) FROM {table} WHERE {anywhere}"  # noqa: S608  # names are ours


MENTIONS = (
    mentioning("hourly", "hour", "metric"),
    mentioning("cell_day", "period", "value", "other"),
    mentioning("cell_month", "period", "value", "other"),
    mentioning("answers", "day", "language", "outcome"),
)
