"""What can go wrong with a ledger; no status and no exit code here."""

from bredele.core.errors import BredeleError


class LedgerUnavailable(BredeleError):
    """The log cannot take or give records now: full disk, read-only or damaged file, key gone, server down."""


class NoLedgerYet(LedgerUnavailable):
    """Nothing was ever recorded: the log begins with the first answer."""


class UnknownRecord(BredeleError):
    """A proof id or a number that no record has (any more)."""


class InvalidNote(BredeleError):
    """A text that is no signed note, checkpoint or key of the C2SP forms."""


class InvalidProof(BredeleError):
    """A proof that does not lead to the root it is checked against."""


class UnreadableFile(BredeleError):
    """A receipt or an export that was changed, cut off, or never was one."""


class UnknownKey(BredeleError):
    """Nobody but the file itself vouches for the key that signed it."""
