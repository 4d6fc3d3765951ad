"""The signed note that an address is opened in answer to a withdrawal: only then is a third party asked to erase."""

import hmac
import re
from datetime import datetime
from hashlib import sha256

from bredele.formats.published import PublishedSite

GOOD_FOR = 60
"""Seconds."""
PARAMETER = "withdrawn"
SHAPE = re.compile(r"(\d{1,12})\.([0-9a-f]{64})", re.ASCII)


def sign(slug: str, now: datetime, secret: bytes) -> str:
    """A token for this site and moment; it names no visitor."""
    second = str(int(now.timestamp()))
    return f"{second}.{seal(slug, second, secret)}"


def addresses(site: PublishedSite, token: str, now: datetime, secret: bytes) -> tuple[str, ...]:
    """The declared erase addresses of the site while the token is true and young, else none."""
    match = SHAPE.fullmatch(token)
    if match is None or site.version is None:
        return ()
    second, given = match.groups()
    young = 0 <= int(now.timestamp()) - int(second) <= GOOD_FOR
    if not (hmac.compare_digest(given, seal(site.slug, second, secret)) and young):
        return ()
    return tuple(dict.fromkeys(entry.erase for entry in site.version.registry.cookies if entry.erase))


def seal(slug: str, second: str, secret: bytes) -> str:
    """HMAC-SHA-256 over purpose, site and second."""
    return hmac.new(secret, f"withdrawn {slug} {second}".encode(), sha256).hexdigest()
