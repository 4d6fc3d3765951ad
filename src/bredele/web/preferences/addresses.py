"""Where a visitor goes back to: an address of the same site, without what was said once."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

SAID_ONCE = ("lang", "saved", "withdrawn")
"""Query names that would undo the choice of a language, or repeat a message or an erasure."""


def here(request: HttpRequest) -> str:
    """This page's own path and query, fit for a form's `next`."""
    return without(request.get_full_path(), SAID_ONCE)


def same_site(address: str, otherwise: str = "/") -> str:
    """The address if it is a path of this site, else `otherwise`; never another host."""
    path = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if path else otherwise


def without(address: str, names: tuple[str, ...]) -> str:
    """The address without these query parameters."""
    parts = urlsplit(address)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name not in names])
    return f"{parts.path}?{query}" if query else parts.path
