"""`bredele stats logs`: page views out of a web server's access log, into the same sums as any other."""

import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

import click

from bredele.cli.errors import MissingPart
from bredele.core.errors import BredeleError
from bredele.core.settings import Settings, read_settings
from bredele.formats.published import PublishedSite, SiteIndex
from bredele.stats.closing import settled
from bredele.stats.folding import fold
from bredele.stats.limits import Limits, Values
from bredele.stats.opening import open_store
from bredele.stats.store import Mark, Store

AT_ONCE = 20_000
"""Lines of one transaction."""
UNSAID = "Access logs do not tell who objects (Global Privacy Control, Do Not Track, a stored choice), nor reloads."


@click.command("logs")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--site", default="", help="The site; the only one unless told.")
def read_logs(file: Path, site: str) -> None:
    """Count the pages of an access log (common or combined format, plain or .gz, - for standard input).

    A log that has grown is read on from where it was left; the same lines never count twice.
    """
    try:
        from bredele.collector.access_log import Read, events
    except ModuleNotFoundError as error:
        raise MissingPart.of(error, "server") from None
    settings = read_settings(os.environ)
    found, read, store = counted_site(settings, site), Read(), open_store(settings)
    zone, limits = ZoneInfo(settings.time_zone), Limits(known(store))
    try:
        with opened(file) as stream:
            for lines, mark in pieces(stream, store, found.slug):
                increments = fold(events(lines, found, zone, read), limits)
                if not store.add(settled(store, increments), mark):
                    raise BredeleError("Another process reads it too.", where=str(file), cure="Let one read it.")
                if sys.stderr.isatty():
                    click.echo(f"{read.lines:,} lines, {read.views:,} views", err=True)
    finally:
        store.close()
    if read.unread and not (read.views or read.bots or read.others):
        raise BredeleError(
            "No line is of the common or combined log format.", where=str(file), cure="Name an access log of a server."
        )
    click.echo(f"lines {read.lines}  views {read.views}  robots {read.bots}  other {read.others}  unread {read.unread}")
    click.echo(UNSAID, err=True)


def counted_site(settings: Settings, slug: str) -> PublishedSite:
    """The site of this name, or the only one; BredeleError where there is none or where it counts nothing."""
    sites = {site.slug: site for site in SiteIndex(settings.data).sites()}
    known = ", ".join(sites) or "none"
    name = slug or (next(iter(sites)) if len(sites) == 1 else "")
    if name not in sites:
        raise BredeleError("There is no such site." if name else "Which site?", where="--site", cure=f"Known: {known}.")
    version = sites[name].version
    if version is None or version.registry.statistics == "off":
        raise BredeleError("The site counts nothing.", where=name, cure='Publish it with statistics = "pageviews".')
    return sites[name]


def known(store: Store) -> Values:
    """What a site's day holds already."""
    return lambda site, dimension, day: frozenset(
        value for _, value, _ in store.daily(site, dimension, date.fromisoformat(day), date.fromisoformat(day))
    )


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """The log's bytes, unpacked; BredeleError where it cannot be read."""
    try:
        if str(file) == "-":
            yield sys.stdin.buffer
        elif file.suffix == ".gz":
            with gzip.open(file) as stream:
                yield stream  # type: ignore[misc]  # reads like any other
        else:
            with file.open("rb") as plain:
                yield plain
    except (OSError, EOFError) as error:
        raise BredeleError(f"It cannot be read: {error}.", where=str(file), cure="Name a readable log.") from None


def pieces(stream: BinaryIO, store: Store, site: str) -> Iterator[tuple[list[str], Mark]]:
    """Lines that were not read before, with the mark that says so; a last line without its end waits for the rest."""
    source, done, at = "", 0, 0
    while lines := [line for line in islice(stream, AT_ONCE) if line.endswith(b"\n")]:
        if not source:
            source = name_of(site, lines[0])
            done = store.mark(source)
        fresh: list[str] = []
        for line in lines:
            at += len(line)
            if at > done:
                fresh.append(line.decode("utf-8", "replace"))
        if fresh:
            yield fresh, Mark(source, at)


def name_of(site: str, first: bytes) -> str:
    """By what a log is known again: the moment and the length of its first line, and nothing of who sent it."""
    moment = first.partition(b"[")[2].partition(b"]")[0].decode("ascii", "replace")[:30]
    return f"log {site} {moment} {len(first)}"
