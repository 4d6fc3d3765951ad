"""`--against X`: an existing file, else the address of a `cookie-policy.json`, else a site of the local server."""

from pathlib import Path

import msgspec

from bredele.cli.source import read_source
from bredele.core.errors import BredeleError
from bredele.core.registry import Registry
from bredele.core.settings import Settings
from bredele.formats.declared import read_declared
from bredele.formats.published import SiteIndex

CURE = "Give a cookies.toml, the https address of a cookie-policy.json, or the name of a site of this server."


class NothingToCompare(BredeleError):
    """What was named holds no declarations."""


def declared_in(source: str, settings: Settings) -> tuple[Registry, int | None]:
    """The registry, and its version number where it was published."""
    if Path(source).is_file() or "://" in source:
        data = read_source(source)
        return read_declared(data), published_number(data)
    return published_by(source, settings)


def fetched(source: str) -> bool:
    """Whether declarations are had from the web: anybody may fetch them, so they say not whose site it is."""
    return "://" in source and not Path(source).is_file()


def published_number(data: bytes) -> int | None:
    """The version a policy twin states; None for a plain file."""
    try:
        twin = msgspec.json.decode(data)
    except msgspec.DecodeError:
        return None
    number = twin.get("version") if isinstance(twin, dict) else None
    return number if isinstance(number, int) else None


def published_by(slug: str, settings: Settings) -> tuple[Registry, int]:
    """The version in force of a site of the local server."""
    site = SiteIndex(settings.data).by_slug(slug)
    if site is None:
        raise NothingToCompare("There is no such file and no such site here.", where=slug, cure=CURE)
    if site.version is None:
        raise NothingToCompare("This site has published nothing yet.", where=slug, cure="Run bredele publish first.")
    return site.version.registry, site.version.number
