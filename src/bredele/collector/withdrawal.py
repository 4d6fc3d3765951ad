"""What a withdrawal takes back, and the signed note that carries it to the page that tells: once, for a minute."""

import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

import msgspec

from bredele.core.consent import Choice
from bredele.core.declaration import Declaration
from bredele.core.registry import Version
from bredele.formats.published import PublishedSite

GOOD_FOR = 60
"""Seconds."""
PARAMETER = "withdrawn"
SHAPE = re.compile(r"(\d{1,17})\.(\d{1,6})\.([0-9a-f]{1,500})\.([0-9a-f]{1,500})\.([0-9a-f]{64})", re.ASCII)


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """Entries that were allowed until now and are no more; `seen`: those the browser sent a cookie of."""

    lost: tuple[Declaration, ...]
    seen: tuple[Declaration, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where third parties erase their own."""
        return tuple(dict.fromkeys(entry.erase for entry in self.lost if entry.erase))


def withdrawal(version: Version, before: Choice | None, after: Choice, cookies: Mapping[str, str]) -> Withdrawal | None:
    """What `after` takes back of what `before` granted; None if that is nothing. `cookies`: the request's."""
    had, has = before.granted if before else frozenset(), after.granted
    asked = [(entry, frozenset(version.registry.asked(entry))) for entry in version.registry.cookies]
    lost = tuple(entry for entry, purposes in asked if purposes and purposes <= had and not purposes <= has)
    sent = [entry for name in cookies for entry in version.registry.named(name)[:1]]
    return Withdrawal(lost=lost, seen=tuple(entry for entry in lost if entry in sent)) if lost else None


def sign(site: PublishedSite, taken: Withdrawal, now: datetime, secret: bytes) -> str:
    """A token for this site and moment: which entries of the version, and nothing of who."""
    assert site.version is not None  # noqa: S101  # nothing can be withdrawn from a site without one
    entries, moment = site.version.registry.cookies, int(now.timestamp() * 1_000_000)
    text = f"{moment}.{site.version.number}.{bits(entries, taken.lost)}.{bits(entries, taken.seen)}"
    return f"{text}.{seal(site.slug, text, secret)}"


def read(site: PublishedSite, token: str, now: datetime, secret: bytes) -> Withdrawal | None:
    """The withdrawal in a token while it is true, young and of the version in force, else None."""
    match = SHAPE.fullmatch(token)
    if match is None or site.version is None:
        return None
    moment, number, lost, seen, given = match.groups()
    text = token.rpartition(".")[0]
    young = 0 <= now.timestamp() - int(moment) / 1_000_000 <= GOOD_FOR
    if not (hmac.compare_digest(given, seal(site.slug, text, secret)) and young and int(number) == site.version.number):
        return None
    entries = site.version.registry.cookies
    return Withdrawal(lost=chosen(entries, lost), seen=chosen(entries, seen))


def bits(entries: tuple[Declaration, ...], some: tuple[Declaration, ...]) -> str:
    """Which of the entries, as one hexadecimal number."""
    return f"{sum(1 << place for place, entry in enumerate(entries) if entry in some):x}"


def chosen(entries: tuple[Declaration, ...], number: str) -> tuple[Declaration, ...]:
    """The entries a number names."""
    return tuple(entry for place, entry in enumerate(entries) if int(number, 16) >> place & 1)


def seal(slug: str, text: str, secret: bytes) -> str:
    """HMAC-SHA-256 over what it is for, the site and the words."""
    return hmac.new(secret, f"withdrawn {slug} {text}".encode(), sha256).hexdigest()
