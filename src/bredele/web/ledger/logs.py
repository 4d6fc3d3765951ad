"""The ledgers of this process, one book a data directory."""

import secrets
from datetime import UTC, datetime
from functools import cache

from django.conf import settings

from bredele.collector.recording import Recorder
from bredele.core.settings import Settings
from bredele.formats.published import PublishedSite
from bredele.ledger.book import Book
from bredele.ledger.log import Log


def log_of(site: PublishedSite) -> Log:
    """The log of a site."""
    return book_of(settings.BREDELE).log(site.slug, site.origin)


def recorder() -> Recorder:
    """What writes answers given on Django's pages; the collector writes to the same logs."""
    return recorder_of(settings.BREDELE)


@cache
def book_of(installation: Settings) -> Book:
    """One book an installation."""
    return Book(installation, lambda: datetime.now(UTC), secrets.token_bytes)


@cache
def recorder_of(installation: Settings) -> Recorder:
    """One recorder a book."""
    return Recorder(book_of(installation), installation.data)
