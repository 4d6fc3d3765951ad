"""The collector alone, over one published site, in the directory `BREDELE_DATA`; nothing but what it does itself."""

import os
from datetime import UTC, datetime
from pathlib import Path

from bredele.collector.alone import Alone
from bredele.core.registry import Registry, Site
from bredele.core.settings import read_settings
from bredele.core.versions import next_version
from bredele.formats.published import IndexEntry, encode_version, write_index, write_version

ORIGIN, HOST, SLUG = "http://bench.localhost", "bench.localhost", "bench"


def publish(data: Path) -> None:
    """One site that counts page views."""
    registry = Registry(site=Site(origin=ORIGIN, jurisdiction="FR", statistics="pageviews"))
    version = next_version(registry, None, datetime(2026, 1, 1, tzinfo=UTC))
    write_version(data, SLUG, encode_version(version), 1)
    write_index(data, (IndexEntry(slug=SLUG, hosts=(HOST,), origin=ORIGIN, default=True, current=1),))


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


application = Alone(read_settings(os.environ)) if "BREDELE_DATA" in os.environ else None
