"""What `bredele ledger verify` is given: a site, a file, keys; and how its report is told."""

import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bredele.cli.errors import CONFORM, FINDINGS, CouldNotCheck
from bredele.cli.source import read_source
from bredele.core.errors import BredeleError, UnreadableDocument
from bredele.core.settings import Settings, read_settings
from bredele.formats.archive import archived
from bredele.formats.published import PublishedSite, SiteIndex
from bredele.ledger import book
from bredele.ledger.checkpoint import read_checkpoint
from bredele.ledger.errors import InvalidNote, LedgerUnavailable
from bredele.ledger.export_check import verify_export
from bredele.ledger.log import Log
from bredele.ledger.note import VerifierKey, read_key
from bredele.ledger.receipt import verify_receipt
from bredele.ledger.report import Report
from bredele.ledger.verify import verify_log

EXPORT_LINE = b'{"line":'
NAMES = {"receipt": "The receipt", "export": "The export", "ledger": "The ledger"}


def site_of(settings: Settings, slug: str) -> PublishedSite:
    """A published site of this installation; BredeleError names the known ones."""
    index = SiteIndex(settings.data)
    found = index.by_slug(slug)
    if found is None:
        known = ", ".join(site.slug for site in index.sites()) or "none"
        raise BredeleError("There is no such site or file.", where=slug, cure=f"Published here: {known}.")
    return found


def opened(slug: str) -> Log:
    """The log of a published site of this installation."""
    settings = read_settings(os.environ)
    return log_of(settings, site_of(settings, slug))


def log_of(settings: Settings, site: PublishedSite) -> Log:
    """A site's log, with the machine's clock and randomness."""
    made = book.Book(settings, lambda: datetime.now(UTC), secrets.token_bytes)
    return made.log(site.slug, site.origin)


def text_of(slug: str, digest: str) -> bytes | None:
    """An archived text of a site; None where the archive lacks it or holds another."""
    try:
        return archived(read_settings(os.environ).data, slug, digest)
    except UnreadableDocument:
        return None


def is_file(target: str) -> bool:
    """Whether it is no site's name."""
    return target == "-" or os.sep in target or Path(target).exists()


def verified_site(slug: str, trusted: Sequence[VerifierKey], held: Path | None, jobs: int) -> Report:
    """The report on a log of this installation."""
    settings = read_settings(os.environ)
    site_of(settings, slug)
    elsewhere = read_source(str(held)).decode("utf-8", "replace") if held else ""
    try:
        return verify_log(book.opener(settings, slug), trusted, elsewhere, jobs)
    except LedgerUnavailable as error:
        raise CouldNotCheck(error.message, where=error.where, cure=error.cure) from None


def verified_file(target: str, trusted: Sequence[VerifierKey]) -> Report:
    """The report on a receipt or an export; an export on disk is read line by line."""
    if target != "-" and "://" not in target:
        try:
            with Path(target).open("rb") as file:
                first = file.readline()
                if first.startswith(EXPORT_LINE):
                    file.seek(0)
                    return verify_export(file, trusted or known_keys(first))
        except OSError as error:
            raise BredeleError(f"It cannot be read ({error.strerror}).", where=target, cure="Name a file.") from None
    data = read_source(target)
    if data.startswith(EXPORT_LINE):
        lines = data.splitlines(keepends=True)
        return verify_export(lines, trusted or known_keys(lines[0]))
    return verify_receipt(data, trusted or known_keys(data))


def known_keys(data: bytes) -> tuple[VerifierKey, ...]:
    """The published keys of the log that a file speaks of, where it is one of this installation; else none."""
    try:
        stated = msgspec.json.decode(data, type=dict[str, object]).get("checkpoint")
        origin = read_checkpoint(str(stated)).origin
    except (msgspec.DecodeError, ValueError, RecursionError, InvalidNote):
        return ()
    settings = read_settings(os.environ)
    for site in SiteIndex(settings.data).sites():
        try:
            keys = log_of(settings, site).verifiers()
        except LedgerUnavailable:
            continue
        if keys and keys[-1].name == origin:
            return keys
    return ()


def stated_keys(stated: Sequence[str]) -> tuple[VerifierKey, ...]:
    """Keys given as text, file or address; BredeleError for anything else."""
    return tuple(key for given in stated for key in keys_in(given))


def keys_in(given: str) -> list[VerifierKey]:
    """The keys of one `--key`: `name+id+base64`, or lines of them, or the JSON that a site publishes."""
    if "://" not in given and "+" in given and not Path(given).exists():
        return [read_key(given)]
    data = read_source(given)
    if data.lstrip().startswith(b"{"):
        try:
            published = msgspec.json.decode(data, type=Published)
        except msgspec.DecodeError as error:
            raise InvalidNote(f"It lists no keys: {error}.", where=given) from None
        return [read_key(one.key) for one in published.keys]
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines() if line.strip()]
    if not lines:
        raise InvalidNote("It holds no key.", where=given)
    return [read_key(line) for line in lines]


class PublishedOne(msgspec.Struct, frozen=True):
    """A key in `/.well-known/cookie-ledger.json`."""

    key: str


class Published(msgspec.Struct, frozen=True):
    """The part of that file which is needed here."""

    keys: tuple[PublishedOne, ...]


def judged(report: Report) -> int:
    """The exit code; CouldNotCheck where nobody but the file vouches for its key (CONTRACTS 6)."""
    if not report.holds:
        return FINDINGS
    if report.kind != "ledger" and not report.trusted:
        raise CouldNotCheck(
            "All of it fits together, but only the file itself says whose key signed.",
            where=report.key,
            cure="Give the site's published key: --key https://SITE/.well-known/cookie-ledger.json",
        )
    return CONFORM


def as_json(report: Report) -> str:
    """Every field, and whether it holds."""
    plain = {**msgspec.to_builtins(report), "holds": report.holds}
    return msgspec.json.format(msgspec.json.encode(plain), indent=2).decode()


def as_text(report: Report) -> str:
    """A line for each check, the verdict last."""
    lines = [
        f"ok     {check.message}" if check.ok else f"FAULT  {check.where or report.kind}: {check.message}"
        for check in report.checks
    ]
    of = f" of {report.origin}" if report.origin else ""
    verdict = "holds" if report.holds else "DOES NOT HOLD"
    if report.holds and report.kind != "ledger" and not report.trusted:
        verdict = "fits together, but nobody else vouches for its key"
    return "\n".join([*lines, f"{NAMES[report.kind]}{of} {verdict}."])
