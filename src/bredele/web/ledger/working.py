"""The ledgers' part of a tick: consent that ran out is recorded, content whose time is over is erased."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings

from bredele.ledger.errors import LedgerUnavailable
from bredele.ledger.retention import kept_for, tidy
from bredele.web.ledger.logs import log_of
from bredele.web.registry.index import site_index

EVERY = timedelta(hours=1)
log = logging.getLogger(__name__)
done: dict[object, datetime] = {}
"""When this process last did it, by data directory."""


def work(now: Callable[[], datetime], say: Callable[[str], None]) -> None:
    """Tidy every site's ledger; one that is out of order is told, and stops no other."""
    moment = now()
    done[settings.BREDELE.data] = moment
    for site in site_index().sites():
        try:
            ended, erased = tidy(log_of(site), moment, kept_for(settings.BREDELE.proof_kept, site.slug))
        except LedgerUnavailable as error:
            log.error("The ledger of %s is out of order: %s", site.slug, error)
            continue
        if ended or erased:
            say(f"{site.slug}: {ended} consents ended, {erased} records erased")


def waits(now: Callable[[], datetime]) -> bool:
    """Whether an hour has passed: consents end by the minute, but nobody acts on it sooner."""
    last = done.get(settings.BREDELE.data)
    return last is None or now() - last >= EVERY
