"""Verifying a whole log: every record against its leaf, the tree against its stored nodes, the heads against the keys.

Each kind of change is located: another content or leaf at its record, a removed, added or moved record at its number, a
rewritten subtree at the smallest range that no longer fits, a rewritten log between the kept heads around the change.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from multiprocessing import get_context

from bredele.ledger.checkpoint import Checkpoint, open_checkpoint
from bredele.ledger.engine import Engine, Session
from bredele.ledger.errors import InvalidNote, LedgerUnavailable, UnknownKey, UnreadableFile
from bredele.ledger.note import VerifierKey, read_key
from bredele.ledger.part import CHUNK, Part, check_part, chunks
from bredele.ledger.record import ErasureRecord, KeyRecord, decode_record
from bredele.ledger.report import Gathered, Report
from bredele.ledger.rows import head_of, keys_of, size_of, stored_nodes
from bredele.ledger.tree import HASH_SIZE, Frontier, frontier_at, node_hash

Opener = Callable[[], Engine]
PAYS = 8
"""Chunks from which starting further processes costs less than it saves."""
UNKNOWN = bytes(HASH_SIZE)
"""In the place of a subtree that is in doubt."""


def verify_log(open_engine: Opener, trusted: Sequence[VerifierKey] = (), elsewhere: str = "", jobs: int = 1) -> Report:
    """Check a log from its database. Raises LedgerUnavailable.

    `jobs`: processes (an opener must then be picklable). Without trusted keys those of the ledger itself are used, and
    `trusted` is false. `elsewhere`: a checkpoint that was held where the operator cannot reach it.
    """
    engine = open_engine()
    gathered = Gathered()
    with engine.read() as session:
        size, own = size_of(session), [read_key(known.key) for known in keys_of(session)]
        note = head_of(session) if size else ""
        kept = [(int(at), str(text)) for at, text in session.rows("SELECT size, note FROM checkpoints ORDER BY size")]
        notices = {name: bytes(body) for name, body in session.rows("SELECT sha256, body FROM notices")}
    parts, broken = check_parts(open_engine, size, jobs)
    for fault in broken:
        gathered.fault("file", fault)
    for part in parts:
        gathered.take(part.checks)
    frontier = assemble(parts, gathered)
    check_own(parts, own, gathered)
    check_notices(parts, notices, gathered)
    keys = tuple(trusted) or tuple(own)
    head, key = check_head(note, size, frontier, keys, gathered)
    with engine.read() as session:
        check_kept(session, kept, size, keys, gathered, every=not trusted)
        if elsewhere:
            check_elsewhere(session, elsewhere, size, keys, gathered)
    engine.close()
    if not gathered.in_doubt:
        gathered.good("record", f"{size} records are as they were written.")
        gathered.good("tree", f"They are in the order that was signed; {len(kept)} kept heads agree.")
    return Report(
        kind="ledger",
        origin=head.origin if head else "",
        size=size,
        records=size,
        root=frontier.root().hex(),
        key=str(key) if key else "",
        trusted=key is not None and key in trusted,
        checks=gathered.all(),
    )


def check_parts(open_engine: Opener, size: int, jobs: int) -> tuple[list[Part], list[str]]:
    """Every chunk, in order, and what the database finds wrong itself; shared out among processes where that pays."""
    work = list(chunks(size, CHUNK))
    if jobs < 2 or size < PAYS * CHUNK:
        return [check_part(open_engine, start, part) for start, part in work], check_file(open_engine)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        file = pool.submit(check_file, open_engine)
        parts = [pool.submit(check_part, open_engine, start, part) for start, part in work]
        return [part.result() for part in parts], file.result()


def check_file(open_engine: Opener) -> list[str]:
    """The database's own check."""
    engine = open_engine()
    found = engine.faults()
    engine.close()
    return found


def assemble(parts: Sequence[Part], gathered: Gathered) -> Frontier:
    """The frontier of the whole tree from its chunks; the nodes that cover more than a chunk are compared here."""
    stack: list[tuple[int, bytes | None]] = []
    end = 0
    for part in parts:
        size, root, end = part.size, part.root, part.start + part.size
        while end & size == 0:
            width, left = stack.pop()
            root = None if left is None or root is None else node_hash(left, root)
            size += width
        if end > 1 and end % 2 == 0 and root != part.last_node:
            if root is not None:
                gathered.fault("tree", "The tree does not fit the records.", f"record {end - 2} or {end - 1}")
            root = part.last_node
        stack.append((size, root))
    return Frontier(end, [root or UNKNOWN for _, root in stack])


def check_own(parts: Sequence[Part], keys: Sequence[VerifierKey], gathered: Gathered) -> None:
    """What is erased was said to be erased, and the keys are those that the log names."""
    said: set[int] = set()
    named: list[str] = []
    for part in parts:
        for seq, data in part.own:
            try:
                record = decode_record(data)
            except UnreadableFile as error:
                gathered.fault("record", error.message, f"record {seq}")
                continue
            if isinstance(record, ErasureRecord):
                said.update(number for first, last in record.records for number in range(first, min(last, seq) + 1))
            elif isinstance(record, KeyRecord):
                named.append(record.key)
    for part in parts:
        for seq in part.erased:
            if seq not in said:
                gathered.fault("erasure", "Its content is gone, and no record says why.", f"record {seq}")
    if named != [str(key) for key in keys[1:]]:
        gathered.fault("key", "The list of keys is not the one the log names.", "keys")


def check_notices(parts: Sequence[Part], notices: dict[str, bytes], gathered: Gathered) -> None:
    """Each notice is what its name says, and none is missing that a record names."""
    for name, body in notices.items():
        if sha256(body).hexdigest() != name:
            gathered.fault("notice", "It is another text than the visitors were shown.", f"notice {name}")
    for part in parts:
        for name, seq in part.notices.items():
            if name not in notices:
                gathered.fault("notice", "The notice it names is missing.", f"record {seq}")


def check_head(
    note: str, size: int, frontier: Frontier, keys: Sequence[VerifierKey], gathered: Gathered
) -> tuple[Checkpoint | None, VerifierKey | None]:
    """The signed head speaks of exactly these records."""
    if not size and not note:
        gathered.good("signature", "Nothing is recorded yet.")
        return None, None
    try:
        head, key = open_checkpoint(note, keys)
    except (InvalidNote, UnknownKey) as error:
        gathered.fault("signature", str(error), "head")
        return None, None
    if head.size > size:
        gathered.fault("order", "They are missing.", numbers(size, head.size))
    elif head.size < size:
        gathered.fault("order", "They were added without being signed.", numbers(head.size, size))
    elif head.root != frontier.root():
        if not gathered.in_doubt:
            gathered.fault("tree", "The signed head is that of other records.", "head")
    else:
        gathered.good("signature", f"{head.origin} signed a log of {size} records.", str(key))
    return head, key


def check_kept(
    session: Session,
    kept: Sequence[tuple[int, str]],
    size: int,
    keys: Sequence[VerifierKey],
    gathered: Gathered,
    *,
    every: bool,
) -> None:
    """Each kept head is the head of the records it speaks of; the first that is not brackets the change.

    `every`: the keys are all there ever were, so a head of none of them is forged.
    """
    good = 0
    for at, note in kept:
        try:
            head, _ = open_checkpoint(note, keys)
        except (InvalidNote, UnknownKey) as error:
            if isinstance(error, UnknownKey) and not every:
                continue
            gathered.fault("signature", str(error), f"kept head of {at}")
            continue
        if head.size != at:
            gathered.fault("signature", "It is the head of another size.", f"kept head of {at}")
        elif at <= size and root_at(session, at) not in (None, head.root):
            if not gathered.in_doubt:
                gathered.fault("tree", "The log was written anew here.", numbers(good, at))
            return
        else:
            good = at


def check_elsewhere(session: Session, note: str, size: int, keys: Sequence[VerifierKey], gathered: Gathered) -> None:
    """The log still begins with what a checkpoint held elsewhere says."""
    try:
        head, key = open_checkpoint(note, keys)
    except (InvalidNote, UnknownKey) as error:
        gathered.fault("signature", str(error), "the checkpoint given")
        return
    if head.size > size:
        gathered.fault("order", "They are missing: the checkpoint given is of a longer log.", numbers(size, head.size))
    elif root_at(session, head.size) != head.root:
        gathered.fault("tree", "The log is not the one of the checkpoint given.", numbers(0, head.size))
    else:
        gathered.good(
            "signature", f"The checkpoint given ({head.size} records) is the beginning of this log.", str(key)
        )


def root_at(session: Session, size: int) -> bytes | None:
    """The root of the first records from the stored nodes; None where a node is missing, which is told elsewhere."""
    try:
        return frontier_at(stored_nodes(session), size).root()
    except LedgerUnavailable:
        return None


def numbers(start: int, end: int) -> str:
    """Records from `start`, `end` excluded, in words."""
    return f"record {start}" if end - start == 1 else f"records {start} to {end - 1}"
