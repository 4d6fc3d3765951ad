"""A lifetime as people write it: "6 months" beside the ISO 8601 duration that is stored."""

import re

from bredele.core.errors import InvalidLifetime
from bredele.core.lifetime import Lifetime, parse_lifetime

UNITS = {
    "second": ("PT", "S"),
    "minute": ("PT", "M"),
    "hour": ("PT", "H"),
    "day": ("P", "D"),
    "week": ("P", "W"),
    "month": ("P", "M"),
    "year": ("P", "Y"),
}
PLAIN = re.compile(rf"(\d{{1,9}})\s*({'|'.join(UNITS)})s?", re.ASCII | re.IGNORECASE)
SINGLE = re.compile(r"(PT?)([1-9]\d*)([YMWDHS])", re.ASCII)
CURE = "Write a number and a unit (“6 months”, “30 minutes”), “session”, “persistent”, or an ISO 8601 duration (P6M)."


def read_lifetime(text: str) -> Lifetime:
    """`6 months`, `session`, `persistent` or an ISO 8601 duration; anything else raises InvalidLifetime."""
    plain = PLAIN.fullmatch(text.strip())
    try:
        if plain is None:
            return parse_lifetime(text)
        head, tail = UNITS[plain[2].lower()]
        return parse_lifetime(f"{head}{int(plain[1])}{tail}")
    except InvalidLifetime as error:
        raise InvalidLifetime(error.message, cure=CURE) from None


def write_lifetime(lifetime: Lifetime | None) -> str:
    """The plainest words that `read_lifetime` reads back as the same lifetime; empty for none."""
    if lifetime is None:
        return ""
    single = SINGLE.fullmatch(lifetime.iso8601 or "")
    if single is None:
        return str(lifetime)
    number = int(single[2])
    unit = next(word for word, (head, tail) in UNITS.items() if (head, tail) == (single[1], single[3]))
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
