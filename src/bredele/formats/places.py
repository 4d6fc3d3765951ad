"""Web origins, hosts and locations as people write them, normalised."""

import re
from typing import get_args
from urllib.parse import urlsplit

from bredele.core.declaration import Location

HOST = re.compile(r"\.?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*", re.ASCII)
PORTS = {"http": 80, "https": 443}
LOCATIONS: tuple[Location, ...] = get_args(Location)
OFFICES: tuple[Location, ...] = ("front office", "back office")
FRONT, BACK, API, BOTH = (
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bfront\b|الواجهة العامة",
        r"\bback\b|لوحة الإدارة",
        r"\bapi\b|واجهة البرمجة",
        r"^\s*(both|les deux)\b",
    )
)
FILLER = re.compile(
    r"\b(front|back|office|offices|api|and|et|both|les|deux|the|und)\b"
    r"|و?(الواجهة العامة|لوحة الإدارة|واجهة البرمجة)|[\s,;،/&+-]+",
    re.IGNORECASE,
)


def read_origin(text: str) -> str | None:
    """`https://host[:port]`, lower case, the scheme's own port left out; None if it is no web origin."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        return None
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower().rstrip(".")
    if scheme not in PORTS or parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        return None
    name = f"[{host}]" if ":" in host else ascii_host(host)
    if not name:
        return None
    return f"{scheme}://{name}" if port in (None, PORTS[scheme]) else f"{scheme}://{name}:{port}"


def ascii_host(host: str) -> str:
    """A host name in ASCII, an international one encoded; empty if it is none."""
    try:
        name = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""
    return name if HOST.fullmatch(name) and not name.startswith(".") and len(name) < 254 else ""


def read_host(text: str) -> str | None:
    """A cookie domain, lower case, leading dot kept; None if it is none."""
    name = text.strip().lower()
    dot = "." if name.startswith(".") else ""
    host = ascii_host(name.removeprefix("."))
    return dot + host if host else None


def read_location(text: str) -> tuple[Location, ...] | None:
    """`"front and back office"`, `"front et back office"`, `"both"`, `"API"` as locations; None if it says more."""
    if FILLER.sub("", text):
        return None
    if BOTH.search(text) and not (FRONT.search(text) or BACK.search(text)):
        return OFFICES
    found = tuple(place for place, sign in zip(LOCATIONS, (FRONT, BACK, API), strict=True) if sign.search(text))
    return found or None
