"""How long records are kept: consent that ran out is recorded as such, and content goes when its time is over."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bredele.core.lifetime import Lifetime, parse_lifetime
from bredele.ledger.errors import NoLedgerYet, UnknownRecord
from bredele.ledger.log import Draft, Log
from bredele.ledger.record import ConsentRecord, Control, moment_of, spoken
from bredele.ledger.rows import Entry

KEYS_KEPT = timedelta(days=7)
AT_ONCE = 1000


def kept_for(stated: Sequence[str], slug: str) -> Lifetime:
    """How long a site's proofs are kept, from `BREDELE_PROOF_KEPT`: a duration for all, `site=duration` for one."""
    general, own = "P5Y", dict[str, str]()
    for part in stated:
        name, equals, duration = part.rpartition("=")
        if equals:
            own[name] = duration
        else:
            general = duration
    return parse_lifetime(own.get(slug, general))


def expire(log: Log, moment: datetime) -> int:
    """Record the end of every consent whose time is over and that nothing took back before; how many."""
    try:
        start = log.mark("expired")
    except NoLedgerYet:
        return 0
    ended, number = 0, start
    drafts: list[Draft] = []
    for entry in log.entries(start, log.size()):
        if not_yet(entry, moment):
            break
        number = entry.seq + 1
        record = None if entry.erased else entry.record
        if isinstance(record, ConsentRecord) and record.granted and is_last(log, entry, record):
            drafts.append(Draft(expiry(record, moment, log.random(16))))
        if len(drafts) == AT_ONCE:
            ended += store(log, drafts, number)
            drafts = []
    return ended + store(log, drafts, number)


def not_yet(entry: Entry, moment: datetime) -> bool:
    """Whether a consent still runs: those after it run, too."""
    record = None if entry.erased else entry.record
    return isinstance(record, ConsentRecord) and record.until is not None and moment_of(record.until) > moment


def is_last(log: Log, entry: Entry, record: ConsentRecord) -> bool:
    """Whether the visitor's history ends with this record."""
    try:
        return log.history(record.principal)[-1].seq == entry.seq
    except UnknownRecord:
        return False


def expiry(record: ConsentRecord, moment: datetime, raw: bytes) -> ConsentRecord:
    """The event that ends a consent."""
    purposes = (*record.granted, *record.denied)
    return ConsentRecord(
        principal=record.principal,
        time=spoken(moment),
        id=str(UUID(bytes=raw, version=4)),
        site=record.site,
        version=record.version,
        registry=record.registry,
        notice=record.notice,
        language=record.language,
        event="expiry",
        granted=(),
        denied=purposes,
        exempt=record.exempt,
        states={purpose: "expired" if purpose in record.granted else "refused" for purpose in purposes},
        until=None,
        control=Control(choice="none", place="none"),
        signal=None,
        agent=record.agent,
        before=record.id,
    )


def store(log: Log, drafts: Sequence[Draft], number: int) -> int:
    """Append the events, then remember how far we came; a stop in between repeats the look, not the events."""
    if drafts:
        log.append(drafts)
    log.set_mark("expired", number)
    return len(drafts)


def purge(log: Log, moment: datetime, kept: Lifetime) -> int:
    """Erase the content of records that are older than `kept`; how many (LED-10)."""
    try:
        start = log.mark("purged")
    except NoLedgerYet:
        return 0
    numbers, end = [], start
    for entry in log.entries(start, log.size()):
        if not entry.erased and not is_over(entry, moment, kept):
            break
        end = entry.seq + 1
        if not entry.erased and isinstance(entry.record, ConsentRecord):
            numbers.append(entry.seq)
    for batch in batches(numbers):
        log.erase(batch, "retention")
    log.set_mark("purged", end)
    return len(numbers)


def is_over(entry: Entry, moment: datetime, kept: Lifetime) -> bool:
    """Whether the time of a record is over."""
    end = kept.after(moment_of(entry.record.time))
    return end is not None and end <= moment


def batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """A thousand at a time."""
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start : start + AT_ONCE]


def tidy(log: Log, moment: datetime, kept: Lifetime) -> tuple[int, int]:
    """Everything that is due: how many consents ended, how many records were erased."""
    ended = expire(log, moment)
    erased = purge(log, moment, kept)
    if ended or erased or log_begun(log):
        log.forget_keys((moment - KEYS_KEPT).date().isoformat())
    return ended, erased


def log_begun(log: Log) -> bool:
    """Whether there is a log at all."""
    try:
        return log.size() > 0
    except NoLedgerYet:
        return False
