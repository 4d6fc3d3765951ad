"""The published sites as this process sees them."""

from functools import cache
from pathlib import Path

from django.conf import settings

from bredele.formats.published import SiteIndex


def site_index() -> SiteIndex:
    """The one index of this process; it reads its file again only when that changed."""
    return index_of(settings.BREDELE.data)


@cache
def index_of(data: Path) -> SiteIndex:
    """One index a data directory."""
    return SiteIndex(data)
