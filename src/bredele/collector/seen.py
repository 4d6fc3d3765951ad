"""The body of `POST /collect`: what a page says of itself, nothing else is taken (ANA-13, ANA-15)."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from bredele.collector.errors import RefusedPost
from bredele.stats.catalogue import EVENTS, EventName

BODY_LIMIT = 4096
URL_LIMIT = 2000
Address = Annotated[str, msgspec.Meta(max_length=URL_LIMIT)]
CURE = 'Send {"name": "view", "url": "https://…", "referrer": "", "width": 0}.'


class First(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Whether this is the browser's first view of the day, the week, the month; a first of the month is all three."""

    day: bool = False
    week: bool = False
    month: bool = False


class Seen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """One event. `again`: reloaded or reached by going back or forward, so no visit begins with it.

    With `leave`: `seconds` the page was looked at, `load` in ms until it had loaded, `exit` left without going to
    another page of the site, `entry` the visit had begun with this view. With an action: `target` is its address or,
    for an error, its kind.
    """

    name: EventName
    url: Address
    site: Annotated[str, msgspec.Meta(max_length=100)] = ""
    referrer: Address = ""
    width: float = 0
    first: First | None = None
    again: bool = False
    seconds: float = -1
    load: float = -1
    exit: bool = False
    entry: bool = False
    target: Address = ""


decode = msgspec.json.Decoder(Seen).decode


def read(body: bytes) -> Seen:
    """The event in a body; RefusedPost 422 for anything else, saying which events there are."""
    try:
        return decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = str(error)
    known = "; ".join(f"{name} ({kind})" for name, kind in EVENTS.items())
    raise RefusedPost(422, message[:200], cure=f"{CURE} Events of three types are counted: {known}.")


def from_query(fields: Mapping[str, str], referer: str) -> Seen:
    """A view told by an image in a page without JavaScript: the page is the image's own referrer.

    Without the field `referrer` nobody knows whence the visitor came: then no visit begins.
    """
    if not referer:
        raise RefusedPost(422, "The page is not told.", where="Referer", cure="Allow referrers within the site.")
    try:
        return msgspec.convert(
            {
                **{name: fields[name] for name in ("site", "referrer") if name in fields},
                "name": "view",
                "url": referer,
                "again": "referrer" not in fields,
            },
            Seen,
        )
    except msgspec.ValidationError as error:
        raise RefusedPost(422, str(error), cure=CURE) from None
