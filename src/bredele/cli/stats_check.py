"""`bredele stats check`: does this installation count nobody? Made now, kept for the pages that say so."""

import os
import secrets

import click
import msgspec

from bredele.cli.errors import CONFORM, FINDINGS
from bredele.cli.format import format_option
from bredele.cli.web import now
from bredele.collector.checks.kept import Results, keep
from bredele.collector.checks.running import examine, running_of
from bredele.collector.counting import Counting
from bredele.core.settings import read_settings


@click.command("check")
@format_option
def check_figures(form: str) -> int:
    """Check that the statistics are what "anonymous" promises (ANA-28). While one fails no page says the word."""
    settings, moment = read_settings(os.environ), now()
    counting = Counting(settings, now)
    try:
        results = keep(settings.data, examine(running_of(counting, moment), secrets.token_bytes), moment)
    finally:
        counting.folder.store.close()
        counting.close()
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(results), indent=2).decode())
    else:
        click.echo(as_text(results))
    return FINDINGS if results.failed else CONFORM


def as_text(results: Results) -> str:
    """A line for each check, the verdict last."""
    lines = [f"{'ok   ' if one.ok else 'FAULT'}  {one.rule}  {one.message}" for one in results.outcomes]
    may = not results.doubts(results.when)
    verdict = 'The pages may say "anonymous".' if may else 'No page says "anonymous" until this is mended.'
    return "\n".join([*lines, "", verdict])
