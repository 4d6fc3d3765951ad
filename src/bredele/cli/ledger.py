"""`bredele ledger`: verify a site's log, an export or a receipt; sign heads, issue receipts, hand over proof, erase."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from bredele.cli import ledger_files
from bredele.cli.format import format_option
from bredele.cli.source import write_result
from bredele.core.errors import BredeleError
from bredele.ledger.export import WHOLE, export, numbers_between
from bredele.ledger.log import Log
from bredele.ledger.receipt import encode_receipt, receipt_of

KEY_HELP = "A key to trust: its text, a file, or the address of a site's /.well-known/cookie-ledger.json."
DAY = click.DateTime(["%Y-%m-%d"])
BY = "command line"
"""Who reads, in the list of reads."""
output_option: Callable[[Callable[..., None]], Callable[..., None]] = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file."
)


@click.group()
def ledger() -> None:
    """Verify consent records, issue receipts, hand over proof."""


@ledger.command()
@click.argument("target")
@click.option("--key", "stated", multiple=True, help=KEY_HELP)
@click.option("--checkpoint", "held", type=click.Path(path_type=Path), help="A checkpoint of the site kept elsewhere.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; one a processor unless told.")
@format_option
def verify(target: str, stated: tuple[str, ...], held: Path | None, jobs: int | None, form: str) -> None:
    """Verify a site's ledger, or an export or a receipt (FILE, URL or -)."""
    trusted = ledger_files.stated_keys(stated)
    if ledger_files.is_file(target):
        report = ledger_files.verified_file(target, trusted)
    else:
        report = ledger_files.verified_site(target, trusted, held, jobs or os.cpu_count() or 1)
    click.echo(ledger_files.as_json(report) if form == "json" else ledger_files.as_text(report))
    raise SystemExit(ledger_files.judged(report))


@ledger.command()
@click.argument("site")
@click.option("--new-key", is_flag=True, help="Sign with a new key from now on; earlier ones go on verifying.")
@output_option
def checkpoint(site: str, new_key: bool, output: Path | None) -> None:
    """Print the signed head of a site's ledger; keep it where the server cannot reach it."""
    log = ledger_files.opened(site)
    if new_key:
        click.echo(f"New key: {log.rotate()}", err=True)
    write_result(log.checkpoint(), output)


@ledger.command()
@click.argument("site")
@click.argument("proof_id")
@output_option
def receipt(site: str, proof_id: str, output: Path | None) -> None:
    """The receipt of a visitor, by the proof id in their cookie (its last part)."""
    log = ledger_files.opened(site)
    made = encode_receipt(receipt_of(log, proof_id)).decode()
    log.note_read(BY, "receipt", 1)
    write_result(made, output)


@ledger.command("export")
@click.argument("site")
@click.option("--from", "start", type=DAY, help="First day (UTC).")
@click.option("--to", "end", type=DAY, help="Last day (UTC).")
@click.option("--id", "proof_id", help="Only the records of this proof id.")
@output_option
def export_records(
    site: str, start: datetime | None, end: datetime | None, proof_id: str | None, output: Path | None
) -> None:
    """One file that proves records by itself: all of them, those of a period, or those of one proof id."""
    if proof_id and (start or end):
        raise BredeleError("A proof id and a period exclude each other.", where="--id", cure="Give one of them.")
    log = ledger_files.opened(site)
    numbers, selection = chosen(log, start, end, proof_id)
    lines = export(log, site, numbers, selection, partial(ledger_files.text_of, site))
    count = log.size() if numbers is None else len(numbers)
    log.note_read(BY, "export of one proof id" if proof_id else f"export, {selection}", count)
    if output is None:
        for line in lines:
            click.echo(line, nl=False)
    else:
        write_lines(lines, output)


@ledger.command()
@click.argument("site")
@click.argument("proof_id")
@click.confirmation_option(prompt="Erase what is recorded under this proof id for good?")
def erase(site: str, proof_id: str) -> None:
    """Erase the records of a proof id (GDPR Art. 17); the log says so, and every other proof stays true."""
    log = ledger_files.opened(site)
    found = log.history(proof_id)
    log.erase([entry.seq for entry in found], "request")
    click.echo(f"Erased the content of {len(found)} record{'s'[: len(found) != 1]}.")


def chosen(
    log: Log, start: datetime | None, end: datetime | None, proof_id: str | None
) -> tuple[list[int] | None, str]:
    """The numbers to export (None: all) and what the file says it is."""
    if proof_id:
        return [entry.seq for entry in log.history(proof_id)], proof_id
    if start is None and end is None:
        return None, WHOLE
    first = start.date().isoformat() if start else "0000-01-01"
    last = end.date().isoformat() if end else datetime.now(UTC).date().isoformat()
    if first > last:
        raise BredeleError(f"{first} is after {last}.", where="--from", cure="Turn the two days round.")
    return numbers_between(log, first, last), f"{first}..{last}"


def write_lines(lines: Iterator[bytes], output: Path) -> None:
    """All of them or no file: an export that is cut off would not verify."""
    draft = output.with_name(f".{output.name}.part")
    try:
        with draft.open("wb") as file:
            file.writelines(lines)
        draft.replace(output)
    except OSError as error:
        raise BredeleError(
            f"It cannot be written ({error.strerror}).", where=str(output), cure="Name another."
        ) from None
    finally:
        draft.unlink(missing_ok=True)
