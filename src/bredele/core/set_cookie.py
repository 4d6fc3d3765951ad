"""`Set-Cookie` headers, read as browsers read them and written with every attribute (RFC 6265bis sections 4.1, 5.6).

The standard library's parser drops headers with `Partitioned`; enforcement, scanner and our own answers need them all.
"""

import re
from datetime import UTC, datetime
from email.utils import format_datetime

import msgspec

from bredele.core.cookie_date import parse_date
from bredele.core.declaration import SameSite
from bredele.core.errors import InvalidSetCookie

PAIR_LIMIT, ATTRIBUTE_LIMIT = 4096, 1024
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
NUMBER = re.compile(r"-?\d+", re.ASCII)
NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+", re.ASCII)
VALUE = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*", re.ASCII)
AVALUE = re.compile(r"[\x20-\x3a\x3c-\x7e]*", re.ASCII)
SAME_SITE: dict[str, SameSite] = {"strict": "Strict", "lax": "Lax", "none": "None"}
WHITE = " \t"


class SetCookie(msgspec.Struct, frozen=True, kw_only=True):
    """One `Set-Cookie`. `domain` None or empty means host-only; `path` None means the default path of the request.

    `extra` holds attributes we do not know (Priority, ...), as written and in order.
    """

    name: str
    value: str = ""
    domain: str | None = None
    path: str | None = None
    max_age: int | None = None
    expires: datetime | None = None
    secure: bool = False
    http_only: bool = False
    same_site: SameSite | None = None
    partitioned: bool = False
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def session(self) -> bool:
        """Whether it ends with the browser session."""
        return self.max_age is None and self.expires is None

    def lifetime(self, now: datetime) -> int | None:
        """Declared seconds from `now`; Max-Age beats Expires (RFC 6265bis 5.7); None for a session cookie."""
        if self.max_age is not None:
            return self.max_age
        return None if self.expires is None else int((self.expires - now).total_seconds())


def parse(header: str) -> SetCookie:
    """Read one header value; raises InvalidSetCookie where a browser ignores the whole header.

    Octets are counted as UTF-8; pass the header decoded as UTF-8 where possible, else Latin-1.
    """
    if CONTROL.search(header):
        raise InvalidSetCookie("It holds a control character.", cure="Remove it (RFC 6265bis 5.6).")
    pair, *rest = header.split(";")
    name, equals, value = pair.partition("=")
    name, value = (name.strip(WHITE), value.strip(WHITE)) if equals else ("", pair.strip(WHITE))
    if not name and not value:
        raise InvalidSetCookie("It has neither a name nor a value.", cure="Write name=value.")
    if octets(name) + octets(value) > PAIR_LIMIT:
        raise InvalidSetCookie(f"Name and value are longer than {PAIR_LIMIT} octets.", cure="Store less.")
    return read_attributes(SetCookie(name=name, value=value), rest)


def read_attributes(cookie: SetCookie, parts: list[str]) -> SetCookie:
    """The cookie with its attributes: the last of each kind wins, over-long ones are ignored."""
    changes: dict[str, object] = {}
    extra: list[tuple[str, str]] = []
    for part in parts:
        name, _, value = (piece.strip(WHITE) for piece in part.partition("="))
        if not name or octets(value) > ATTRIBUTE_LIMIT:
            continue
        known = read_attribute(name.lower(), value)
        if known is None:
            extra.append((name, value))
        else:
            changes.update(known)
    return msgspec.structs.replace(cookie, **changes, extra=tuple(extra))


def read_attribute(name: str, value: str) -> dict[str, object] | None:
    """What one attribute changes; an empty mapping if a browser ignores its value; None if the name is unknown."""
    match name:
        case "expires":
            moment = parse_date(value)
            return {} if moment is None else {"expires": moment}
        case "max-age":
            return {"max_age": int(value[:18])} if NUMBER.fullmatch(value) else {}
        case "domain":
            return {"domain": value.removeprefix(".").lower()}
        case "path":
            return {"path": value if value.startswith("/") else None}
        case "secure":
            return {"secure": True}
        case "httponly":
            return {"http_only": True}
        case "partitioned":
            return {"partitioned": True}
        case "samesite":
            return {"same_site": SAME_SITE.get(value.lower())}
    return None


def serialise(cookie: SetCookie) -> str:
    """The header value. Refuses (InvalidSetCookie) what section 4.1 does not allow a server to send."""
    check_sendable(cookie)
    parts = [f"{cookie.name}={cookie.value}"]
    if cookie.domain:
        parts.append(f"Domain={cookie.domain}")
    if cookie.path is not None:
        parts.append(f"Path={cookie.path}")
    if cookie.max_age is not None:
        parts.append(f"Max-Age={cookie.max_age}")
    if cookie.expires is not None:
        parts.append(f"Expires={format_datetime(cookie.expires.astimezone(UTC), usegmt=True)}")
    parts += [
        word
        for word, on in (
            ("Secure", cookie.secure),
            ("HttpOnly", cookie.http_only),
            ("Partitioned", cookie.partitioned),
        )
        if on
    ]
    if cookie.same_site:
        parts.append(f"SameSite={cookie.same_site}")
    parts += [f"{name}={value}" if value else name for name, value in cookie.extra]
    return "; ".join(parts)


def check_sendable(cookie: SetCookie) -> None:
    """Raise InvalidSetCookie for a name, value or attribute outside the grammar, or one every browser would drop."""
    if not NAME.fullmatch(cookie.name):
        raise InvalidSetCookie(f"{cookie.name!r} is no cookie name.", cure="Use letters, digits, - and _.")
    bare = cookie.value[1:-1] if len(cookie.value) > 1 and cookie.value[0] == cookie.value[-1] == '"' else cookie.value
    if not VALUE.fullmatch(bare):
        raise InvalidSetCookie(
            f"The value of {cookie.name} has signs a cookie cannot hold.",
            cure="Encode it.",
        )
    if octets(cookie.name) + octets(cookie.value) > PAIR_LIMIT:
        raise InvalidSetCookie(f"{cookie.name} is longer than {PAIR_LIMIT} octets.", cure="Store less.")
    texts = [
        cookie.domain or "",
        cookie.path or "",
        *(part for pair in cookie.extra for part in pair),
    ]
    if not all(AVALUE.fullmatch(text) and octets(text) <= ATTRIBUTE_LIMIT for text in texts):
        raise InvalidSetCookie(
            f"An attribute of {cookie.name} has a sign it cannot hold.",
            cure="Remove ; and controls.",
        )
    if (cookie.same_site == "None" or cookie.partitioned) and not cookie.secure:
        raise InvalidSetCookie(
            f"{cookie.name} needs Secure with SameSite=None or Partitioned.",
            cure="Add Secure.",
        )


def octets(text: str) -> int:
    """Length in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))
