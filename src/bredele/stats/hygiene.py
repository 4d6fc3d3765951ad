"""What of an address may be kept: the path without query; e-mail addresses, tokens, ids masked (ANA-10, ANA-11).

What is masked is counted, so that an operator sees that a site puts such things into its addresses.
"""

import re
from functools import lru_cache
from itertools import pairwise
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

PATH_LIMIT = 200
HOST_LIMIT = 100
EMAIL, TOKEN, IDENTIFIER = "{email}", "{token}", "{id}"
UUID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE | re.ASCII)
NUMBER = re.compile(r"\d{6,}|\+?\d(?:[ ().-]{0,2}\d){8,}", re.ASCII)
"""Six digits or more in a row (a customer, an order), or nine with signs between (a telephone)."""
DATE = re.compile(r"(?:19|20)\d\d[-.]?[01]\d[-.]?[0-3]\d", re.ASCII)
PIECES = re.compile(r"[-_.~=+]+")
LETTER_AND_DIGIT = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9]+", re.ASCII)
HEXADECIMAL = re.compile(r"(?=.*\d)[0-9a-f]{8,}", re.ASCII | re.IGNORECASE)
LONG_PIECE = 12
SUSPECT = re.compile(
    rf"[@%;]|[0-9a-f]{{8}}|(?=[a-z0-9]{{{LONG_PIECE}}})[a-z]*\d|{NUMBER.pattern}", re.ASCII | re.IGNORECASE
)
"""What every path holds that `unmasked` would change; most paths hold nothing of it, and are kept as they are."""
HOST = re.compile(r"(?=.{1,100}\Z)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:\.[a-z0-9-]+)?|\[[0-9a-f:.]+\]", re.ASCII)
CAMPAIGN = re.compile(r"utm_.*|.*clid|mc_[ce]id|_ga|_gl|yclid|ref|source|campaign", re.IGNORECASE)
"""Parameters no allow-list may name: campaigns and the ids of advertisers (ANA-11, ANA-12)."""


def page_of(path: str) -> str:
    """The path alone, as `clean` leaves it."""
    return clean(path)[0]


@lru_cache(maxsize=8192)
def clean(address: str, allowed: tuple[str, ...] = ()) -> tuple[str, bool]:
    """(path to keep, whether something was masked) of a URL or path; `allowed` query parameters stay, sorted.

    Percent-encoding is undone, control signs and everything after `;` in a segment are dropped, the length is capped.
    """
    bare, query = split(address)
    named, masked = (bare, False) if SUSPECT.search(bare) is None else unmasked(bare)
    path = printable(named)[:PATH_LIMIT] or "/"
    kept = [(name, mask(value)) for name, value in parse_qsl(query) if name in allowed and not CAMPAIGN.fullmatch(name)]
    if kept:
        path = f"{path}?{printable(urlencode(sorted(kept), safe='{}'))}"[:PATH_LIMIT]
    return path, masked


def unmasked(bare: str) -> tuple[str, bool]:
    """A path segment by segment: decoded, without parameters, masked; and whether something was."""
    segments = [segment.partition(";")[0] for segment in unquote(bare).split("/")]
    masked = [mask(segment) for segment in segments]
    return "/".join(masked), masked != segments


def split(address: str) -> tuple[str, str]:
    """(path, query) of a URL or a path."""
    if "://" in address[:12]:
        try:
            parts = urlsplit(address)
        except ValueError:
            return "/", ""
        return parts.path, parts.query
    path, _, query = address.partition("#")[0].partition("?")
    return path, query


def mask(segment: str) -> str:
    """One segment: itself, or the name of what it would have told."""
    if not segment:
        return segment
    if "@" in segment:
        return EMAIL
    if UUID.search(segment):
        return IDENTIFIER
    if any(secretive(piece) for piece in PIECES.split(segment)):
        return TOKEN
    return IDENTIFIER if NUMBER.search(segment) and not DATE.search(segment) else segment


def secretive(piece: str) -> bool:
    """Whether a run of letters and digits looks drawn, not written: long, both mixed, or hexadecimal."""
    if len(piece) >= LONG_PIECE and LETTER_AND_DIGIT.fullmatch(piece) and changes(piece) > 1:
        return True
    return bool(HEXADECIMAL.fullmatch(piece)) and changes(piece) > 1


def changes(piece: str) -> int:
    """How often it goes from letters to digits or back: `summer2026` once, a token often."""
    return sum(one.isdigit() != another.isdigit() for one, another in pairwise(piece))


def printable(text: str) -> str:
    """Without control signs."""
    return text if text.isprintable() else "".join(sign for sign in text if sign.isprintable())


@lru_cache(maxsize=4096)
def host_of(referrer: str) -> str:
    """The host of a referrer, lower case, without port; empty for none or for what is no web address (ANA-10)."""
    try:
        parts = urlsplit(referrer)
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""
    return host[:HOST_LIMIT] if parts.scheme in ("http", "https") and HOST.fullmatch(host) else ""
