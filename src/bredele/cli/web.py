"""What commands that need Django share: bring it up, or say how to get it."""

import os
from datetime import UTC, datetime
from pathlib import Path

from bredele.cli.errors import MissingPart
from bredele.core.settings import Settings, read_settings


def load(data: Path | None = None, origin: str | None = None, *, tables: bool = True) -> Settings:
    """Django with these settings, its tables made; raises MissingPart where the server parts are not installed."""
    try:
        from bredele.web import startup
    except ModuleNotFoundError as error:
        raise MissingPart.of(error, "server") from None
    startup.set_up(data, origin)
    if tables:
        startup.prepare()
    return installation()


def installation() -> Settings:
    """The settings of the environment, as Django reads them."""
    return read_settings(os.environ)


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)
