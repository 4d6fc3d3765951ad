"""What the API tells of a site's ledger."""

from ninja import Schema


class KeyOut(Schema):
    """A public key, the size of the log and the time since when it signs."""

    key: str
    size: int
    since: str


class LedgerOut(Schema):
    """The log's name, how many records it has, the signed head and the keys."""

    origin: str
    size: int
    checkpoint: str
    keys: list[KeyOut]


class ReadOut(Schema):
    """Who read how many records, when, and as what."""

    time: str
    who: str
    what: str
    records: int
