"""What a verification found: every check made, whether it held, and where it did not."""

from collections.abc import Iterable
from typing import Literal

import msgspec

Code = Literal["form", "record", "order", "tree", "proof", "notice", "artefact", "key", "signature", "erasure", "file"]


class Check(msgspec.Struct, frozen=True):
    """One thing looked at; `where` names the record, line or key a fault is at."""

    code: Code
    ok: bool
    message: str
    where: str = ""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of it. `trusted`: the key that signed is one the reader was given, not only one the file names."""

    kind: Literal["receipt", "export", "checkpoint", "ledger"]
    origin: str = ""
    size: int = 0
    records: int = 0
    root: str = ""
    key: str = ""
    trusted: bool = False
    checks: tuple[Check, ...] = ()

    @property
    def faults(self) -> tuple[Check, ...]:
        """The checks that did not hold."""
        return tuple(check for check in self.checks if not check.ok)

    @property
    def holds(self) -> bool:
        """Whether every check held; that says nothing about `trusted`."""
        return not self.faults


class Gathered:
    """Checks as they are made."""

    MOST = 100
    """Faults listed; further ones are counted."""

    def __init__(self) -> None:
        self.checks: list[Check] = []
        self.left_out = 0

    @property
    def in_doubt(self) -> bool:
        """Whether a fault was found already: it then explains what follows from it."""
        return any(not check.ok for check in self.checks)

    def good(self, code: Code, message: str, where: str = "") -> None:
        """It held."""
        self.checks.append(Check(code, True, message, where))

    def fault(self, code: Code, message: str, where: str = "") -> None:
        """It did not."""
        if sum(not check.ok for check in self.checks) < self.MOST:
            self.checks.append(Check(code, False, message, where))
        else:
            self.left_out += 1

    def take(self, checks: Iterable[Check]) -> None:
        """Those of another part."""
        for check in checks:
            if check.ok:
                self.checks.append(check)
            else:
                self.fault(check.code, check.message, check.where)

    def all(self) -> tuple[Check, ...]:
        """Everything, with a word about the faults that were only counted."""
        if not self.left_out:
            return tuple(self.checks)
        more = Check("record", False, f"{self.left_out} further faults are not listed.")
        return (*self.checks, more)
