"""`bredele scan`: visit sites in a real browser and list what they store."""

import os
from functools import partial
from pathlib import Path

import click

from bredele.cli.errors import COULD_NOT, FINDINGS
from bredele.cli.reporting import Wanted, report_options
from bredele.cli.scanning import carried_out, code_of, missing, plan_of, progress, scan_options, show
from bredele.core.settings import read_settings


@click.command()
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@scan_options
@report_options
def scan(
    urls: tuple[str, ...],
    form: str,
    states: str,
    max_pages: int,
    budget: float,
    sign_in: Path | None,
    resume: Path | None,
    own: bool,
    drive_forms: bool | None,
    wanted: Wanted,
) -> int:
    """Visit each URL's site in Chromium over the states of consent; what is not known to be necessary needs consent."""
    if len(urls) > 1 and wanted.anything:
        raise click.UsageError("Reports, baselines and evidence are of one site: give one URL.")
    limits = (states, max_pages, budget, sign_in, drive_forms, resume)
    plans = [plan_of(url, *limits, own=own, purposes=True) for url in urls]
    try:
        from bredele.scanner.report import as_json
        from bredele.scanner.scan import run
    except ModuleNotFoundError as error:
        raise missing(error) from None
    settings = read_settings(os.environ)
    onlooker = wanted.onlooker()
    scans = [wanted.judged(carried_out(partial(run, plan, settings, progress, onlooker)), settings) for plan in plans]
    for one in scans:
        wanted.deliver(one, settings)
    if form == "json":
        texts = [as_json(one) for one in scans]
        click.echo(texts[0] if len(texts) == 1 else "[" + ",\n".join(texts) + "]")
    else:
        for one in scans:
            show(one)
    codes = [code_of(one) for one in scans]
    return FINDINGS if FINDINGS in codes else COULD_NOT if COULD_NOT in codes else 0
