"""`bredele tick`: the periodic work of a server; for cron or a timer, and run by `bredele serve` itself."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from bredele.cli import web
from bredele.cli.errors import CONFORM
from bredele.core.settings import Settings

Say = Callable[[str], None]
WORKS = {
    "statistics": "bredele.web.statistics.working",
    "reports": "bredele.web.reports.working",
    "scans": "bredele.web.scans.working",
    "messages": "bredele.web.alerts.working",
    "ledgers": "bredele.web.ledger.working",
}
"""What is done, in this order. Each module has `work(now, say)`, which does what is due and nothing else, so that a
tick may come at any time and twice, and `waits(now)`: whether there is anything."""
LOCK = "tick.lock"


@click.command()
def tick() -> int:
    """Do what is due: statistics, scans, messages, ledgers. For cron every few minutes; a second one does nothing."""
    settings = web.load()
    with alone(settings) as first:
        if not first:
            click.echo("Another tick is at work.", err=True)
            return CONFORM
        for name, module in WORKS.items():
            import_module(module).work(web.now, voice(name))
    return CONFORM


def voice(name: str) -> Say:
    """Lines on standard error, with the work they are of."""
    return lambda line: click.echo(f"{name}: {line}", err=True)


@contextmanager
def alone(settings: Settings) -> Iterator[bool]:
    """True for the one process that holds the lock; it is let go with the process, however that ends."""
    import fcntl

    handle = os.open(settings.data / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(handle)
