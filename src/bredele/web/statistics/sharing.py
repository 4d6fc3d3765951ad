"""Who may see a site's dashboard without signing in, and who may show a panel of it in a frame."""

from urllib.parse import urlsplit

import msgspec

from bredele.core.errors import BredeleError
from bredele.web.statistics.models import Sharing

MOST = 20


class InvalidFrame(BredeleError):
    """What is no origin of a page that may hold a frame."""


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """A site's decision; the default shows nothing to anybody."""

    public: bool = False
    frames: tuple[str, ...] = ()


def shared(site: str) -> Shared:
    """What was decided for a site."""
    row = Sharing.objects.filter(site=site).first()
    return Shared(public=row.public, frames=tuple(row.frames)) if row else Shared()


def share(site: str, decided: Shared) -> None:
    """Keep a decision."""
    Sharing.objects.update_or_create(site=site, defaults={"public": decided.public, "frames": list(decided.frames)})


def read_frames(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Origins as they stand in `frame-ancestors`; raises InvalidFrame."""
    if len(lines) > MOST:
        raise InvalidFrame(f"At most {MOST} origins.", where="frames", cure="Show the panel from fewer places.")
    return tuple(dict.fromkeys(read_frame(line) for line in lines))


def read_frame(line: str) -> str:
    """One origin: https, or http on loopback."""
    try:
        parts = urlsplit(line.strip().lower())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    loopback = host == "localhost" or host.endswith(".localhost")
    right = parts.scheme == "https" or (parts.scheme == "http" and loopback)
    plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None)
    named = host.isascii() and bool(host) and all(sign.isalnum() or sign in ".-" for sign in host)
    if not (right and plain and named):
        raise InvalidFrame(
            f"“{line[:80]}” is no origin of a web page.", where="frames", cure="Write it as in https://www.example.org."
        )
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")
