"""Lifetimes in words and back: the text is made from the machine value, and reads as the same value (REG-06)."""

import re

from bredele.core.errors import InvalidLifetime
from bredele.core.lifetime import PERSISTENT, SESSION, Lifetime, components, parse_lifetime
from bredele.core.wording import wording
from bredele.core.wording.arabic_amounts import plainly
from bredele.core.wording.joining import join

CARRIED = (("seconds", "minutes", 60), ("minutes", "hours", 60), ("hours", "days", 24))
ISO_UNITS = {"years": "Y", "months": "M", "weeks": "W", "days": "D", "hours": "H", "minutes": "M", "seconds": "S"}
READ_UNITS = {
    "years": ("y", "yr", "yrs", "year", "years", "an", "ans", "année", "années"),
    "months": ("mo", "mth", "month", "months", "mois"),
    "weeks": ("w", "wk", "week", "weeks", "semaine", "semaines"),
    "days": ("d", "day", "days", "j", "jour", "jours"),
    "hours": ("h", "hr", "hrs", "hour", "hours", "heure", "heures"),
    "minutes": ("min", "mins", "minute", "minutes"),
    "seconds": ("s", "sec", "secs", "second", "seconds", "seconde", "secondes"),
}
UNIT_OF = {word: unit for unit, words in READ_UNITS.items() for word in words}
NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            (), ("a", "an", "one", "un", "une"), ("two", "deux"), ("three", "trois"), ("four", "quatre"),
            ("five", "cinq"), ("six",), ("seven", "sept"), ("eight", "huit"), ("nine", "neuf"), ("ten", "dix"),
            ("eleven", "onze"), ("twelve", "douze"), ("thirteen", "treize"), ("fourteen", "quatorze"),
        )
    )
    for word in words
}  # fmt: skip
SESSION_WORDS = re.compile(
    r"(مدة )?(ال)?جلسة( المتصفح| التصفح)?|(the |la |durée de la |end of (the )?|fin de (la )?)?(browser |browsing )?session( cookie| only| de navigation"
    r"| du navigateur)?|cookie de session|until (you|the user) closes? (your|the) browser",
)
PERSISTENT_WORDS = re.compile(
    r"persistent|permanent|persistant|no expiry|never expires|no end date: until you erase it"
    r"|sans date de fin : jusqu’à ce que vous l’effaciez|بلا تاريخ انتهاء: إلى أن تمحوه|دائم",
)
FILLER = re.compile(
    r"\b(up to|at most|maximum|max|by default|about|jusqu'à|jusqu’à|au plus|au maximum|par défaut|environ|after|for)\b"
    r"|renewed at each visit|renouvelée à chaque visite|تتجدد عند كل زيارة|حتى|لمدة|على الأكثر|كحد أقصى|[().,;،؛]"
)
ARABIC = re.compile("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}]")
AMOUNT = re.compile(r"\s*(?:and |et )?(\d{1,9}|[^\W\d_]+)[\s-]*([^\W\d_]+)\s*")


def lifetime_text(lifetime: Lifetime | None, language: str) -> str:
    """`6 months`, `session de navigation`, `1 hour and 30 minutes`; None is for what leaves nothing on the device."""
    words = wording(language)
    if lifetime is None:
        return words.lifetime_none
    if lifetime.iso8601 is None:
        return words.lifetime_session if lifetime.session else words.lifetime_persistent
    parts = carried(components(lifetime.iso8601))
    shown = [words.units[unit][words.plural(number)].format(n=number) for unit, number in parts.items() if number]
    return join(shown, words.list_and, words.list_comma)


def carried(parts: dict[str, int]) -> dict[str, int]:
    """Seconds, minutes and hours filled up to days: 15552000 seconds are 180 days."""
    filled = dict(parts)
    for small, large, size in CARRIED:
        more, filled[small] = divmod(filled[small], size)
        filled[large] += more
    return filled


def read_lifetime_text(text: str) -> Lifetime | None:
    """The lifetime a text in English, French or Arabic states; None if it states none, more than one, or is unclear."""
    try:
        return parse_lifetime(text)
    except InvalidLifetime:
        pass
    plain = " ".join(FILLER.sub(" ", text.lower()).split())
    if SESSION_WORDS.fullmatch(plain):
        return SESSION
    if PERSISTENT_WORDS.fullmatch(plain) or PERSISTENT_WORDS.fullmatch(text.strip().lower()):
        return PERSISTENT
    return amounts(plainly(plain) if ARABIC.search(plain) else plain)


def amounts(plain: str) -> Lifetime | None:
    """Numbers with units, each unit once, and nothing else."""
    found: dict[str, int] = {}
    place = 0
    while match := AMOUNT.match(plain, place):
        number = int(match[1]) if match[1].isascii() and match[1].isdigit() else NUMBER_WORDS.get(match[1])
        unit = UNIT_OF.get(match[2])
        if number is None or unit is None or unit in found:
            return None
        found[unit], place = number, match.end()
    if not found or place != len(plain):
        return None
    return duration(found)


def duration(found: dict[str, int]) -> Lifetime | None:
    """ISO 8601 for numbers by unit; None where a number is too long for it or all are zero."""
    date = "".join(f"{found[unit]}{ISO_UNITS[unit]}" for unit in ("years", "months", "weeks", "days") if unit in found)
    time = "".join(f"{found[unit]}{ISO_UNITS[unit]}" for unit in ("hours", "minutes", "seconds") if unit in found)
    try:
        return parse_lifetime(f"P{date}T{time}" if time else f"P{date}")
    except InvalidLifetime:
        return None
