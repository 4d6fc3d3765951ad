"""A visitor's choice and its cookie: `<version base36>.<days since 2020-01-01 base36>.<bits>[.<id>]` (CONTRACTS 1)."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta

import msgspec

from bredele.core.lifetime import Lifetime
from bredele.core.registry import Version

CHOICE_COOKIE = "cookies_preferences"
SESSION_COOKIE, LANGUAGE_COOKIE, CSRF_COOKIE = (
    "sessionid",
    "django_language",
    "csrftoken",
)
FIRST_DAY = date(2020, 1, 1)
SHAPE = re.compile(
    r"([0-9a-z]{1,7})\.([0-9a-z]{1,4})\.([01]{0,24})(?:\.([0-9A-Za-z_-]{1,22}))?",
    re.ASCII,
)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What a visitor answered, to which version, on which day. Every optional purpose of that version has an answer."""

    version: int
    day: date
    answers: dict[str, bool]
    id: str | None = None

    @property
    def granted(self) -> frozenset[str]:
        """The purposes answered with yes."""
        return frozenset(purpose for purpose, yes in self.answers.items() if yes)

    def answer(self, purpose: str, version: Version) -> bool | None:
        """Yes, no, or None where this version must ask (again) about the purpose (REG-10)."""
        if version.asked_since.get(purpose, version.number) > self.version:
            return None
        return self.answers.get(purpose)


def choose(version: Version, granted: Iterable[str], day: date, identifier: str | None = None) -> Choice:
    """A choice for every optional purpose of the version: yes for those named, no for the rest."""
    yes = frozenset(granted)
    return Choice(
        version=version.number,
        day=day,
        answers={purpose: purpose in yes for purpose in version.registry.optional_purposes()},
        id=identifier,
    )


def encode(choice: Choice) -> str:
    """The cookie value; the answers' order is the version's purpose order."""
    bits = "".join("1" if yes else "0" for yes in choice.answers.values())
    parts = [base36(choice.version), base36((choice.day - FIRST_DAY).days), bits]
    return ".".join(parts if choice.id is None else [*parts, choice.id])


def decode(value: str, purposes_of: Callable[[int], Sequence[str] | None], today: date) -> Choice | None:
    """The choice in a cookie value; None (no choice) if unparsable, of an unknown version or a future day (UTC)."""
    match = SHAPE.fullmatch(value)
    if match is None:
        return None
    number, days, bits, identifier = match.groups()
    version, day = int(number, 36), FIRST_DAY + timedelta(days=int(days, 36))
    purposes = purposes_of(version)
    if purposes is None or len(purposes) != len(bits) or day > today or number != base36(version):
        return None
    answers = {purpose: bit == "1" for purpose, bit in zip(purposes, bits, strict=True)}
    return Choice(version=version, day=day, answers=answers, id=identifier)


def kept_until(choice: Choice, lifetime: Lifetime) -> date | None:
    """The last day the choice counts, grant and refusal alike (BAN-11); None where it has no end."""
    end = lifetime.after(datetime.combine(choice.day, time()))
    return None if end is None else end.date()


def in_force(choice: Choice | None, lifetime: Lifetime, today: date) -> Choice | None:
    """The choice, or None once its time is over, whatever a browser still sends (BAN-11, BAN-12)."""
    end = kept_until(choice, lifetime) if choice else None
    return None if end is not None and today > end else choice


def base36(number: int) -> str:
    """A natural number in lower-case base 36, no leading zero."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits or "0"
