"""What the log keeps of an answer, and the commitment that stands for it in the tree.

Bytes are canonical: fields in the order below, no spaces. A commitment is SHA-256(salt || bytes) and the leaf
SHA-256(0x00 || commitment), so a record's content and salt can be erased while the tree stays whole (CONTRACTS 6).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

import msgspec

from bredele.ledger.errors import UnreadableFile
from bredele.ledger.tree import leaf_hash

State = Literal[
    "requested",
    "given",
    "renewed",
    "refused",
    "withdrawn",
    "expired",
    "invalidated",
    "terminated",
    "deferred",
    "unknown",
]
"""W3C DPV 2.3, ConsentStatus, without the prefix `Consent`."""
ALLOWING: frozenset[State] = frozenset({"given", "renewed"})
"""Only these allow processing (LED-05)."""
Event = Literal["grant", "refusal", "change", "renewal", "withdrawal", "expiry"]
ANONYMOUS = "anonymous"
"""The principal of a record that leaves no identifier on the device (LED-09)."""
SALT_SIZE = 16
TIME_SIZE = len("2026-11-24T12:00:00.000000Z")


class Agent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is kept of the browser (LED-07)."""

    family: str = "other"
    layout: Literal["desktop", "mobile"] = "desktop"


class Control(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the visitor pressed, and where: the banner or widget (`/consent`) or the preference page."""

    choice: Literal["accept", "refuse", "save", "none"]
    place: Literal["consent", "preferences", "none"]


class ConsentRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="schema",
                    tag="bredele-consent/1"):  # fmt: skip
    """One event about one visitor's consent. Times are the server's, UTC, microseconds (LED-15).

    `granted` and `denied` together are every purpose that needs consent (LED-03); `exempt` says of the other optional
    ones whether the visitor objected. `registry` and `notice` are SHA-256 (hex) of the published version's bytes and of
    the notice stored beside the log; `before` is the id of this principal's record before.
    """

    principal: str
    time: str
    id: str
    site: str
    version: int
    registry: str
    notice: str
    language: str
    event: Event
    granted: tuple[str, ...]
    denied: tuple[str, ...]
    exempt: dict[str, Literal["in-use", "objected"]]
    states: dict[str, State]
    until: str | None
    control: Control
    signal: Literal["gpc"] | None
    agent: Agent
    before: str | None

    def __post_init__(self) -> None:
        if set(self.states) != {*self.granted, *self.denied} or set(self.granted) & set(self.denied):
            raise ValueError("every purpose is either granted or denied, and has its state")
        if any((self.states[purpose] in ALLOWING) != (purpose in self.granted) for purpose in self.states):
            raise ValueError("a state says something else than the answer")

    @property
    def allowed(self) -> frozenset[str]:
        """The purposes this record allows."""
        return frozenset(self.granted)


class ErasureRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="schema",
                    tag="bredele-erasure/1"):  # fmt: skip
    """The content of these records is gone: ranges of record numbers, both ends included."""

    principal: str = ANONYMOUS
    time: str
    reason: Literal["retention", "request"]
    records: tuple[tuple[int, int], ...]


class KeyRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="schema",
                tag="bredele-key/1"):  # fmt: skip
    """From the next head on this key signs. The last head of the key before vouches for it."""

    principal: str = ANONYMOUS
    time: str
    key: str


Record = ConsentRecord | ErasureRecord | KeyRecord


def encode_record(record: Record) -> bytes:
    """Canonical bytes."""
    return msgspec.json.encode(record)


def decode_record(data: bytes) -> Record:
    """The record, or UnreadableFile: also where the bytes are not the canonical ones."""
    try:
        record: Record = msgspec.json.decode(data, type=Record)
    except (msgspec.DecodeError, ValueError) as error:
        raise UnreadableFile(f"A record cannot be read: {error}.") from None
    if encode_record(record) != data:
        raise UnreadableFile("A record is not written as the ledger writes it.")
    return record


def commitment(salt: bytes, record: bytes) -> bytes:
    """What the tree holds in the record's place."""
    return sha256(salt + record).digest()


def leaf_of(salt: bytes, record: bytes) -> bytes:
    """The leaf hash of a record's bytes."""
    return leaf_hash(commitment(salt, record))


def spoken(moment: datetime) -> str:
    """A moment as records write it: UTC, always microseconds, so that texts sort as times."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment_of(time: str) -> datetime:
    """The moment of a record's time."""
    return datetime.strptime(time, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def states_of(before: Mapping[str, bool], after: Mapping[str, bool]) -> dict[str, State]:
    """The DPV state of each purpose, from the answers before (empty where there are none) and now."""

    def state(purpose: str, yes: bool) -> State:
        if yes:
            return "renewed" if before.get(purpose) else "given"
        return "withdrawn" if before.get(purpose) else "refused"

    return {purpose: state(purpose, yes) for purpose, yes in after.items()}


def event_of(before: Mapping[str, bool], after: Mapping[str, bool]) -> Event:
    """What happened, from the answers about purposes that need consent."""
    had = {purpose for purpose, yes in before.items() if yes}
    has = {purpose for purpose, yes in after.items() if yes}
    if had and not has:
        return "withdrawal"
    if not has:
        return "refusal"
    if not had:
        return "grant"
    return "renewal" if had == has else "change"
