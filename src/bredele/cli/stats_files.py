"""`bredele stats import` and `bredele stats export`: figures of elsewhere come in, a site's own go out in one file."""

import os
import sys
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

import click
import msgspec

from bredele.cli.format import format_option
from bredele.cli.web import now
from bredele.core.errors import BredeleError
from bredele.core.settings import Settings, read_settings
from bredele.formats.published import SiteIndex
from bredele.stats.opening import open_store
from bredele.stats.transfer.gathered import Gathered
from bredele.stats.transfer.landing import Landed, land
from bredele.stats.transfer.own import export
from bredele.stats.transfer.recognising import read_figures

DAY = click.DateTime(["%Y-%m-%d"])
PIECE = 1 << 20
KINDS = {"bredele": "an export of ours", "plausible": "Plausible's export", "csv": "CSV"}


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--site", default="", help="The site; the only one, or that of the export, unless told.")
@click.option("--from", "start", type=DAY, help="Leave out the days before.")
@click.option("--to", "end", type=DAY, help="Leave out the days after.")
@format_option
def import_figures(file: Path, site: str, start: datetime | None, end: datetime | None, form: str) -> None:
    """Bring in figures of another place: an export of ours, Plausible's export, CSV. All of it or nothing, once."""
    settings = read_settings(os.environ)
    found = read_figures(file, progress)
    slug = site_of(settings, site or found.site)
    narrow(found, start.date() if start else date.min, end.date() if end else date.max)
    click.echo(f"{file.name}: {len(found.days())} days are added and closed", err=True)
    fingerprint = f"{digest(file)} {start:%Y-%m-%d}" if start else digest(file)
    fingerprint += f" {end:%Y-%m-%d}" if end else ""
    store = open_store(settings)
    try:
        landed = land(store, slug, found, fingerprint, now().astimezone(ZoneInfo(settings.time_zone)).date())
    finally:
        store.close()
    click.echo(as_json(landed) if form == "json" else as_text(landed))


@click.command("export")
@click.argument("site")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file; standard output unless told.")
def export_figures(site: str, output: Path | None) -> None:
    """Write every sum of a site up to yesterday into one file that imports back. Exact: for the operator alone."""
    settings = read_settings(os.environ)
    today = now().astimezone(ZoneInfo(settings.time_zone)).date()
    store = open_store(settings)
    try:
        lines = export(store, site_of(settings, site), today, settings.time_zone)
        if output is None:
            sys.stdout.flush()
            for line in lines:
                sys.stdout.buffer.write(line)
            return
        partial = output.with_name(output.name + ".part")
        with private(partial) as stream:
            stream.writelines(lines)
        partial.replace(output)
    finally:
        store.close()
    click.echo(f"{output} holds exact sums, small ones too: keep it as you keep the server's own files.", err=True)


def private(path: Path) -> BinaryIO:
    """A new file that only its owner reads."""
    try:
        path.unlink(missing_ok=True)
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except OSError as error:
        raise BredeleError(
            f"It cannot be written ({error.strerror}).", where=str(path), cure="Name a file in a directory of yours."
        ) from None


def site_of(settings: Settings, slug: str) -> str:
    """The site to import to: BredeleError where it is unknown, or where there are several and none is named."""
    index = SiteIndex(settings.data)
    known = [site.slug for site in index.sites()]
    if not slug and len(known) == 1:
        return known[0]
    if slug not in known:
        message = "There is no such site." if slug else "Which site is it for?"
        raise BredeleError(
            message, where=slug or "--site", cure=f"Name one with --site. Published here: {', '.join(known) or 'none'}."
        )
    return slug


def narrow(found: Gathered, first: date, last: date) -> None:
    """Keep only these days; our own exports are cut between months only, for a month's cells hold all its days."""
    days = found.days()
    if not days or (first <= days[0] and last >= days[-1]):
        return
    inner = max(first, days[0]), min(last, days[-1])
    whole = (inner[0] == days[0] or inner[0].day == 1) and (
        inner[1] == days[-1] or (date.fromordinal(inner[1].toordinal() + 1)).day == 1
    )
    if found.kind == "bredele" and not whole:
        raise BredeleError(
            "An export of ours is cut between months.", where="--from, --to", cure="Name the first or last of a month."
        )
    found.only(first, last)


def digest(file: Path) -> str:
    """The file's SHA-256, so that the same file is taken over once."""
    hashed = sha256()
    with file.open("rb") as stream:
        while piece := stream.read(PIECE):
            hashed.update(piece)
    return hashed.hexdigest()


def progress(file: str, lines: int) -> None:
    """A word now and then on long files."""
    click.echo(f"{file}: {lines:,} lines read", err=True)


def as_json(landed: Landed) -> str:
    """Every fact."""
    return msgspec.json.format(msgspec.json.encode(landed), indent=2).decode()


def as_text(landed: Landed) -> str:
    """What was taken over, what the source cannot give, what was left out."""
    what = f"{landed.days} days of {landed.site}, {landed.first} to {landed.last}, from {KINDS[landed.kind]}"
    lines = [f"Imported {what}." if landed.fresh else f"Nothing to do: these {what} were imported before."]
    known = {name: total for name, total in landed.totals.items() if total is not None}
    missing = [name for name in landed.totals if name not in known]
    lines += [f"  {name:<15} {total:>12,}" for name, total in known.items()]
    if missing:
        lines.append(f"Not in the source, and not counted as zero: {', '.join(missing)}.")
    return "\n".join([*lines, *landed.notes])
