"""Whether any periodic work waits, asked by the server every few seconds."""

from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import import_module

from django.db import Error, connection


def work_waits(modules: Iterable[str], now: Callable[[], datetime]) -> bool:
    """Whether a tick would find anything to do; a database that does not answer now is asked again later."""
    try:
        return any(import_module(module).waits(now) for module in modules)
    except Error:
        return False
    finally:
        connection.close()
