"""One site's log: append, read, prove. Order, leaf and signed head are made in the storing transaction itself."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from bredele.ledger import checkpoint as heads
from bredele.ledger.checkpoint import Checkpoint
from bredele.ledger.engine import Engine, Row, Session
from bredele.ledger.errors import InvalidNote, LedgerUnavailable, NoLedgerYet, UnknownKey, UnknownRecord
from bredele.ledger.keys import load_key, make_key
from bredele.ledger.note import SigningKey, VerifierKey, read_key, signed
from bredele.ledger.record import (
    ANONYMOUS,
    SALT_SIZE,
    ErasureRecord,
    KeyRecord,
    Record,
    encode_record,
    leaf_of,
    moment_of,
    spoken,
)
from bredele.ledger.rows import (
    ENTRY,
    Entry,
    Left,
    PublishedKey,
    as_left,
    entry_of,
    erasable,
    head_of,
    keys_of,
    ranges,
    size_of,
    stored_nodes,
)
from bredele.ledger.together import Together
from bredele.ledger.tree import Frontier, consistency_proof, frontier_at, inclusion_proof

KEPT_EVERY = timedelta(hours=1)
"""A head is kept for ever this often, while the log grows."""
FEW = 256
"""Records of other processes that are hashed rather than looked up."""
INSERT = "INSERT INTO entries (seq, leaf, node, principal, salt, record) VALUES (?, ?, ?, ?, ?, ?)"
HEAD = (
    "INSERT INTO head (one, size, note) VALUES (1, ?, ?) "
    "ON CONFLICT (one) DO UPDATE SET size = excluded.size, note = excluded.note"
)
Random = Callable[[int], bytes]


class Draft(msgspec.Struct, frozen=True):
    """A record to be appended. `key`: the same key again (SHA-256 of what makes a retry one) appends nothing."""

    record: Record
    key: bytes = b""


class Log:
    """`origin` names the log in its heads; `keys` is the folder of its private keys; `random` makes salts and keys."""

    def __init__(self, engine: Engine, origin: str, keys: Path, clock: Callable[[], datetime], random: Random) -> None:
        self.engine = engine
        self.origin = origin
        self.keys = keys
        self.clock = clock
        self.random = random
        self._together: Together[Draft, Entry] = Together(self._commit)
        self._known: tuple[str, Frontier] | None = None
        self._signer: SigningKey | None = None
        self._public = ""
        self._kept_until: datetime | None = None
        """No head needs to be kept before."""

    def append(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Store the records in this order, all or none; they are durable and under a signed head when this returns.

        Threads that append at once share a commit. Raises LedgerUnavailable: then nothing was stored.
        """
        return self._together.submit(drafts)

    def size(self) -> int:
        """How many records there are, the erased ones too."""
        with self.engine.read() as session:
            return size_of(session)

    def head(self) -> str:
        """The signed note over the whole log; UnknownRecord before the first record."""
        with self.engine.read() as session:
            note = head_of(session)
        self.engine.settle()
        return note

    def published_keys(self) -> tuple[PublishedKey, ...]:
        """Every key that ever signed, the oldest first."""
        with self.engine.read() as session:
            return keys_of(session)

    def verifiers(self) -> tuple[VerifierKey, ...]:
        """The same, ready to verify."""
        return tuple(read_key(published.key) for published in self.published_keys())

    def entry(self, seq: int) -> Entry:
        """One record by number; raises UnknownRecord."""
        with self.engine.read() as session:
            found = session.rows(f"{ENTRY} WHERE seq = ?", seq)
        if not found:
            raise UnknownRecord(f"There is no record {seq}.", cure="Records are numbered from 0.")
        return entry_of(found[0])

    def history(self, principal: str) -> list[Entry]:
        """Every record of one proof id, in order; raises UnknownRecord where there is none."""
        with self.engine.read() as session:
            found = session.rows(f"{ENTRY} WHERE principal = ? ORDER BY seq", principal)
        if not found:
            raise UnknownRecord("No record has this proof id.", cure="It is the last part of the visitor's cookie.")
        return [entry_of(row) for row in found]

    def entries(self, start: int, end: int) -> Iterator[Entry]:
        """Records by number, `end` excluded."""
        with self.engine.read() as session:
            for row in session.each(f"{ENTRY} WHERE seq >= ? AND seq < ? ORDER BY seq", start, end):
                yield entry_of(row)

    def inclusion(self, seq: int, size: int) -> list[bytes]:
        """The proof that a record is in the log of this size."""
        with self.engine.read() as session:
            return inclusion_proof(stored_nodes(session), seq, size)

    def consistency(self, first: int, second: int) -> list[bytes]:
        """The proof that the log of `second` records begins with that of `first`."""
        with self.engine.read() as session:
            if second > size_of(session):
                raise UnknownRecord(f"The log has no {second} records yet.")
            return consistency_proof(stored_nodes(session), first, second)

    def notice(self, sha256: str) -> bytes:
        """The bytes of a notice that records point to."""
        with self.engine.read() as session:
            found = session.rows("SELECT body FROM notices WHERE sha256 = ?", sha256)
        if not found:
            raise UnknownRecord("There is no such notice.", where=sha256)
        return bytes(found[0][0])

    def keep_notice(self, sha256: str, body: bytes) -> None:
        """Store a notice; once is enough."""
        with self.engine.write() as session:
            session.rows("INSERT INTO notices (sha256, body) VALUES (?, ?) ON CONFLICT DO NOTHING", sha256, body)

    def erase(self, numbers: Sequence[int], reason: Literal["retention", "request"]) -> Entry | None:
        """Erase the content of records and say so in the log; None where there is nothing to erase.

        The leaves stay, so every proof of every other record stays true (GDPR Art. 17).
        """
        with self.engine.write() as session:
            left = self._begin(session)
            gone = [seq for seq in sorted(set(numbers)) if erasable(session, seq)]
            if not gone:
                return None
            time = spoken(self.clock())
            session.many("INSERT INTO erased (seq, time) VALUES (?, ?)", [(seq, time) for seq in gone])
            blank = "UPDATE entries SET principal = NULL, salt = NULL, record = NULL WHERE seq = ?"
            session.many(blank, [(seq,) for seq in gone])
            record = ErasureRecord(time=time, reason=reason, records=ranges(gone))
            (made,) = self._store(session, [Draft(record)], self._grown(session, left))
        self.engine.scrub()
        return made

    def rotate(self) -> VerifierKey:
        """Sign with a new key from now on. The old one signs the head that names it, if it is still there."""
        with self.engine.write() as session:
            try:
                self._begin(session)
                lost = False
            except LedgerUnavailable:
                lost = True
            fresh = make_key(self.keys, self.origin, self.random)
            if lost:
                self._add_key(session, fresh)
            record = KeyRecord(time=spoken(self.clock()), key=str(fresh.verifier))
            self._store(session, [Draft(record)], self._grown(session, as_left(session)))
            self._keep(session, size_of(session), head_of(session))
            if not lost:
                self._add_key(session, fresh)
                self._seal(session, self._grown(session, as_left(session)))
        return fresh.verifier

    def sign(self, text: str) -> str:
        """A signed note of another text than a head; its first line must not be the log's name alone."""
        with self.engine.write() as session:
            self._begin(session)
        if self._signer is None or text.startswith(f"{self.origin}\n"):
            raise LedgerUnavailable("That text is not signed.")
        return str(signed(text, self._signer))

    def checkpoint(self) -> str:
        """The signed head, kept for ever from now on."""
        with self.engine.write() as session:
            note = head_of(session)
            self._keep(session, size_of(session), note)
        return note

    def checkpoints(self) -> list[tuple[int, str, str]]:
        """Size, time and note of every head that is kept."""
        with self.engine.read() as session:
            return [tuple(row) for row in session.rows("SELECT size, time, note FROM checkpoints ORDER BY size")]

    def forget_keys(self, before: str) -> None:
        """Delete idempotency keys of days (YYYY-MM-DD) before this one."""
        with self.engine.write() as session:
            session.rows("DELETE FROM answered WHERE day < ?", before)

    def mark(self, name: str) -> int:
        """How far a periodic work came: the number it goes on with."""
        with self.engine.read() as session:
            found = session.rows("SELECT seq FROM marks WHERE name = ?", name)
        return int(found[0][0]) if found else 0

    def set_mark(self, name: str, seq: int) -> None:
        """Go on with this number."""
        with self.engine.write() as session:
            query = "INSERT INTO marks (name, seq) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq"
            session.rows(query, name, seq)

    def note_read(self, who: str, what: str, records: int) -> None:
        """Write down that somebody read records (LED-16)."""
        with self.engine.write() as session:
            ((last,),) = session.rows("SELECT COALESCE(MAX(number), 0) FROM reads")
            row = (last + 1, spoken(self.clock()), who, what, records)
            session.rows("INSERT INTO reads (number, time, who, what, records) VALUES (?, ?, ?, ?, ?)", *row)

    def reads(self, newest: int = 100) -> list[tuple[int, str, str, str, int]]:
        """Number, time, who, what, how many records; the newest first."""
        with self.engine.read() as session:
            query = "SELECT number, time, who, what, records FROM reads ORDER BY number DESC LIMIT ?"
            return [tuple(row) for row in session.rows(query, newest)]

    def examine(self) -> None:
        """Raise LedgerUnavailable where the next answer could not be recorded or the head is of other records."""
        self.engine.examine()
        try:
            with self.engine.read() as session:
                size, keys = size_of(session), keys_of(session)
                if size:
                    frontier = frontier_at(stored_nodes(session), size)
                    check_head(head_of(session), size, frontier.root(), keys)
        except NoLedgerYet:
            return
        if keys:
            load_key(self.keys, read_key(keys[-1].key))

    def close(self) -> None:
        """Give the connections back."""
        self.engine.close()

    def _commit(self, drafts: Sequence[Draft]) -> list[Entry]:
        with self.engine.write() as session:
            return self._store(session, drafts, self._grown(session, self._begin(session)))

    def _begin(self, session: Session) -> Left:
        """How the log was left. A new one gets its first key; the key that signs is at hand afterwards, or
        LedgerUnavailable."""
        left = as_left(session)
        if not left.key:
            if left.size:
                raise LedgerUnavailable("The list of keys is empty.", cure="Restore the ledger from a backup.")
            self._add_key(session, make_key(self.keys, self.origin, self.random))
            self._kept_until = None
        elif self._public != left.key:
            public = read_key(left.key)
            self.origin = public.name
            self._signer, self._public = load_key(self.keys, public), str(public)
        return left

    def _store(self, session: Session, drafts: Sequence[Draft], frontier: Frontier) -> list[Entry]:
        """Number the drafts, store them, sign the new head."""
        made: list[Entry] = []
        rows: list[Row] = []
        seen: dict[bytes, Entry] = {}
        for draft in drafts:
            entry = seen.get(draft.key) or answered(session, draft.key) if draft.key else None
            if entry is None:
                data, salt, seq = encode_record(draft.record), self.random(SALT_SIZE), frontier.size
                leaf = leaf_of(salt, data)
                node = frontier.push(leaf)
                who = draft.record.principal
                rows.append((seq, leaf, node if seq & 1 else None, None if who == ANONYMOUS else who, salt, data))
                entry = Entry(seq, leaf, salt, data)
                made.append(entry)
                if draft.key:
                    seen[draft.key] = msgspec.structs.replace(entry, again=True)
                    day = draft.record.time[:10]
                    session.rows("INSERT INTO answered (key, seq, day) VALUES (?, ?, ?)", draft.key, seq, day)
            else:
                made.append(entry)
        if rows:
            session.many(INSERT, rows)
            self._seal(session, frontier)
        return made

    def _grown(self, session: Session, left: Left) -> Frontier:
        """The frontier of what is stored; LedgerUnavailable where that is not what the last head says."""
        if self._known is not None and self._known[0] == left.note and self._known[1].size == left.size:
            return self._known[1].copy()
        frontier = self._caught_up(session, left.size)
        if left.size and left.note != self._note(frontier):  # signing is quicker than verifying, and has one outcome
            check_head(left.note, left.size, frontier.root(), keys_of(session))
        return frontier

    def _caught_up(self, session: Session, size: int) -> Frontier:
        """From the frontier we know and the few records that others added since, else from the stored nodes."""
        if self._known is not None and 0 < size - self._known[1].size <= FEW:
            frontier = self._known[1].copy()
            for (leaf,) in session.rows("SELECT leaf FROM entries WHERE seq >= ? ORDER BY seq", frontier.size):
                frontier.push(bytes(leaf))
            if frontier.size == size:
                return frontier
        return frontier_at(stored_nodes(session), size)

    def _note(self, frontier: Frontier) -> str:
        """The signed head of this frontier: always the same for one key (Ed25519, RFC 8032 section 5.1.6)."""
        if self._signer is None:
            raise LedgerUnavailable("No key signs.", cure="Run: bredele doctor")
        return heads.sign(Checkpoint(self.origin, frontier.size, frontier.root()), self._signer)

    def _seal(self, session: Session, frontier: Frontier) -> None:
        """Sign the head in the same transaction."""
        note = self._note(frontier)
        session.rows(HEAD, frontier.size, note)
        self._known = note, frontier
        if self._kept_until is None or self.clock() >= self._kept_until:  # others only ever keep later ones
            self._keep_hourly(session, frontier.size, note)

    def _keep_hourly(self, session: Session, size: int, note: str) -> None:
        """Keep the head if the last one is old enough."""
        kept = session.rows("SELECT time FROM checkpoints ORDER BY size DESC LIMIT 1")
        last = moment_of(kept[0][0]) if kept else None
        if last is None or self.clock() - last >= KEPT_EVERY:
            self._keep(session, size, note)
        else:
            self._kept_until = last + KEPT_EVERY

    def _keep(self, session: Session, size: int, note: str) -> None:
        row = (size, spoken(self.clock()), note)
        session.rows("INSERT INTO checkpoints (size, time, note) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", *row)

    def _add_key(self, session: Session, key: SigningKey) -> None:
        """This key signs from now on."""
        ((last,),) = session.rows("SELECT COALESCE(MAX(number), 0) FROM keys")
        row = (last + 1, size_of(session), spoken(self.clock()), str(key.verifier))
        session.rows("INSERT INTO keys (number, size, time, key) VALUES (?, ?, ?, ?)", *row)
        self._signer, self._public = key, str(key.verifier)


def check_head(note: str, size: int, root: bytes, keys: Sequence[PublishedKey]) -> None:
    """Raise LedgerUnavailable unless the signed head is the head of what is stored."""
    cure = "Run: bredele ledger verify SITE; then restore the ledger from a backup."
    try:
        signed, _ = heads.open_checkpoint(note, [read_key(known.key) for known in keys])
    except (InvalidNote, UnknownKey) as error:
        raise LedgerUnavailable(f"The signed head is damaged. {error}", cure=cure) from None
    if (signed.size, signed.root) != (size, root):
        raise LedgerUnavailable("The ledger was changed by another hand than ours.", cure=cure)


def answered(session: Session, key: bytes) -> Entry | None:
    """The record that a key was answered with, if it was; one whose content was erased meanwhile counts, too."""
    found = session.rows("SELECT seq FROM answered WHERE key = ?", key)
    if not found:
        return None
    (row,) = session.rows(f"{ENTRY} WHERE seq = ?", found[0][0])
    return msgspec.structs.replace(entry_of(row), again=True)
