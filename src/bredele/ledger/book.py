"""The logs of one installation: where each lies, opened once a process."""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from bredele.core.settings import Settings
from bredele.ledger.engine import Engine
from bredele.ledger.log import Log, Random
from bredele.ledger.postgres import PostgresEngine
from bredele.ledger.sqlite import SqliteEngine

FILE = "log.sqlite3"


def folder(settings: Settings, slug: str) -> Path:
    """Where a site's ledger lies: the file (without `BREDELE_DATABASE`) and its private keys."""
    return settings.data / "ledger" / slug


def opener(settings: Settings, slug: str) -> Callable[[], Engine]:
    """Opens a site's database, in this process or in another."""
    if settings.database:
        return partial(PostgresEngine, settings.database, slug)
    return partial(SqliteEngine, folder(settings, slug) / FILE)


def name_of(origin: str) -> str:
    """A log's own name (C2SP: origin) from the site's: `https://www.town.example` gives `www.town.example/ledger`."""
    return f"{urlsplit(origin).netloc.lower()}/ledger"


class Book:
    """Every site's log. `clock` and `random` come in so that tests can hold them."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime], random: Random) -> None:
        self.settings = settings
        self.clock = clock
        self.random = random
        self._alone = threading.Lock()
        self._logs: dict[str, Log] = {}

    def log(self, slug: str, origin: str) -> Log:
        """The log of a site; `origin` names a log that begins now, an existing one keeps its name."""
        with self._alone:
            found = self._logs.get(slug)
            if found is None:
                keys = folder(self.settings, slug) / "keys"
                engine = opener(self.settings, slug)()
                found = self._logs[slug] = Log(engine, name_of(origin), keys, self.clock, self.random)
            return found

    def close(self) -> None:
        """Close this thread's connections."""
        with self._alone:
            for log in self._logs.values():
                log.close()
            self._logs.clear()
