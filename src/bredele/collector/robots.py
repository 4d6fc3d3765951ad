"""Which requests no person made: known robots, and pages a browser fetches before anyone asked for them.

Names of headers are lower case, or the mapping does not mind.
"""

from collections.abc import Mapping
from functools import lru_cache

from crawleruseragents import is_crawler

from bredele.core.signal import HEADER, honoured

AHEAD = ("sec-purpose", "purpose", "x-moz")
"""Headers by which a browser says that nobody asked for the page yet."""


@lru_cache(maxsize=2048)
def robot(software: str) -> bool:
    """Whether this software says it is a robot. Held in memory only; nothing of it is written anywhere."""
    return not software or is_crawler(software)


def prefetched(headers: Mapping[str, str]) -> bool:
    """Whether the browser fetched it ahead (Sec-Purpose, and the older names of the same)."""
    return any(name in headers and "prefetch" in headers[name].lower() for name in AHEAD)


def objects(headers: Mapping[str, str]) -> bool:
    """Whether the browser sends Global Privacy Control or Do Not Track."""
    return honoured(headers.get(HEADER.lower())) or headers.get("dnt") == "1"


def navigation(headers: Mapping[str, str]) -> bool:
    """Whether a person went to the page: a document of its own, no frame, no fetch by a script."""
    return headers.get("sec-fetch-dest", "document") == "document"
