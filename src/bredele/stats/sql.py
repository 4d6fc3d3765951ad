"""The statements of a store in SQL that SQLite and PostgreSQL both read; `?` stands for a value."""

from collections.abc import Sequence

from bredele.stats.catalogue import COLUMNS, Column

TABLES = """
CREATE TABLE IF NOT EXISTS hourly (site TEXT NOT NULL, hour TEXT NOT NULL, metric TEXT NOT NULL, total BIGINT NOT NULL,
    PRIMARY KEY (site, hour, metric)){0};
CREATE TABLE IF NOT EXISTS cell_day (site TEXT NOT NULL, dimension TEXT NOT NULL, period TEXT NOT NULL,
    value TEXT NOT NULL, other TEXT NOT NULL, {1}, PRIMARY KEY (site, dimension, period, value, other)){0};
CREATE TABLE IF NOT EXISTS cell_month (site TEXT NOT NULL, dimension TEXT NOT NULL, period TEXT NOT NULL,
    value TEXT NOT NULL, other TEXT NOT NULL, {1}, PRIMARY KEY (site, dimension, period, value, other)){0};
DROP INDEX IF EXISTS cell_day_other;
CREATE TABLE IF NOT EXISTS answers (site TEXT NOT NULL, day TEXT NOT NULL, version BIGINT NOT NULL,
    language TEXT NOT NULL, outcome TEXT NOT NULL, total BIGINT NOT NULL,
    PRIMARY KEY (site, day, version, language, outcome)){0};
CREATE TABLE IF NOT EXISTS mark (source TEXT PRIMARY KEY, upto BIGINT NOT NULL){0};
CREATE TABLE IF NOT EXISTS open_period (site TEXT NOT NULL, period TEXT NOT NULL, PRIMARY KEY (site, period)){0};
CREATE TABLE IF NOT EXISTS deletion (day TEXT NOT NULL, before TEXT NOT NULL, gone BIGINT NOT NULL,
    PRIMARY KEY (day, before)){0};
"""
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


def cell(table: str) -> str:
    """Add to one cell."""
    grown = ", ".join(f"{column} = {table}.{column} + excluded.{column}" for column in COLUMNS)
    values = ", ".join("?" * (5 + len(COLUMNS)))
    return (
        f"INSERT INTO {table} (site, dimension, period, value, other, {SUMS}) VALUES ({values})"  # noqa: S608  # names are ours
        f" ON CONFLICT (site, dimension, period, value, other) DO UPDATE SET {grown}"
    )


CELL_DAY, CELL_MONTH = cell("cell_day"), cell("cell_month")
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
FORGET_MONTHS = "DELETE FROM cell_month WHERE period < ?"
FORGET_MARKS = "DELETE FROM mark WHERE source LIKE 'close %' AND substr(source, length(source) - 9) < ?"


def vanished(table: str) -> str:
    """Drop the cells of one dimension and period whose sums are all zero."""
    empty = " AND ".join(f"{column} = 0" for column in COLUMNS)
    return f"DELETE FROM {table} WHERE site = ? AND dimension = ? AND period = ? AND {empty}"  # noqa: S608  # names are ours


def between(first: str, last: str) -> tuple[str, tuple[str, ...]]:
    """A range of periods: SQL and its values."""
    return " AND period >= ? AND period <= ?", (first, last)


def each_of(days: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The same days named one by one: an index then leads to a few rows of each, where a range would be read whole."""
    return f" AND period IN ({', '.join('?' * len(days))})", tuple(days)


def sides(value: str | None, other: str | None) -> tuple[str, tuple[str, ...]]:
    """Narrowed to one value, or to one other side of a pair."""
    text = "" if value is None else " AND value = ?"
    text += "" if other is None else " AND other = ?"
    return text, tuple(side for side in (value, other) if side is not None)


def read(table: str, narrowed: str) -> str:
    """Every cell of a dimension in a range of periods."""
    return (
        f"SELECT period, value, other, {SUMS} FROM {table}"  # noqa: S608  # names are ours
        f" WHERE site = ? AND dimension = ?{narrowed} ORDER BY period, value, other"
    )


def counted(column: Column) -> Column:
    """The count a column is small by: engaged seconds belong to the leaves they were measured at."""
    return "leaves" if column == "seconds" else column


ROUNDED = "(CASE WHEN {0} >= ? THEN ({1} + ?) / ? * ? ELSE 0 END)"
"""One cell's column, rounded; zero where its count is under k."""


def ranked(base: Column, side: str, days: str, months: str) -> str:
    """The largest values of one side, with the sum over all values and their number; days, whole months, or both."""
    parts = [
        f"SELECT {side} AS name, SUM(({base} + ?) / ? * ?) AS s FROM {table}"  # noqa: S608  # names are ours
        f" WHERE site = ? AND dimension = ? AND {base} >= ? AND {side} <> ''{narrowed}"
        f" GROUP BY {side}"
        for table, narrowed in (("cell_day", days), ("cell_month", months))
        if narrowed
    ]
    found = parts[0]
    if len(parts) > 1:
        found = f"SELECT name, SUM(s) AS s FROM ({' UNION ALL '.join(parts)}) AS parts GROUP BY name"  # noqa: S608  # the same
    return (
        f"WITH found AS ({found})"  # noqa: S608  # the same
        " SELECT name, s, SUM(s) OVER (), COUNT(*) OVER () FROM found ORDER BY s DESC, name LIMIT ?"
    )


def ranked_at_once(columns: Sequence[Column], side: str, narrowed: str) -> str:
    """The same over days, with the sums of further columns behind: each column of a day counts if it reaches k."""
    sums = ", ".join(f"SUM{ROUNDED.format(counted(column), column)} AS s_{column}" for column in columns)
    base, *more = (f"s_{column}" for column in columns)
    told = "".join(f", {column}" for column in more)
    return (
        f"WITH found AS (SELECT {side} AS name, {sums} FROM cell_day WHERE site = ? AND dimension = ?"  # noqa: S608  # the same
        f" AND {side} <> ''{narrowed} GROUP BY {side})"
        f" SELECT name, {base}, SUM({base}) OVER (), COUNT(*) OVER (){told} FROM found WHERE {base} > 0"
        f" ORDER BY {base} DESC, name LIMIT ?"
    )


def rankings(columns: Sequence[Column], bases: Sequence[Column]) -> str:
    """Several rankings of a dimension's values over days, which are added up once: a row by ranking, then what all of
    its values sum to and how many they are (an empty name)."""
    sums = ", ".join(f"SUM{ROUNDED.format(counted(column), column)} AS {column}" for column in columns)
    nothing = ", 0" * (len(columns) - 2)
    told = ", ".join(columns)
    parts = [
        f"SELECT * FROM (SELECT {place} AS place, name, {told} FROM found WHERE {base} > 0"  # noqa: S608  # names are ours
        f" ORDER BY {base} DESC, name LIMIT ?) AS top_{place}"
        f" UNION ALL SELECT {place}, '', SUM({base}), COUNT(*){nothing} FROM found WHERE {base} > 0"
        for place, base in enumerate(bases)
    ]
    return (
        f"WITH found AS MATERIALIZED (SELECT value AS name, {sums} FROM cell_day"  # noqa: S608  # the same
        " WHERE site = ? AND dimension = ? AND value <> '' AND period >= ? AND period <= ? GROUP BY value)"
        f" {' UNION ALL '.join(parts)}"
    )


def detailed(columns: tuple[Column, ...], side: str, names: int, narrowed: str) -> str:
    """Columns of some values of one side."""
    figures = ", ".join(f"SUM{ROUNDED.format(counted(column), column)} AS s_{column}" for column in columns)
    among = ", ".join("?" * names)
    return (
        f"SELECT {side}, {figures} FROM cell_day"  # noqa: S608  # names are ours
        f" WHERE site = ? AND dimension = ? AND {side} IN ({among}){narrowed}"
        f" GROUP BY {side}"
    )


def of_months(columns: tuple[Column, ...], side: str, names: int, narrowed: str) -> str:
    """The whole months of some values of one side."""
    among = ", ".join("?" * names)
    return (
        f"SELECT {side}, period, {', '.join(columns)} FROM cell_month"  # noqa: S608  # names are ours
        f" WHERE site = ? AND dimension = ? AND {side} IN ({among}){narrowed}"
    )


def most_of_days(columns: tuple[Column, ...], side: str, names: int, narrowed: str) -> str:
    """By how much the windows of a month's released days exceed those of days below k (`stats.rounding`), summed."""
    windows = ", ".join(
        f"SUM(CASE WHEN {column} >= ? THEN ({column} + ?) / ? * ? + ? - ? ELSE 0 END)" for column in columns
    )
    among = ", ".join("?" * names)
    return (
        f"SELECT {side}, substr(period, 1, 7), {windows} FROM cell_day"  # noqa: S608  # names are ours
        f" WHERE site = ? AND dimension = ? AND {side} IN ({among}){narrowed} GROUP BY 1, 2"
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
