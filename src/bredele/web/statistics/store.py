"""The one store of sums of this process."""

from functools import cache
from pathlib import Path

from django.conf import settings

from bredele.stats.sqlite import SqliteStore
from bredele.stats.store import Store


def statistics_store() -> Store:
    """The store in the data directory; the collector writes to the same file."""
    return store_of(settings.BREDELE.data)


@cache
def store_of(data: Path) -> Store:
    """One store a data directory."""
    return SqliteStore(data / "statistics.sqlite3")
