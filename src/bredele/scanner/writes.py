"""One attempt to store something, from a response header, a script or a storage event; values masked on the way in."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast
from urllib.parse import urlsplit

import msgspec

from bredele.core.declaration import Kind
from bredele.core.errors import InvalidSetCookie
from bredele.core.observation import How
from bredele.core.set_cookie import SetCookie, parse
from bredele.scanner.masking import host_of, mask

Attributes = dict[str, str | bool | None]
Key = tuple[str, str, str, str]
"""Kind, name, host without a leading dot, path: what an attempt and a stored item are paired by."""


class Write(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt that the browser accepted, or (`kept` None) whose fate only the jar tells.

    `epoch`: decisive clicks made before it. `lifetime` in seconds, None for a session or unknown.
    """

    kind: Kind
    name: str
    host: str
    path: str
    url: str
    how: How
    epoch: int
    occasion: str
    page: str = ""
    kept: bool | None = True
    read_back: bool = False
    lifetime: int | None = None
    session: bool = False
    attributes: Attributes = {}
    value: str = ""
    moment: datetime = datetime.min.replace(tzinfo=UTC)

    @property
    def key(self) -> Key:
        """What it is paired with a stored item by."""
        return (self.kind, self.name, self.host.lstrip("."), self.path)


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody expired a cookie of this name."""

    name: str
    epoch: int


def removal(line: str, at: "Circumstances") -> Removal | None:
    """What a `Set-Cookie` line or a string given to `document.cookie` expires; None if it sets."""
    try:
        cookie = parse(line)
    except InvalidSetCookie:
        return None
    return Removal(name=cookie.name, epoch=at.epoch) if expires(cookie, at.moment) else None


def deletes(line: str) -> bool:
    """Whether a refused line only meant to delete: expiring every scope is tried on purpose."""
    try:
        return expires(parse(line), datetime.now(UTC))
    except InvalidSetCookie:
        return False


def expires(cookie: SetCookie, moment: datetime) -> bool:
    """Whether it is over at once."""
    lifetime = cookie.lifetime(moment)
    return lifetime is not None and lifetime <= 0


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """When and on what occasion something happened; `epoch` counts the decisive clicks before it.

    `left`: the page before.
    """

    epoch: int
    in_answer: bool
    occasion: str
    page: str
    left: str = ""
    moment: datetime


def from_header(line: str, url: str, how: How, at: Circumstances, date: str = "") -> Write | None:
    """The write of one `Set-Cookie` line; None for an illegal line and for a deletion."""
    try:
        cookie = parse(line)
    except InvalidSetCookie:
        return None
    moment = server_time(date) or at.moment
    return from_cookie(cookie, url, url, how, at, moment)


def from_script(line: str, url: str, page: str, how: How, at: Circumstances) -> Write | None:
    """The write of a string given to `document.cookie` on a page; its value comes masked."""
    try:
        cookie = parse(line)
    except InvalidSetCookie:
        return None
    return from_cookie(cookie, url, page, how, at, at.moment)


def from_cookie(
    cookie: SetCookie, url: str, document: str, how: How, at: Circumstances, moment: datetime
) -> Write | None:
    """The write of a parsed cookie by `url`, for the host and path of `document`; None for a deletion."""
    lifetime = cookie.lifetime(moment)
    if lifetime is not None and lifetime <= 0:
        return None
    host = host_of(document)
    return Write(
        kind="cookie",
        name=cookie.name,
        host=f".{cookie.domain}" if cookie.domain and "." in cookie.domain else host,
        path=cookie.path or default_path(document),
        url=url,
        how=how,
        epoch=at.epoch,
        occasion=at.occasion,
        page=at.page,
        lifetime=lifetime,
        session=cookie.session,
        attributes={
            "secure": cookie.secure,
            "http_only": cookie.http_only,
            "same_site": cookie.same_site,
            "partitioned": cookie.partitioned,
        },
        value=cookie.value if "…(" in cookie.value else mask(cookie.value),
        moment=moment,
    )


def server_time(date: str) -> datetime | None:
    """A response's own Date: Expires is meant by the server's clock."""
    try:
        moment = parsedate_to_datetime(date) if date else None
    except (TypeError, ValueError):
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


def default_path(url: str) -> str:
    """The path of a cookie without Path (RFC 6265bis 5.1.4)."""
    return urlsplit(url).path.rpartition("/")[0] or "/"


def from_cookie_store(told: dict[str, Any], url: str, page: str, how: How, at: Circumstances) -> Write | None:
    """The write of a call of `cookieStore.set`; None for a deletion."""
    expires = told.get("expires")
    lifetime = int(expires / 1000 - at.moment.timestamp()) if isinstance(expires, int | float) else None
    if lifetime is not None and lifetime <= 0:
        return None
    domain, same_site = told.get("domain"), str(told.get("sameSite") or "strict")
    return Write(
        kind="cookie",
        name=str(told.get("name") or ""),
        host=f".{domain}" if domain else host_of(page),
        path=str(told.get("path") or "/"),
        url=url,
        how=how,
        epoch=at.epoch,
        occasion=at.occasion,
        page=at.page,
        kept=None,
        lifetime=lifetime,
        session=lifetime is None,
        attributes={
            "secure": True,
            "http_only": False,
            "same_site": same_site.capitalize(),
            "partitioned": bool(told.get("partitioned")),
        },
        value=str(told.get("value") or ""),
        moment=at.moment,
    )


def to_storage(kind: str, name: str, url: str, page: str, how: How, at: Circumstances) -> Write:
    """The write of a storage item, database, cache or worker by a script of the frame at `page`."""
    return Write(
        kind=cast(Kind, kind),
        name=name,
        host=host_of(page),
        path="/",
        url=url,
        how=how,
        epoch=at.epoch,
        occasion=at.occasion,
        page=at.page,
        kept=None,
        moment=at.moment,
    )
