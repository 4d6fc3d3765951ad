"""What `scan` and `check` share: their options, the plan made of them, and how a scan ends."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bredele.cli.errors import CONFORM, COULD_NOT, FINDINGS, CouldNotCheck, MissingPart
from bredele.core.observation import Scan
from bredele.scanner.errors import CouldNotScan
from bredele.scanner.plan import SECONDS, Plan, check_plan, own_machine
from bredele.scanner.report import as_text
from bredele.scanner.sign_in import read_recipe_file

OPTIONS = (
    click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True),
    click.option("--states", default="", help="Only these states, by commas; every one otherwise."),
    click.option("--max-pages", type=click.IntRange(1, 1000), default=25, show_default=True, help="Pages a state."),
    click.option("--budget", type=click.FloatRange(1), default=SECONDS, show_default=True, help="Seconds in all."),
    click.option(
        "--sign-in", type=click.Path(path_type=Path, dir_okay=False), help="TOML: url, [fields], submit, sign_out."
    ),
    click.option(
        "--resume",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Keep what is found in this file; after an interruption the same command goes on from it.",
    ),
    click.option(
        "--own",
        is_flag=True,
        help="The site is yours: visit what its robots.txt keeps from crawlers too, without its delays. On by default "
        "for sites of this machine and for those whose declarations you hold.",
    ),
    click.option(
        "--drive-forms/--no-drive-forms",
        default=None,
        help="Submit simple forms (a basket, a theme). On by default on this machine only.",
    ),
)


def scan_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of both commands."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def plan_of(
    url: str,
    states: str,
    max_pages: int,
    budget: float,
    sign_in: Path | None,
    drive_forms: bool | None,
    resume: Path | None = None,
    *,
    own: bool = False,
    purposes: bool = False,
) -> Plan:
    """The plan of the options. Addresses of this machine or its network are reached if the target is one of them."""
    here = own_machine(url)
    plan = Plan(
        target=url,
        states=tuple(word for word in states.replace(",", " ").split() if word),
        purposes=purposes and not states.strip(),
        resume=resume,
        max_pages=max_pages,
        budget=budget,
        sign_in=read_recipe_file(sign_in, os.environ) if sign_in else None,
        own=own or here,
        drive_forms=here if drive_forms is None else drive_forms,
        allow_private=here,
    )
    return check_plan(plan)


def carried_out(work: Callable[[], Scan]) -> Scan:
    """The scan, or CouldNotCheck where it could not be made."""
    try:
        return work()
    except CouldNotScan as error:
        raise CouldNotCheck(error.message, where=error.where, cure=error.cure) from None


def missing(error: ModuleNotFoundError) -> MissingPart:
    """The scanner needs its extra."""
    return MissingPart.of(error, "scan")


def progress(line: str) -> None:
    """Say what goes on, beside the report."""
    click.echo(line, err=True)


def show(scan: Scan) -> None:
    """The report as text."""
    click.echo(as_text(scan))


def code_of(scan: Scan) -> int:
    """1 if anything is wrong; else 3 if a state could not be driven; else 0 (CONTRACTS 4)."""
    return FINDINGS if scan.failed else COULD_NOT if scan.incomplete else CONFORM
