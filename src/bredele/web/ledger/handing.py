"""Handing over proof: an export of a site's records with the exact texts they name, and who asked for it."""

from collections.abc import Iterator

from django.conf import settings

from bredele.core.errors import BredeleError, UnreadableDocument
from bredele.formats.archive import archived
from bredele.ledger.export import WHOLE, export, numbers_between
from bredele.ledger.log import Log


class WrongPeriod(BredeleError):
    """A period that is turned round, or a proof id beside one."""


def handed_over(log: Log, slug: str, who: str, start: str, end: str, proof_id: str) -> Iterator[bytes]:
    """The lines of an export; days are YYYY-MM-DD or empty. Written down before the first line leaves (LED-16)."""
    numbers, selection = chosen(log, start, end, proof_id)
    count = log.size() if numbers is None else len(numbers)
    log.note_read(who, "export of one proof id" if proof_id else f"export, {selection}", count)
    return export(log, slug, numbers, selection, lambda digest: text_of(slug, digest))


def chosen(log: Log, start: str, end: str, proof_id: str) -> tuple[list[int] | None, str]:
    """The numbers to export (None: all) and what the file says it is."""
    if proof_id and (start or end):
        raise WrongPeriod("A proof id and a period exclude each other.", where="id", cure="Give one of them.")
    if proof_id:
        return [entry.seq for entry in log.history(proof_id)], proof_id
    if not start and not end:
        return None, WHOLE
    first, last = start or "0001-01-01", end or log.clock().date().isoformat()
    if first > last:
        raise WrongPeriod(f"{first} is after {last}.", where="from", cure="Turn the two days round.")
    return numbers_between(log, first, last), f"{first}..{last}"


def text_of(slug: str, digest: str) -> bytes | None:
    """An archived text; None where the archive lacks it or holds another, which its own pages tell."""
    try:
        return archived(settings.BREDELE.data, slug, digest)
    except UnreadableDocument:
        return None
