"""`bredele stats`: the figures of this server's own files; only `--exact` shows them unrounded."""

import csv
import os
import sys
from datetime import UTC, date, datetime, timedelta

import click
import msgspec

from bredele.cli.stats_about import about
from bredele.cli.stats_assessment import self_assessment
from bredele.cli.stats_check import check_figures
from bredele.cli.stats_files import export_figures, import_figures
from bredele.cli.stats_logs import read_logs
from bredele.core.errors import BredeleError
from bredele.core.settings import read_settings
from bredele.formats.published import SiteIndex
from bredele.stats.exact import exact_choices, exact_pages, exact_views
from bredele.stats.opening import open_store
from bredele.stats.release import choices_table, pages_table, views_table
from bredele.stats.tables import SqlStore

RELEASED = {"views": views_table, "pages": pages_table, "choices": choices_table}
EXACT = {"views": exact_views, "pages": exact_pages, "choices": exact_choices}
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def stats() -> None:
    """Query, import and export the statistics."""


stats.add_command(import_figures)
stats.add_command(export_figures)
stats.add_command(check_figures)
stats.add_command(self_assessment)
stats.add_command(read_logs)
stats.add_command(about)


@stats.command()
@click.argument("site")
@click.option("--of", "table", type=click.Choice([*RELEASED]), default="views", show_default=True)
@click.option("--from", "start", type=DAY, help="First day; 30 days ago unless told.")
@click.option("--to", "end", type=DAY, help="Last day; today (UTC) unless told.")
@click.option("--exact", is_flag=True, help="Unrounded sums, for the operator's eyes only: never publish them.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
def query(site: str, table: str, start: datetime | None, end: datetime | None, exact: bool, form: str) -> None:
    """Figures of a site: views by day, pages or answers by month."""
    store, last = opened(site), end.date() if end else datetime.now(UTC).date()
    first = start.date() if start else last - timedelta(days=29)
    rows = (EXACT if exact else RELEASED)[table](store, site, first, check_range(first, last))
    store.close()
    write([msgspec.structs.asdict(row) for row in rows], form)


def check_range(first: date, last: date) -> date:
    """The last day, or BredeleError where the range is turned round."""
    if first > last:
        raise BredeleError(f"{first} is after {last}.", where="--from", cure="Turn the two days round.")
    return last


def opened(site: str) -> SqlStore:
    """The store of this installation; BredeleError where the site is unknown."""
    settings = read_settings(os.environ)
    if SiteIndex(settings.data).by_slug(site) is None:
        known = ", ".join(known.slug for known in SiteIndex(settings.data).sites()) or "none"
        raise BredeleError("There is no such site.", where=site, cure=f"Published here: {known}.")
    return open_store(settings)


def write(rows: list[dict[str, object]], form: str) -> None:
    """The rows on standard output."""
    if form == "json":
        click.echo(msgspec.json.encode(rows))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    elif not rows:
        click.echo("Nothing was counted in this time.")
    for row in rows if form == "text" else ():
        click.echo("  ".join(f"{name} {'other' if value is None else value}" for name, value in row.items()))
