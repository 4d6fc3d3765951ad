"""The example sites of `bredele demo`: found, imported with their warnings, published once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bredele.cli import web
from bredele.core.errors import BredeleError
from bredele.core.registry import Registry
from bredele.core.settings import Settings

if TYPE_CHECKING:
    from bredele.web.registry.models import Site

Say = Callable[[str], None]
WRITTEN_FOR = "localhost:8000"
"""Host and port in the example files; another port is put in its place."""
AUTHOR = "demo"


@dataclass(frozen=True)
class Example:
    """One example site; its folder and its slug have the same name."""

    slug: str
    host: str
    default: bool = False
    demo: bool = False

    def origin(self, settings: Settings) -> str:
        """Where it answers, on the installation's port."""
        return f"http://{self.host}:{settings.port}"


EXAMPLES = (
    Example("civis", "localhost", default=True),
    Example("town", "town.localhost", demo=True),
    Example("partner", "partner.localhost", demo=True),
)


def folder() -> Path:
    """The example files: beside the sources, or inside the installed package."""
    here = Path(__file__)
    for place in (here.parents[3] / "examples", here.parents[1] / "examples"):
        if (place / "civis" / "cookies.toml").is_file():
            return place
    raise BredeleError("The example files are not there.", where="examples/civis", cure="Install Bredele again.")


def prepare(settings: Settings, say: Say) -> None:
    """Every example site is there, on this port, published. What an earlier run made is kept."""
    for example in EXAMPLES:
        site = find_or_add(example, settings)
        if site.origin != example.origin(settings):
            move(site, example, settings, say)
        elif site.draft is None:
            publish(example, settings, say)


def find_or_add(example: Example, settings: Settings) -> "Site":
    """The site's row."""
    from bredele.web.registry import sites
    from bredele.web.registry.models import Site

    found = Site.objects.filter(slug=example.slug).first()
    origin = example.origin(settings)
    return found or sites.add(example.slug, origin, (example.host,), default=example.default, demo=example.demo)


def publish(example: Example, settings: Settings, say: Say) -> None:
    """First the written policy as it is, with its faults; then the reviewed declarations, published."""
    from bredele.web.registry import publishing

    place = folder() / example.slug
    if (place / "policy.txt").is_file():
        import_text(example, place / "policy.txt", say)
    if not (place / "cookies.toml").is_file():
        return
    registry = read(place / "cookies.toml", settings)
    version = publishing.publish(example.slug, web.now(), AUTHOR, registry, "reviewed declarations")
    say(f"Published version {version.number} of {example.slug}: {len(registry.cookies)} declarations.")


def import_text(example: Example, path: Path, say: Say) -> None:
    """Draft what the text says, and tell what it leaves out."""
    from bredele.formats.policy_text import import_policy, to_registry
    from bredele.web.registry import drafts

    imported = import_policy(path.read_bytes())
    drafts.change(example.slug, to_registry(imported), AUTHOR, web.now(), f"imported {path.name}")
    say(f"Imported {path.name}: {len(imported.declarations)} declarations, {len(imported.warnings)} warnings.")
    for warning in imported.warnings:
        say(f"  {warning.code}: {warning.message}")


def read(path: Path, settings: Settings) -> Registry:
    """The declarations of a file, moved to this installation's port."""
    from bredele.formats.toml import read_registry

    return read_registry(path.read_bytes().replace(WRITTEN_FOR.encode(), f"localhost:{settings.port}".encode()))


def move(site: "Site", example: Example, settings: Settings, say: Say) -> None:
    """The same site on another port: a new version says the new addresses."""
    from bredele.web.registry import publishing, sites

    before, after = site.origin, example.origin(settings)
    sites.move(site.slug, after)
    current = publishing.current_version(site.slug)
    if current is not None:
        registry = on_port(current.registry, before, after)
        publishing.publish(site.slug, web.now(), AUTHOR, registry, f"moved to {after}")
    say(f"Moved {site.slug} from {before} to {after}.")


def on_port(registry: Registry, before: str, after: str) -> Registry:
    """The registry with every loopback address moved from one port to the other."""
    old, new = (f"localhost:{origin.rpartition(':')[2]}".encode() for origin in (before, after))
    return msgspec.json.decode(msgspec.json.encode(registry).replace(old, new), type=Registry)
