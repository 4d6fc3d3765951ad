"""Values as words a reader knows: countries and languages by name, classes in plain words."""

from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, gettext_lazy

from bredele.stats.catalogue import Dimension
from bredele.stats.folding import LOAD_MS, LONGEST, SECONDS_BELOW, SLOWEST

WORDS: dict[str, object] = {
    "unknown": gettext_lazy("unknown"),
    "other": gettext_lazy("others"),
    "direct": gettext_lazy("direct, or not told"),
    "desktop": gettext_lazy("Computer"),
    "mobile": gettext_lazy("Phone"),
    "tablet": gettext_lazy("Tablet"),
    "small": gettext_lazy("Small, as of a phone"),
    "medium": gettext_lazy("Medium, as of a tablet"),
    "large": gettext_lazy("Large, as of a laptop"),
    "wide": gettext_lazy("Wide"),
    "not-found": gettext_lazy("Pages that were not found"),
    "script": gettext_lazy("Scripts that failed"),
    "resource": gettext_lazy("Pictures, styles and the like that did not load"),
}
SPOKEN: tuple[Dimension, ...] = ("device", "screen", "error")
"""Dimensions whose values are classes of ours."""
ORDERED: dict[Dimension, tuple[str, ...]] = {
    "load": (*(name for _, name in LOAD_MS), SLOWEST),
    "time": (*(name for _, name in SECONDS_BELOW), LONGEST),
    "screen": ("small", "medium", "large", "wide"),
}
"""Classes that have an order of their own, which reads better than the order of size."""
CODES: tuple[Dimension, ...] = ("page", "outbound", "referrer", "download", "load", "time")
"""Values that are addresses or durations: they read from left to right in every language."""


THIN = "\u202f"
"""A narrow space that does not break, between thousands: read in every language, told by ISO 80000-1."""


def told(figure: int | str) -> str:
    """A released figure as it is shown."""
    return f"{figure:,}".replace(",", THIN) if isinstance(figure, int) else figure


def named(dimension: Dimension, value: str) -> str:
    """A value as the reader of this page calls it."""
    if value in ("unknown", "direct") or dimension in SPOKEN or (dimension == "browser" and value == "other"):
        return str(WORDS.get(value, value))
    if dimension in ("country", "language"):
        return of_world(dimension, value, get_language() or "en")
    return value.replace("-", "–") if dimension in ("load", "time") else value


@cache
def of_world(dimension: str, code: str, language: str) -> str:
    """The name of a country `FR` or a language `fr` in a language; the code itself where it has none."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    known = locale.territories if dimension == "country" else locale.languages
    name = str(known.get(code, code))
    return name[:1].upper() + name[1:]
