"""`bredele knowledge`: load what others know about cookies, list it, ask it."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from bredele.cli.errors import CONFORM
from bredele.cli.format import format_option, report
from bredele.core.errors import BredeleError
from bredele.core.settings import read_settings
from bredele.formats.knowledge import store
from bredele.formats.knowledge.fact import Base, Source
from bredele.formats.knowledge.matching import Suggestion
from bredele.formats.knowledge.matching import knowledge as loaded
from bredele.formats.knowledge.reading import read

CURE = "Say --licence (an SPDX name such as Apache-2.0, or words) and --source (its address)."


class NoSource(BredeleError):
    """Knowledge whose origin or licence nobody stated."""


@click.group()
def knowledge() -> None:
    """Load what others know about cookies and hosts; scans then suggest, with the source."""


@knowledge.command()
@click.argument("path", metavar="FILE|FOLDER", type=click.Path(path_type=Path, exists=True))
@click.option("--licence", help="Licence of the data; recognised for well-known lists.")
@click.option("--source", help="Address the data come from; recognised for well-known lists.")
@click.option("--title", help="Name to show beside what is taken from it.")
@format_option
def load(path: Path, licence: str | None, source: str | None, title: str | None, form: str) -> int:
    """Read a list of cookies or hosts; its format is recognised. It replaces an earlier edition of the same list."""
    base = attributed(read(path), path, licence, source, title)
    store.write(read_settings(os.environ).data, base)
    if form == "json":
        echo(base.source)
    else:
        found = base.source
        click.echo(f"{found.title}: {found.facts:,} facts ({found.form}).")
        click.echo(f"Licence: {found.licence}. Source: {found.url or path.name}.")
        if "NC" in found.licence.upper().split("-"):
            click.echo("This licence is for non-commercial use; for any other ask the source.", err=True)
    return CONFORM


def attributed(base: Base, path: Path, licence: str | None, source: str | None, title: str | None) -> Base:
    """The base with its origin: what was said goes before what was recognised; what is missing is asked for."""
    known = base.source
    stated = msgspec.structs.replace(
        known,
        title=title or known.title or path.stem,
        licence=licence or known.licence or asked("Licence of these data"),
        url=source or known.url or asked("Address they come from"),
        loaded=datetime.now(UTC).replace(microsecond=0),
    )
    return msgspec.structs.replace(base, source=stated)


def asked(what: str) -> str:
    """The answer of the person at the terminal; NoSource where nobody is there to ask."""
    if not sys.stdin.isatty():
        raise NoSource(f"{what}: not recognised and not stated.", where="knowledge load", cure=CURE)
    answer: str = click.prompt(what)
    return answer.strip()


@knowledge.command("list")
@format_option
def list_sources(form: str) -> int:
    """List what is loaded: source, licence, date."""
    rows = [
        {
            "title": base.source.title,
            "licence": base.source.licence,
            "source": base.source.url,
            "facts": base.source.facts,
            "loaded": base.source.loaded.date().isoformat() if base.source.loaded else None,
            "form": base.source.form,
        }
        for _, base in store.bases(read_settings(os.environ).data)
    ]
    report(form, rows, "Nothing is loaded yet: bredele knowledge load FILE.")
    return CONFORM


@knowledge.command()
@click.argument("names", metavar="NAME…", nargs=-1, required=True)
@click.option("--host", help="Host the item is kept for; it counts before the name.")
@click.option("--site", "site_host", help="Host of the visited site, to tell its own items from others'.")
@format_option
def suggest(names: tuple[str, ...], host: str | None, site_host: str | None, form: str) -> int:
    """Say what is known about names: provider, purpose, lifetime, and who says so. Unknown means consent is needed."""
    known = loaded(read_settings(os.environ).data)
    found = {name: known.suggest(name, host, site_host) for name in names}
    if form == "json":
        click.echo(encoded({name: suggestion_row(name, one) for name, one in found.items()}))
    else:
        for name, one in found.items():
            click.echo(told(name, one))
    return CONFORM


@knowledge.command()
@click.argument("title")
def forget(title: str) -> int:
    """Remove a loaded list."""
    if not store.remove(read_settings(os.environ).data, title):
        raise NoSource("Nothing of this title is loaded.", where=title, cure="See bredele knowledge list.")
    click.echo(f"Forgot {title}.")
    return CONFORM


def suggestion_row(name: str, found: Suggestion | None) -> dict[str, object]:
    """A suggestion as JSON; `consent` is true for whatever is not known to be necessary."""
    if found is None:
        return {"name": name, "purpose": None, "consent": True, "source": None}
    return {**msgspec.to_builtins(found), "consent": found.consent}


def told(name: str, found: Suggestion | None) -> str:
    """A suggestion as a person reads it."""
    if found is None:
        return f"{name}: unknown, so consent is needed."
    purpose = found.purpose or "purpose unknown, so consent is needed"
    kept = f", {found.lifetime}" if found.lifetime else ""
    who = f"{found.provider}, " if found.provider else ""
    says = f'{found.source.title} calls it "{found.category}"' if found.category else found.source.title
    lines = [f"{found.name or name}: {who}{purpose}{kept} ({found.by} known)"]
    if found.description:
        lines.append(f"    {found.description}")
    lines.append(f"    {says}; {found.source.licence}, {found.source.url}")
    return "\n".join(lines)


def echo(source: Source) -> None:
    """A source as JSON."""
    click.echo(encoded(source))


def encoded(value: object) -> str:
    """JSON for people and machines."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
