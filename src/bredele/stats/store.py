"""What a statistics store must be able to do: add sums, and read them back. Any engine fits behind it."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from bredele.stats.event import Dimension, Happening, Increments


class Store(Protocol):
    """Exact sums. Nothing read here may be shown before `bredele.stats.release` made it safe."""

    def add(self, increments: Increments) -> None:
        """Add all of them or none; safe from several threads and processes at once."""

    def hourly(self, site: str, start: date, end: date) -> Mapping[tuple[str, str], int]:
        """(hour, metric) -> total, for the days from `start` to `end`, both included."""

    def daily(self, site: str, dimension: Dimension, start: date, end: date) -> Mapping[tuple[str, str], int]:
        """(day, value) -> page views, both days included."""

    def choices(self, site: str, start: date, end: date) -> Mapping[tuple[str, int, str, Happening], int]:
        """(day, version, language, happening) -> how often, both days included."""
