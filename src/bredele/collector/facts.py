"""Coarse facts of a request, worked out in memory: address and software go in, a country and a few classes come out.

Neither the address nor the software's name is written, logged or handed on (ANA-09); only the country, the class of
device and the family of browser are.
"""

from functools import lru_cache
from ipaddress import ip_address, ip_network

import iptocc

from bredele.stats.catalogue import UNKNOWN

FAMILIES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Opera", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("YaBrowser", "Yandex"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chrome"),
    ("Safari/", "Safari"),
)
"""What a browser's name holds, narrowest first: Edge says Chrome too, and Chrome says Safari."""
SCREENS = ((600, "small"), (1024, "medium"), (1600, "large"))
WIDEST, PIXELS = "wide", 20_000


def country(address: str) -> str:
    """ISO 3166 code of the country of an address, UNKNOWN for a private one or for none."""
    return iptocc.country_code(address) or UNKNOWN


@lru_cache(maxsize=2048)
def software(name: str) -> tuple[str, str]:
    """(class of device, family of browser) of a User-Agent; held in memory only."""
    family = next((family for mark, family in FAMILIES if mark in name), "other")
    if "iPad" in name or "Tablet" in name or ("Android" in name and "Mobile" not in name):
        return "tablet", family
    return "mobile" if "Mobi" in name else "desktop", family


@lru_cache(maxsize=512)
def language(accepted: str) -> str:
    """The first language of Accept-Language, without its region."""
    first = accepted[:40].partition(",")[0].partition(";")[0].strip().partition("-")[0].lower()
    return first if 2 <= len(first) <= 3 and first.isascii() and first.isalpha() else UNKNOWN


@lru_cache(maxsize=1024)
def screen(width: int) -> str:
    """The class of a window's width in CSS pixels; 0 where it is not told."""
    if not 0 < width <= PIXELS:
        return UNKNOWN
    return next((name for below, name in SCREENS if width < below), WIDEST)


def counted_as(address: str) -> str:
    """Under what name floods are counted; empty where they are not.

    One visitor commands a whole /64 of IPv6. A loopback or private address is a proxy's or a test's: it may be many.
    """
    if ":" not in address and iptocc.country_code(address):
        return address  # handed out to somebody in a country, so neither loopback nor private
    return sender_of(address)


@lru_cache(maxsize=4096)
def sender_of(address: str) -> str:
    """The same for the addresses that take longer."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if not found.is_global:
        return ""
    return address if found.version == 4 else str(ip_network((found, 64), strict=False))
