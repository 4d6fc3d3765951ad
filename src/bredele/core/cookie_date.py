"""Dates as browsers read them in a `Set-Cookie` (RFC 6265bis section 5.1.1)."""

import re
from datetime import UTC, datetime

DELIMITERS = re.compile(r"[\x09\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
TIME = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D|$)", re.ASCII)
DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:\D|$)", re.ASCII)
YEAR = re.compile(r"(\d{2,4})(?:\D|$)", re.ASCII)
MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)


def parse_date(text: str) -> datetime | None:
    """The moment in UTC, or None where a browser ignores the attribute."""
    time: tuple[int, int, int] | None = None
    day = month = year = None
    for token in filter(None, DELIMITERS.split(text)):
        if time is None and (found := TIME.match(token)):
            time = (int(found[1]), int(found[2]), int(found[3]))
        elif day is None and (found := DAY_OF_MONTH.match(token)):
            day = int(found[1])
        elif month is None and token[:3].lower() in MONTHS:
            month = MONTHS.index(token[:3].lower()) + 1
        elif year is None and (found := YEAR.match(token)):
            year = full_year(int(found[1]))
    if time is None or day is None or month is None or year is None or year < 1601:
        return None
    try:
        return datetime(year, month, day, time[0], time[1], time[2], tzinfo=UTC)
    except ValueError:
        return None


def full_year(year: int) -> int:
    """70-99 are of the last century, 0-69 of this one."""
    return year + 1900 if 70 <= year <= 99 else year + 2000 if year <= 69 else year
