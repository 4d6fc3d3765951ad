"""`--format text|json`, the same on everything that reports."""

from collections.abc import Callable, Sequence
from typing import Any

import click
import msgspec

format_option: Callable[[Any], Any] = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


def report(form: str, rows: Sequence[dict[str, Any]], empty: str) -> None:
    """Rows as JSON, or as aligned columns with a heading; `empty` is said where there are none."""
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
    elif not rows:
        click.echo(empty)
    else:
        table = [[*rows[0]], *([text(value) for value in row.values()] for row in rows)]
        widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
        for line in table:
            click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def text(value: object) -> str:
    """A cell as a person reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "-" if value is None or value == "" else str(value)
