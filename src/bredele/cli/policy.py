"""`bredele policy`: read a written policy, write one from declarations, compare two."""

from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from bredele.cli.errors import CONFORM
from bredele.cli.format import format_option
from bredele.cli.source import read_source, write_result
from bredele.core.diff import Change, diff
from bredele.core.document import PolicyDocument
from bredele.core.policy import build
from bredele.core.registry import Version
from bredele.formats import toml
from bredele.formats.declared import read_declared
from bredele.formats.domains import registrable_domain
from bredele.formats.imported import ImportedPolicy
from bredele.formats.policy_markdown import as_csv, as_markdown
from bredele.formats.policy_text import import_policy, to_registry
from bredele.formats.policy_writing import as_html, as_text

output_option = click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it there.")


def document_json(document: PolicyDocument) -> str:
    """The document's sections, tables and rows."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


WRITERS = {"text": as_text, "html": as_html, "markdown": as_markdown, "csv": as_csv, "json": document_json}


@click.group()
def policy() -> None:
    """Import, render and compare policy texts."""


@policy.command("import")
@click.argument("source", metavar="FILE|URL|-")
@click.option("--format", "form", type=click.Choice(["text", "json", "toml"]), default="text", show_default=True)
@output_option
def import_(source: str, form: str, output: Path | None) -> int:
    """Read a written policy: what it states, and its faults. Faults are warnings, so the exit code is 0."""
    imported = import_policy(read_source(source))
    write_result({"text": told, "json": json_text, "toml": draft}[form](imported), output)
    return CONFORM


@policy.command()
@click.argument("source", metavar="FILE|URL|-")
@click.option("--lang", "language", help="Language code; the site's first language otherwise.")
@click.option("--format", "form", type=click.Choice(list(WRITERS)), default="text", show_default=True)
@output_option
def render(source: str, language: str | None, form: str, output: Path | None) -> int:
    """Write the policy that the declarations of FILE make, as a draft."""
    registry = read_declared(read_source(source))
    version = Version(number=0, published=datetime.now(UTC), registry=registry)
    document = build(version, language or registry.site.languages[0], registrable_domain)
    write_result(WRITERS[form](document), output)
    return CONFORM


@policy.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@format_option
def diff_(old: str, new: str, form: str) -> int:
    """Say what changed between two declarations, and which changes ask visitors again."""
    changes = diff(read_declared(read_source(old)), read_declared(read_source(new)))
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(changes), indent=2).decode())
    elif not changes:
        click.echo("Nothing changed.")
    for change in changes if form == "text" else ():
        click.echo(line(change))
    return CONFORM


def line(change: Change) -> str:
    """One change as a person reads it."""
    names = f" ({', '.join(change.names)})" if change.names else ""
    values = f": {change.before or 'not stated'} -> {change.after or 'not stated'}" if change.kind == "changed" else ""
    asked = f"  [asks again: {', '.join(change.purposes)}]" if change.material else ""
    return f"{change.kind} {change.where}{names}{values}{asked}"


def json_text(imported: ImportedPolicy) -> str:
    """The shape of CONTRACTS 4."""
    return msgspec.json.format(msgspec.json.encode(imported), indent=2).decode() + "\n"


def draft(imported: ImportedPolicy) -> str:
    """A cookies.toml to complete."""
    return toml.write_registry(to_registry(imported))


def told(imported: ImportedPolicy) -> str:
    """Rows and faults in words."""
    lines = [f"{imported.title or 'No title'} · {imported.site or 'no address'} · {imported.language or 'language ?'}"]
    for entry in imported.declarations:
        stays = entry.lifetime.text if entry.lifetime else "no lifetime stated"
        lines.append(f"  {', '.join(entry.names)}: {entry.purpose or 'no purpose stated'} ({stays})")
    lines.append(f"{len(imported.declarations)} declarations, {len(imported.warnings)} warnings")
    lines += [f"  {item.where.line}:{item.where.column} {item.code}: {item.message}" for item in imported.warnings]
    return "\n".join(lines) + "\n"
