"""How many different values a day may bring to a dimension: what is beyond goes to "other", and is counted as capped.

Values come from outside: somebody who invents a hundred thousand addresses must not fill the disk (nor the memory).
"""

from collections.abc import Callable

from bredele.stats.catalogue import OTHER, Dimension

LIMITS: dict[Dimension, int] = {"page": 10_000, "referrer": 5_000, "outbound": 2_000, "download": 2_000, "error": 100}
LANGUAGES = 300
DAYS_HELD = 32
Values = Callable[[str, Dimension, str], frozenset[str]]


class Limits:
    """Admits values until a day's limit; `known` gives what a site's day already holds, asked for once."""

    def __init__(self, known: Values, limits: dict[Dimension, int] | None = None) -> None:
        self._known = known
        self._limits = LIMITS | {"language": LANGUAGES} if limits is None else limits
        self._held: dict[tuple[str, Dimension, str], set[str]] = {}

    def admit(self, site: str, dimension: Dimension, day: str, value: str) -> str:
        """The value, or `OTHER` where the day has its full number of different ones."""
        limit = self._limits.get(dimension)
        if limit is None:
            return value
        held = self._held.get((site, dimension, day))
        if held is None:
            held = self._load(site, dimension, day)
        if value in held:
            return value
        if len(held) >= limit:
            return OTHER
        held.add(value)
        return value

    def restart(self) -> None:
        """Forget what was read: another process may have added since."""
        self._held.clear()

    def _load(self, site: str, dimension: Dimension, day: str) -> set[str]:
        if len(self._held) > DAYS_HELD * len(self._limits):
            self._held.clear()
        held = self._held[site, dimension, day] = set(self._known(site, dimension, day))
        return held


def unlimited(_site: str, _dimension: Dimension, _day: str) -> frozenset[str]:
    """Nothing is known yet."""
    return frozenset()
