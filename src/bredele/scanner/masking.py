"""What may leave the browser: masked values and addresses without secrets (SCN-10)."""

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

HIDDEN = quote("…")
SHORT_WORD = re.compile(r"[A-Za-z0-9_-]{0,12}", re.ASCII)


def mask(value: str) -> str:
    """`a…(17)`: the first sign and the length, never more."""
    return f"{value[:1]}…({len(value)})" if value else ""


def bare_address(url: str) -> str:
    """An address without user, query and fragment."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https", "ws", "wss"):
        return f"{parts.scheme}:" if parts.scheme else ""
    return urlunsplit((parts.scheme, host_and_port(url), parts.path or "/", "", ""))


def page_address(url: str) -> str:
    """A page's address: short query values such as `lang=fr` stay, longer ones may be secrets and are masked."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    safe = [(name, value if SHORT_WORD.fullmatch(value) else "…") for name, value in pairs]
    query = urlencode(safe).replace(HIDDEN, "…")
    return urlunsplit((parts.scheme, host_and_port(url), parts.path or "/", query, ""))


def host_and_port(url: str) -> str:
    """The network part of an address, without user and password."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def host_of(url: str) -> str:
    """The host of an address, lower case, without port; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
