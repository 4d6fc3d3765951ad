"""`bredele registry`: validate, export and import declarations."""

from pathlib import Path

import click
import msgspec

from bredele.cli.errors import CONFORM, FINDINGS
from bredele.cli.format import format_option
from bredele.cli.policy import output_option
from bredele.cli.source import read_source, write_result
from bredele.core.errors import BredeleError, InvalidRegistry
from bredele.core.registry import Registry
from bredele.core.validation import Problem, problems
from bredele.formats import csv, json, toml
from bredele.formats.declared import read_declared
from bredele.formats.domains import registrable_domain


@click.group()
def registry() -> None:
    """Validate, export and import declarations."""


@registry.command()
@click.argument("source", metavar="FILE|URL|-")
@click.option("--publish", is_flag=True, help="Ask for everything a published policy must say.")
@format_option
def validate(source: str, publish: bool, form: str) -> int:
    """Say every problem with its place and cure; exit code 1 if one is an error."""
    found = examine(read_source(source), publish)
    failed = any(problem.severity == "error" for problem in found)
    if form == "json":
        body = {"source": source, "valid": not failed, "problems": found}
        click.echo(msgspec.json.format(msgspec.json.encode(body), indent=2).decode())
    else:
        for problem in found:
            click.echo(f"{problem.severity}: {problem.where}: {problem.message} {problem.cure}")
        click.echo("Not valid." if failed else "Valid.")
    return FINDINGS if failed else CONFORM


def examine(data: bytes, publishing: bool) -> tuple[Problem, ...]:
    """What keeps the file from being read, or what is wrong with what it declares."""
    try:
        declared = read_declared(data)
    except InvalidRegistry as error:
        return tuple(unread(problem) for problem in error.problems)
    return problems(declared, publishing=publishing, registrable_domain=registrable_domain)


def unread(fault: BredeleError) -> Problem:
    """A fault of the file itself."""
    return Problem(severity="error", code="unreadable", where=fault.where, message=fault.message, cure=fault.cure)


@registry.command()
@click.argument("source", metavar="FILE|URL|-", required=False)
@click.option(
    "--format", "form", type=click.Choice(["toml", "json", "csv", "schema"]), default="toml", show_default=True
)
@click.option("--lang", "language", help="Language of the CSV; the site's first language otherwise.")
@output_option
def export(source: str | None, form: str, language: str | None, output: Path | None) -> int:
    """Write the declarations of FILE in another form, or the JSON Schema of the form itself (needs no FILE)."""
    if form == "schema":
        write_result(msgspec.json.format(msgspec.json.encode(json.schema()), indent=2).decode() + "\n", output)
        return CONFORM
    if source is None:
        raise click.UsageError("Name a FILE, a URL or - (only --format schema needs none).")
    declared = read_declared(read_source(source))
    write_result(written(declared, form, language), output)
    return CONFORM


def written(declared: Registry, form: str, language: str | None) -> str:
    """The registry in one form."""
    if form == "csv":
        return csv.write_rows(declared, language or declared.site.languages[0], registrable_domain)
    return json.write_registry(declared) if form == "json" else toml.write_registry(declared)


@registry.command("import")
@click.argument("source", metavar="FILE|URL|-")
@output_option
def import_(source: str, output: Path | None) -> int:
    """Read a cookies.toml, a registry as JSON or a site's cookie-policy.json, and write it as cookies.toml."""
    write_result(toml.write_registry(read_declared(read_source(source))), output)
    return CONFORM
