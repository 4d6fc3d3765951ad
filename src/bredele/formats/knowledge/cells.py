"""Cells of other people's lists cleaned: names with placeholders, hosts with remarks, lifetimes in words."""

import re

from bredele.core.errors import InvalidLifetime
from bredele.core.lifetime import Lifetime, parse_lifetime
from bredele.core.wording.lifetimes import read_lifetime_text
from bredele.formats.knowledge.fact import Match

PLACEHOLDER = re.compile(r"\*|\[(?!\d+\])[^\]]*\]|<[^>]*>|\{[^}]*\}|\(\w+\)|#+|x{4,}|X{4,}|%\w+%")
ENDS_OPEN = re.compile(r"[-_.:/]$")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,61}", re.IGNORECASE)
OWN = re.compile(r"1st|first.?party|\b(?:web)?site\b|\bdomain\b", re.IGNORECASE)
"""What remains of a cell when it speaks of the visited site: "or advertiser's website domain (1st party)"."""
FOREVER = re.compile(r"forever|unlimited|no expiration|does not expire|never|persistent", re.IGNORECASE)
REMARK = re.compile(r"[,;(].*$|\b(?:by default|from set|after last activity)\b.*$|\bmodifiable\b", re.IGNORECASE)
LONGEST = 200
"""Signs of a name; what is longer is no name."""


def read_name(cell: str, wildcard: bool) -> tuple[str, Match] | None:
    """The part of a name that does not vary, and how to compare it; None if nothing of a name is left."""
    name = cell.strip()
    if not name or len(name) > LONGEST or " " in name:
        return None
    found = PLACEHOLDER.search(name)
    if found is None:
        return name, "prefix" if wildcard or ENDS_OPEN.search(name) else "exact"
    head, tail = name[: found.start()], PLACEHOLDER.split(name)[-1]
    if len(head) >= 3 or not tail:  # "_s" would match half of all names
        return (head, "prefix") if len(head.strip("_-.")) > 1 else None
    return (tail, "suffix") if len(tail) > 3 else None  # the same at the other end


def read_hosts(cell: str) -> tuple[tuple[str, ...], bool]:
    """The host names in a cell such as `.example.net (3rd party)`, and whether it speaks of the visited site too."""
    hosts = dict.fromkeys(found.lower() for found in HOST.findall(cell))
    return tuple(hosts), bool(OWN.search(HOST.sub(" ", cell)))


def read_retention(cell: str) -> str | None:
    """A lifetime as in cookies.toml; None if the words state none or more than one."""
    text = cell.strip()
    if not text:
        return None
    if FOREVER.fullmatch(text):
        return "persistent"
    if "session" in text.lower() and "after" not in text.lower():
        return "session"
    plain = REMARK.sub("", text).strip()
    several = any(sign.isdigit() for sign in text[len(plain) :])
    stated = stated_lifetime(text) or (None if several else stated_lifetime(plain))
    return str(stated) if stated else None


def stated_lifetime(text: str) -> Lifetime | None:
    """The one lifetime a text states."""
    try:
        return read_lifetime_text(text) if text else None
    except InvalidLifetime:
        return None


def of_seconds(seconds: float) -> str | None:
    """Whole seconds as an ISO 8601 duration, in days where they are whole days."""
    whole = int(seconds)
    if whole <= 0:
        return None
    text = f"P{whole // 86_400}D" if whole % 86_400 == 0 else f"PT{whole}S"
    try:
        return str(parse_lifetime(text))
    except InvalidLifetime:
        return None


def short(text: object, limit: int = 400) -> str:
    """One line of at most `limit` signs."""
    line = " ".join(str(text or "").split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
