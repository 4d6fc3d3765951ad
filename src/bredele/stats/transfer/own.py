"""Our own export: one file of JSON lines with every exact sum of a site up to yesterday, so it is the operator's alone.

Head `{"format": "bredele-statistics", "version": 1, "site", "start", "end", "time_zone"}`; then
`["t", hour, metric, total]`, `["c", period, dimension, value, other, [sums]]`, `["a", day, version, language, outcome,
total]` and `["z", closed period]`; at the end `["end", how many]`, without which the file was cut.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import IO, Any, get_args

import msgspec
from msgspec.structs import astuple

from bredele.stats.catalogue import BASE, COLUMNS, Dimension, Metric
from bredele.stats.closing import oldest_kept
from bredele.stats.event import Chosen, Happening
from bredele.stats.release import days, last_of, months
from bredele.stats.store import Store
from bredele.stats.tables import closed
from bredele.stats.transfer.errors import UnreadableFigures
from bredele.stats.transfer.gathered import METRICS, Gathered
from bredele.stats.transfer.rows import EVERY, Progress

FORMAT, VERSION = "bredele-statistics", 1
HAPPENINGS: tuple[Happening, ...] = get_args(Happening)
CURE = "Export it again with `bredele stats export`."


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The first line."""

    format: str
    version: int
    site: str
    start: str
    end: str
    time_zone: str


Total = tuple[str, str, str, int]
Sum = tuple[str, str, str, str, str, tuple[int, ...]]
Answer = tuple[str, str, int, str, str, int]


def export(store: Store, site: str, today: date, time_zone: str) -> Iterator[bytes]:
    """The lines of the file; `today` (not over yet) is left out."""
    start, end = oldest_kept(today), today - timedelta(days=1)
    head = Head(
        format=FORMAT, version=VERSION, site=site, start=start.isoformat(), end=end.isoformat(), time_zone=time_zone
    )
    yield msgspec.json.encode(head) + b"\n"
    many = 0
    for month in months(start, end):
        for line in of_month(store, site, max(start, month), min(end, last_of(month))):
            many += 1
            yield msgspec.json.encode(line) + b"\n"
    yield msgspec.json.encode(("end", many)) + b"\n"


def of_month(store: Store, site: str, first: date, last: date) -> Iterator[tuple[Any, ...]]:
    """Everything of some days of one month, and what the month itself holds."""
    for (hour, metric), total in store.hourly(site, first, last).items():
        yield "t", hour, metric, total
    month = first.replace(day=1)
    for dimension in BASE:
        for cells in (store.daily(site, dimension, first, last), store.monthly(site, dimension, month, month)):
            for (period, value, other), sums in cells.items():
                yield "c", period, dimension, value, other, astuple(sums)
    for (day, version, language, outcome), total in store.choices(site, first, last).items():
        yield "a", day, version, language, outcome, total
    for period in (*(day.isoformat() for day in days(first, last)), f"{first:%Y-%m}"):
        if store.mark(closed(site, period)):
            yield "z", period


def is_own(start: bytes) -> bool:
    """Whether a file begins as ours do."""
    return start.startswith(b'{"format":"bredele-statistics"')


def read_own(stream: IO[bytes], file: str, progress: Progress) -> Gathered:
    """An export of ours; UnreadableFigures with the line where it is damaged."""
    found, many, ended, closings = Gathered("bredele"), 0, False, []
    for number, line in enumerate(stream, 1):
        if number % EVERY == 0:
            progress(file, number)
        try:
            if number == 1:
                found.site = head_of(line).site
                continue
            said = msgspec.json.decode(line)
            if said[0] == "z":
                closings.append(str(said[1]))
            if said[0] == "end":
                ended = said[1] == many
                break
            take(found, said)
            many += 1
        except (msgspec.MsgspecError, ValueError, LookupError, TypeError):
            raise UnreadableFigures("This line is damaged.", where=f"{file}, line {number}", cure=CURE) from None
    if not ended:
        raise UnreadableFigures("The file was cut: its end is missing.", where=file, cure=CURE)
    found.closed = tuple(closings)
    return found


def head_of(line: bytes) -> Head:
    """The head; UnreadableFigures for a version we cannot read."""
    head = msgspec.json.decode(line, type=Head)
    if head.version != VERSION:
        raise UnreadableFigures(
            f"It is of version {head.version}.", where="line 1", cure="Import it with a newer Bredele."
        )
    return head


def take(found: Gathered, said: list[Any]) -> None:
    """One line; ValueError, LookupError or TypeError where it says what cannot be."""
    if said[0] == "t":
        _, hour, metric, total = msgspec.convert(said, Total)
        date.fromisoformat(hour[:10])
        found.total(hour, metric_of(metric), natural(total))
    elif said[0] == "c":
        _, period, dimension, value, other, sums = msgspec.convert(said, Sum)
        date.fromisoformat(period if len(period) > 7 else f"{period}-01")
        columns = dict(zip(COLUMNS, map(natural, sums), strict=True))
        found.cell(period, known(dimension), value, other, **columns)
    elif said[0] == "a":
        _, day, version, language, outcome, total = msgspec.convert(said, Answer)
        happening = HAPPENINGS[HAPPENINGS.index(outcome)]
        found.answer(Chosen("", date.fromisoformat(day).isoformat(), version, language, happening, natural(total)))
    elif said[0] != "z":
        raise ValueError


def metric_of(name: str) -> Metric:
    """A metric of the catalogue, or ValueError."""
    return METRICS[METRICS.index(name)]


def natural(number: int) -> int:
    """A count; ValueError below zero."""
    if number < 0:
        raise ValueError
    return number


def known(name: str) -> Dimension:
    """A dimension of the catalogue, or ValueError."""
    names = tuple(BASE)
    return names[names.index(name)]
