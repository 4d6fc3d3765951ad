"""`bredele check`: scan a site and compare it with its declarations."""

import os
from pathlib import Path

import click

from bredele.cli.against import declared_in, fetched
from bredele.cli.reporting import Wanted, report_options
from bredele.cli.scanning import carried_out, code_of, missing, plan_of, progress, scan_options, show
from bredele.core.settings import read_settings
from bredele.scanner.plan import owned


@click.command()
@click.argument("url", metavar="URL")
@click.option("--against", "source", metavar="FILE|URL|SITE", required=True, help="Where the declarations are.")
@scan_options
@report_options
def check(
    url: str,
    source: str,
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
    """Visit URL's site in Chromium over the states of consent, and report both differences with its declarations."""
    settings = read_settings(os.environ)
    plan = plan_of(url, states, max_pages, budget, sign_in, drive_forms, resume, own=own)
    registry, version = declared_in(source, settings)
    plan = plan if fetched(source) else owned(plan, registry.site.host)
    try:
        from bredele.scanner.check import run_check
        from bredele.scanner.report import as_json
    except ModuleNotFoundError as error:
        raise missing(error) from None
    onlooker = wanted.onlooker()
    seen = carried_out(lambda: run_check(plan, registry, settings, progress, version, onlooker))
    scan = wanted.judged(seen, settings)
    wanted.deliver(scan, settings, registry, source)
    if form == "json":
        click.echo(as_json(scan))
    else:
        show(scan)
    return code_of(scan)
