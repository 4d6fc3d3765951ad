"""Which store an installation uses."""

from bredele.core.errors import BredeleError
from bredele.core.settings import Settings
from bredele.stats.sqlite import SqliteStore
from bredele.stats.tables import SqlStore


def open_store(settings: Settings) -> SqlStore:
    """PostgreSQL where `BREDELE_DATABASE` names one, else the file `statistics.sqlite3` in the data directory."""
    if not settings.database:
        return SqliteStore(settings.data / "statistics.sqlite3")
    try:
        from bredele.stats.postgres import PostgresStore
    except ModuleNotFoundError:
        raise BredeleError(
            "PostgreSQL needs a library that is not installed.",
            where="BREDELE_DATABASE",
            cure="pip install 'bredele[postgres]'",
        ) from None
    return PostgresStore(settings.database)
