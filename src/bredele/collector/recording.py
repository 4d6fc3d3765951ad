"""From an answer to its record in the ledger, and back: the proof id that a grant's cookie carries."""

import logging
from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal
from uuid import UUID

import msgspec

from bredele.collector.agent import agent_of
from bredele.collector.errors import RefusedPost
from bredele.collector.form import ChoiceForm
from bredele.core.consent import Choice, choose
from bredele.core.errors import UnreadableDocument
from bredele.core.registry import Version
from bredele.core.signal import honoured
from bredele.formats.archive import manifest_path, proof_of
from bredele.formats.published import PublishedSite, fingerprint, version_path
from bredele.ledger.book import Book
from bredele.ledger.errors import LedgerUnavailable, UnknownRecord
from bredele.ledger.log import Draft, Log
from bredele.ledger.notice import build_notice, encode_notice
from bredele.ledger.record import ANONYMOUS, Agent, ConsentRecord, Control, event_of, moment_of, spoken, states_of

RECEIPT = "/cookies/receipt/"
OWED_AT_MOST = 10_000
log = logging.getLogger(__name__)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """How an answer came: everything that is read of the request beside the form."""

    language: str
    place: Literal["consent", "preferences"]
    gpc: bool = False
    agent: Agent = Agent()


def asked(place: Literal["consent", "preferences"], language: str, headers: Mapping[str, str]) -> Asked:
    """From a request's headers, names in lower case."""
    return Asked(language=language, place=place, gpc=honoured(headers.get("sec-gpc")), agent=agent_of(headers))


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that is allowed: to this version, after this stored choice, at this moment (UTC)."""

    site: PublishedSite
    version: Version
    form: ChoiceForm
    before: Choice | None
    choice: Choice
    now: datetime


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """The choice to keep, with its proof id if something is granted. `again`: it was recorded before."""

    choice: Choice
    again: bool = False


class Recorder:
    """Writes answers into the ledgers of one installation."""

    def __init__(self, book: Book, root: Path) -> None:
        self.book = book
        self.root = root
        self._owed: dict[str, deque[Draft]] = {}
        self._notices: dict[tuple[str, int, str], tuple[object, str, str]] = {}

    def record(self, given: Given, how: Asked) -> Recorded:
        """Store the answer; it is durable when this returns. RefusedPost 503 where a grant cannot be proved.

        A refusal and a withdrawal are honoured all the same; they are recorded as soon as the ledger can.
        """
        site = given.site
        ledger = self.book.log(site.slug, site.origin)
        try:
            last = standing(ledger, given.before)
            draft = Draft(self.made(ledger, given, how, last), once(given))
        except (LedgerUnavailable, UnreadableDocument, OSError) as error:
            return self.unproved(given, error)
        owed = self._owed.setdefault(site.slug, deque(maxlen=OWED_AT_MOST))
        waiting = [owed.popleft() for _ in range(len(owed))]
        try:
            entry = ledger.append([*waiting, draft])[-1]
        except LedgerUnavailable as error:
            owed.extend(waiting)
            refused = self.unproved(given, error)
            owed.append(draft)
            return refused
        if entry.again and entry.erased:
            return Recorded(choice=given.choice, again=True)
        kept = entry.record if entry.again else draft.record
        assert isinstance(kept, ConsentRecord)  # noqa: S101  # only answers have keys
        return Recorded(choice=choice_of(given, kept), again=entry.again)

    def unproved(self, given: Given, error: Exception) -> Recorded:
        """What is left without a ledger: less than before, never more."""
        log.error("The ledger of %s cannot record an answer: %s", given.site.slug, error)
        had = given.before.granted if given.before else frozenset()
        asks = frozenset(given.version.registry.consent_purposes())
        yes = given.choice.granted & asks
        if yes and not (had & asks) - yes:
            raise RefusedPost(503, "It cannot be recorded at the moment.", cure="Answer again later.") from None
        keep = [purpose for purpose in given.choice.granted if purpose not in asks or purpose in had]
        left = choose(given.version, keep, given.now.date(), given.before.id if given.before and yes & had else None)
        return Recorded(choice=left)

    def made(self, ledger: Log, given: Given, how: Asked, last: ConsentRecord | None) -> ConsentRecord:
        """The record of an answer; `last` is this visitor's record before."""
        asks = given.version.registry.consent_purposes()
        after = {purpose: given.choice.answers[purpose] for purpose in asks}
        granted_before = last.granted if last else claimed(given.before)
        had = {purpose: True for purpose in granted_before if purpose in asks}
        registry, notice = self.told(ledger, given, how.language)
        granted = tuple(purpose for purpose, yes in after.items() if yes)
        end = given.version.registry.preset.choice_kept.after(given.now)
        fresh = proof_id(self.book.random(16)) if granted else ANONYMOUS
        return ConsentRecord(
            principal=last.principal if last else fresh,
            time=spoken(given.now),
            id=str(UUID(bytes=self.book.random(16), version=4)),
            site=given.site.slug,
            version=given.version.number,
            registry=registry,
            notice=notice,
            language=how.language,
            event=event_of(had, after),
            granted=granted,
            denied=tuple(purpose for purpose, yes in after.items() if not yes),
            exempt=exempt_of(given, asks),
            states=states_of(had, after),
            until=spoken(end) if end else None,
            control=Control(choice=given.form.choice, place=how.place),
            signal="gpc" if how.gpc else None,
            agent=how.agent,
            before=last.id if last else None,
        )

    def told(self, ledger: Log, given: Given, language: str) -> tuple[str, str]:
        """SHA-256 of the version's bytes and of the notice, which is kept in the ledger; read anew if it changes."""
        place = given.site.slug, given.version.number, language
        mark = changed(manifest_path(self.root, *place[:2]))
        known = self._notices.get(place)
        if known is None or known[0] != mark:
            registry = fingerprint(version_path(self.root, *place[:2]).read_bytes())
            body = encode_notice(
                build_notice(
                    given.version,
                    slug=given.site.slug,
                    origin=given.site.origin,
                    language=language,
                    registry=registry,
                    texts=proof_of(self.root, *place),
                )
            )
            ledger.keep_notice(fingerprint(body), body)
            known = self._notices[place] = mark, registry, fingerprint(body)
        return known[1:]


def exempt_of(given: Given, asks: tuple[str, ...]) -> dict[str, Literal["in-use", "objected"]]:
    """What the visitor said to purposes that need no consent."""
    return {slug: "in-use" if yes else "objected" for slug, yes in given.choice.answers.items() if slug not in asks}


def standing(ledger: Log, before: Choice | None) -> ConsentRecord | None:
    """The last record of the visitor's proof id, while it grants something; a forged or spent id has none."""
    if before is None or before.id is None:
        return None
    try:
        last = ledger.history(before.id)[-1].record
    except UnknownRecord:
        return None
    return last if isinstance(last, ConsentRecord) and last.granted else None


def claimed(before: Choice | None) -> frozenset[str]:
    """What a cookie grants that no record stands behind."""
    return before.granted if before else frozenset()


def choice_of(given: Given, kept: ConsentRecord) -> Choice:
    """The choice as the record says it, so that a retry is answered like the first time."""
    yes = [*kept.granted, *(purpose for purpose, state in kept.exempt.items() if state == "in-use")]
    day = moment_of(kept.time).date()
    return choose(given.version, yes, day, kept.principal if kept.granted else None)


def once(given: Given) -> bytes:
    """What makes a retry the same answer; empty without a key. A key says nothing about who sent it."""
    form = given.form
    if not form.key:
        return b""
    same = (form.key, form.choice, sorted(form.purpose), sorted(form.about), given.version.number)
    return sha256(msgspec.json.encode(same)).digest()[:16]


def proof_id(raw: bytes) -> str:
    """128 random bits in 22 signs that a cookie may hold."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def changed(path: Path) -> tuple[int, int] | None:
    """What tells one state of a file from another; None where there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size
