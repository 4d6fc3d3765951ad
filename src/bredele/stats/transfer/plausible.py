"""Plausible's export: a zip of `imported_*_<first>_<last>.csv`. Day totals are exact; campaigns are never read.

Its tables count days, so hours stay unknown. Its `visitors` are unique within a row; where rows merge (versions of a
browser, cities of a country) they add up, and may exceed those of the day.
"""

import re
from collections.abc import Callable, Iterable

from bredele.stats.catalogue import DIRECT, OTHER, UNKNOWN, Dimension
from bredele.stats.hygiene import host_of, page_of
from bredele.stats.transfer.gathered import Gathered
from bredele.stats.transfer.rows import Row

NAME = re.compile(r"(?:.*/)?(imported_[a-z_]+?)(?:_\d{8}_\d{8})?\.csv")
Reader = Callable[[Gathered, Iterable[Row]], None]
SUMS = (("views", "pageviews"), ("visits", "visits"), ("visitors", "visitors"))
DEVICES = {"desktop": "desktop", "laptop": "desktop", "ultra-wide": "desktop", "mobile": "mobile", "tablet": "tablet"}
BROWSERS = {"microsoft edge": "Edge", "samsung browser": "Samsung Internet", "samsung internet": "Samsung Internet"}
FAMILIES = ("Edge", "Opera", "Firefox", "Chrome", "Safari", "Yandex")
EVENTS: dict[str, Dimension] = {"Outbound Link: Click": "outbound", "File Download": "download", "404": "error"}
LEFT_OUT = {
    "imported_operating_systems": "Operating systems are not counted here (ANA-21).",
}
DURATION = "Visit durations are not engaged time: they were left out."
PAGE_VISITORS = "Visitors of each page are not first views of a day: they were left out."


def read_visitors(found: Gathered, rows: Iterable[Row]) -> None:
    """The totals of each day."""
    for row in rows:
        day = row.day().isoformat()
        found.total(day, "views", row.number("pageviews"))
        found.total(day, "visits", row.number("visits"))
        found.total(day, "visitors_day", row.number("visitors"))
        found.total(day, "bounces", row.number("bounces"))
        if row.number("visit_duration"):
            found.note(DURATION)


def read_pages(found: Gathered, rows: Iterable[Row]) -> None:
    """Views of each page, and the time it was looked at, where the export knows by how many."""
    for row in rows:
        day, timed = row.day().isoformat(), row.number("total_time_on_page_visits")
        seconds = row.number("total_time_on_page") if timed else 0
        found.page(day, row.text("page"), row.number("pageviews"), leaves=timed, seconds=seconds)
        if timed:
            found.total(day, "leaves", timed)
            found.total(day, "seconds", seconds)
        if row.number("visitors"):
            found.note(PAGE_VISITORS)


def read_entries(found: Gathered, rows: Iterable[Row]) -> None:
    """Visits begun on each page, and those that ended there at once."""
    for row in rows:
        day = row.day().isoformat()
        found.page(day, row.text("entry_page"), 0, visits=row.number("entrances"), bounces=row.number("bounces"))


def read_exits(found: Gathered, rows: Iterable[Row]) -> None:
    """Visits ended on each page."""
    for row in rows:
        day, exits = row.day().isoformat(), row.number("exits")
        found.page(day, row.text("exit_page"), 0, exits=exits)
        found.total(day, "exits", exits)


def read_sources(found: Gathered, rows: Iterable[Row]) -> None:
    """Hosts that led here."""
    for row in rows:
        sums = {"visits": row.number("visits"), "visitors": row.number("visitors")}
        found.value(row.day().isoformat(), "referrer", referrer(row), **sums)


def referrer(row: Row) -> str:
    """The host of the referrer; a source that is a campaign's word is none (ANA-12)."""
    address = row.text("referrer")
    if address:
        return host_of(address if "://" in address else f"https://{address}") or OTHER
    source = row.text("source")
    if not source or source == "Direct / None" or row.text("utm_source"):
        return DIRECT
    return host_of(f"https://{source}") or OTHER


def read_events(found: Gathered, rows: Iterable[Row]) -> None:
    """The three actions that are counted here; every other name is free text of the site's, and refused (ANA-13)."""
    for row in rows:
        dimension, many = EVENTS.get(row.text("name")), row.number("events")
        if dimension is None:
            found.note("Events of other names than outbound links, downloads and 404 were left out (ANA-13).")
            continue
        day, link = row.day().isoformat(), row.text("link_url")
        target = {"outbound": host_of(link) or OTHER, "download": page_of(link), "error": "404"}[dimension]
        found.value(day, dimension, target, events=many)
        found.total(day, dimension, many)  # type: ignore[arg-type]  # these three are metrics as well


def by_value(dimension: Dimension, column: str, name: Callable[[str], str]) -> Reader:
    """A reader of a table that has views, visits and visitors for each value."""

    def read(found: Gathered, rows: Iterable[Row]) -> None:
        for row in rows:
            sums = {ours: row.number(theirs) for ours, theirs in SUMS}
            found.value(row.day().isoformat(), dimension, name(row.text(column)), **sums)

    return read


def device(said: str) -> str:
    """Its class."""
    return DEVICES.get(said.lower(), UNKNOWN)


def browser(said: str) -> str:
    """Its family, as it is counted here."""
    known = BROWSERS.get(said.lower()) or next((family for family in FAMILIES if family.lower() in said.lower()), "")
    return known or ("other" if said and not said.startswith("(") else UNKNOWN)


def country(said: str) -> str:
    """ISO 3166 code; a region or a city is never kept."""
    code = said.upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else UNKNOWN


READERS: dict[str, Reader] = {
    "imported_visitors": read_visitors,
    "imported_pages": read_pages,
    "imported_entry_pages": read_entries,
    "imported_exit_pages": read_exits,
    "imported_sources": read_sources,
    "imported_locations": by_value("country", "country", country),
    "imported_devices": by_value("device", "device", device),
    "imported_browsers": by_value("browser", "browser", browser),
    "imported_custom_events": read_events,
}
COLUMNS = {
    "imported_visitors": {"date", "visitors", "pageviews"},
    "imported_pages": {"date", "page", "pageviews"},
    "imported_entry_pages": {"date", "entry_page", "entrances"},
    "imported_exit_pages": {"date", "exit_page", "exits"},
    "imported_sources": {"date", "source", "visits"},
    "imported_locations": {"date", "country", "visits"},
    "imported_devices": {"date", "device", "visits"},
    "imported_browsers": {"date", "browser", "visits"},
    "imported_custom_events": {"date", "name", "events"},
}
"""What each table cannot do without."""


def table_of(name: str) -> str:
    """The table a file of the zip holds; empty for another file."""
    match = NAME.fullmatch(name)
    return match[1] if match else ""
