"""The ledgers' part of a tick: consent that ran out is recorded, content whose time is over is erased."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings

from bredele.formats.published import replace_file
from bredele.ledger.errors import LedgerUnavailable
from bredele.ledger.retention import kept_for, tidy
from bredele.web.ledger.logs import log_of
from bredele.web.registry.index import site_index

EVERY = timedelta(hours=1)
log = logging.getLogger(__name__)
STAMP = "ledgers.tidied"
"""In the data directory: when it was last done. The server that asks is another process than the tick that does it."""


def work(now: Callable[[], datetime], say: Callable[[str], None]) -> None:
    """Tidy every site's ledger; one that is out of order is told, and stops no other."""
    moment = now()
    replace_file(settings.BREDELE.data / STAMP, moment.isoformat().encode())
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
    try:
        last = datetime.fromisoformat((settings.BREDELE.data / STAMP).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return True
    return now() - last >= EVERY
