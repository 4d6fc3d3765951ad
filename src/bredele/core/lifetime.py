"""How long something stays on the device: ISO 8601 is authoritative, seconds and text are derived (REG-06)."""

import calendar
import re
from datetime import datetime, timedelta

import msgspec

from bredele.core.errors import InvalidLifetime

CURE = 'Write an ISO 8601 duration such as "P6M", "P13M", "P14D" or "PT30M", or "session", or "persistent".'
DURATION = re.compile(
    r"P(?=.)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?(?:(?P<seconds>\d{1,9})S)?)?",
    re.ASCII,
)
DAY = 86_400
YEAR_DAYS, MONTH_DAYS, WEEK_DAYS = 365, 30, 7
LONGEST = 100 * YEAR_DAYS * DAY
"""Beyond it the calendar ends before the lifetime does."""


class Lifetime(msgspec.Struct, frozen=True, kw_only=True):
    """A duration, the browser session, or no end at all (storage without expiry).

    `iso8601` is null for a session and for persistent storage.
    """

    iso8601: str | None = None
    session: bool = False
    persistent: bool = False

    @property
    def seconds(self) -> int | None:
        """Nominal seconds: 365 days for each whole 12 months, 30 days for each remaining month, 7 days a week."""
        if self.iso8601 is None:
            return None
        part = components(self.iso8601)
        years, months = divmod(part["years"] * 12 + part["months"], 12)
        days = years * YEAR_DAYS + months * MONTH_DAYS + part["weeks"] * WEEK_DAYS + part["days"]
        return days * DAY + part["hours"] * 3600 + part["minutes"] * 60 + part["seconds"]

    def after(self, moment: datetime) -> datetime | None:
        """The calendar end when set at `moment`: P6M from 31 August is 28 or 29 February. None if it has no date."""
        if self.iso8601 is None:
            return None
        part = components(self.iso8601)
        later = add_months(moment, part["years"] * 12 + part["months"])
        return later + timedelta(
            weeks=part["weeks"],
            days=part["days"],
            hours=part["hours"],
            minutes=part["minutes"],
            seconds=part["seconds"],
        )

    def max_age(self, moment: datetime) -> int | None:
        """Whole seconds between `moment` and the calendar end; None for a session."""
        end = self.after(moment)
        return None if end is None else int((end - moment).total_seconds())

    def __str__(self) -> str:
        return self.iso8601 or ("session" if self.session else "persistent")


SESSION = Lifetime(session=True)
PERSISTENT = Lifetime(persistent=True)


def parse_lifetime(text: str) -> Lifetime:
    """`"P6M"`, `"PT30M"`, `"session"` or `"persistent"` as a Lifetime; anything else raises InvalidLifetime."""
    word = text.strip()
    if word.lower() == "session":
        return SESSION
    if word.lower() == "persistent":
        return PERSISTENT
    if not DURATION.fullmatch(word.upper()):
        raise InvalidLifetime(f'"{text[:60]}" is not a lifetime.', cure=CURE)
    lifetime = Lifetime(iso8601=word.upper())
    if not lifetime.seconds:
        raise InvalidLifetime(f'"{text[:60]}" lasts no time at all.', cure=CURE)
    if lifetime.seconds > LONGEST:
        raise InvalidLifetime(f'"{text[:60]}" is longer than a hundred years.', cure='Write "persistent".')
    return lifetime


def components(iso8601: str) -> dict[str, int]:
    """The seven numbers of an ISO 8601 duration, zero where absent."""
    match = DURATION.fullmatch(iso8601)
    if match is None:
        raise InvalidLifetime(f'"{iso8601[:60]}" is not a lifetime.', cure=CURE)
    return {unit: int(number or 0) for unit, number in match.groupdict().items()}


def add_months(moment: datetime, months: int) -> datetime:
    """Calendar months later, clamped to the last day of the month."""
    year, month0 = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return moment.replace(year=year, month=month0 + 1, day=min(moment.day, last))
