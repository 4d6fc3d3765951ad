"""What commands that need Django share: bring it up, or say how to get it."""

import os
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType

from bredele.cli.errors import MissingPart
from bredele.core.settings import Settings, read_settings


def startup() -> ModuleType:
    """`bredele.web.startup`; raises MissingPart where the server parts are not installed."""
    try:
        return import_module("bredele.web.startup")
    except ModuleNotFoundError as error:
        raise MissingPart.of(error, "server") from None


def load(data: Path | None = None, origin: str | None = None, *, tables: bool = True) -> Settings:
    """Django with these settings, its tables made and its published files complete."""
    module = startup()
    module.set_up(data, origin)
    if tables:
        module.prepare()
    return installation()


def installation() -> Settings:
    """The settings of the environment, as Django reads them."""
    return read_settings(os.environ)


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)
