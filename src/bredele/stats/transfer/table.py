"""A general CSV: `date`, perhaps `dimension` and `value` (or a column named after a dimension), and counts.

A line without a dimension is the site's total of that day. Where a day has none, its totals are the sums of its first
dimension. Matomo's own names of columns are understood.
"""

from collections.abc import Iterable
from itertools import chain

from bredele.stats.catalogue import COLUMNS, OTHER, PAIRS, SINGLE, UNKNOWN, Column, Dimension, Metric
from bredele.stats.hygiene import host_of, page_of
from bredele.stats.transfer.errors import UnreadableFigures
from bredele.stats.transfer.gathered import METRICS, Gathered
from bredele.stats.transfer.rows import Row

ALIASES = {
    "nb_pageviews": "views",
    "pageviews": "views",
    "page_views": "views",
    "nb_visits": "visits",
    "sessions": "visits",
    "nb_uniq_visitors": "visitors",
    "users": "visitors",
    "bounce_count": "bounces",
    "nb_downloads": "download",
    "nb_outlinks": "outbound",
    "day": "date",
    "path": "page",
}
"""Other names for our columns."""
TOTALS: dict[str, Metric] = {**{name: name for name in METRICS}, "visitors": "visitors_day"}
SUMMED: tuple[Column, ...] = ("views", "visits", "visitors", "exits", "bounces", "leaves", "seconds")
COUNTED = frozenset((*TOTALS, *COLUMNS))
LONGEST = 100
CURE = "Columns: date, dimension and value, counts such as views, visits, visitors. See docs/statistics-import.md."


def read_table(found: Gathered, lines: Iterable[Row], file: str) -> None:
    """Every line of a file."""
    for number, row in enumerate(map(renamed, head_checked(lines, file))):
        if number == 0:
            tell_unknown(found, row)
        day, name = row.day().isoformat(), dimension_of(row)
        if name is None:
            for column, metric in TOTALS.items():
                if column in row.columns:
                    found.total(day, metric, row.number(column))
        else:
            add_cell(found, row, day, name)


def head_checked(lines: Iterable[Row], file: str) -> Iterable[Row]:
    """The lines, once the first shows that the head can be used."""
    iterator = iter(lines)
    first = next(iterator, None)
    if first is None:
        raise UnreadableFigures("The file has no line of figures.", where=file, cure=CURE)
    names = {ALIASES.get(name, name) for name in first.columns}
    if "date" not in names or not names & COUNTED:
        raise UnreadableFigures("These columns hold no figures we know.", where=f"{file}, line 1", cure=CURE)
    return chain((first,), iterator)


def renamed(row: Row) -> Row:
    """With our names of columns."""
    return row._replace(columns={ALIASES.get(name, name): field for name, field in row.columns.items()})


def tell_unknown(found: Gathered, row: Row) -> None:
    """Columns nothing is done with."""
    known = {*COUNTED, *SINGLE, "date", "dimension", "value", "other"}
    for name in row.columns:
        if name not in known:
            found.note(f'The column "{name[:40]}" was left out.')


def dimension_of(row: Row) -> Dimension | None:
    """The dimension a line is of; None for the site's total."""
    said = row.text("dimension")
    if said in SINGLE or said in PAIRS:
        return said
    if said:
        raise UnreadableFigures(
            f'"{said[:40]}" is counted nowhere here.', where=row.where, cure=f"Dimensions: {', '.join(SINGLE)}."
        )
    if "dimension" in row.columns:
        return None
    return next((name for name in SINGLE if row.text(name) and not is_count(row, name)), None)


def is_count(row: Row, name: str) -> bool:
    """Whether a column that is named like a dimension holds counts (`outbound`, `download`, `error` are both)."""
    return name in TOTALS and row.text(name).isdecimal()


def add_cell(found: Gathered, row: Row, day: str, name: Dimension) -> None:
    """One value's counts."""
    sums = {column: row.number(column) for column in COLUMNS if column in row.columns}
    said = row.text("value") or row.text(name)
    if name in PAIRS:
        one, another = PAIRS[name]
        found.cell(day, name, tidy(one, said), tidy(another, row.text("other")), **sums)
    elif name == "page":
        found.page(day, said, sums.pop("views", 0), **sums)
    else:
        found.value(day, name, tidy(name, said), **sums)
    found.summed(day, name, {TOTALS[column]: row.number(column) for column in SUMMED if column in row.columns})


def tidy(name: Dimension, said: str) -> str:
    """A value as it would be counted here."""
    if name in ("page", "download"):
        return page_of(said)
    if name in ("referrer", "outbound"):
        return said if said in ("direct", "") else host_of(said if "://" in said else f"https://{said}") or OTHER
    return said[:LONGEST] or UNKNOWN
