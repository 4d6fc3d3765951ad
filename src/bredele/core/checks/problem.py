"""A problem of a registry: how bad, what, where, and the cure."""

import msgspec

from bredele.core.observation import Severity
from bredele.core.registry import RegistrableDomain, Registry


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong or doubtful; only `error` blocks publishing.

    `code` never changes once released; `where` is a table path such as `cookies[3].lifetime`.
    """

    severity: Severity
    code: str
    where: str
    message: str
    cure: str


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A registry under examination. Not for publishing, a missing text is only worth a note."""

    registry: Registry
    publishing: bool
    registrable_domain: RegistrableDomain

    def missing(self, code: str, where: str, message: str, cure: str) -> Problem:
        """Something a published policy must say (a bare check of a site can do without it)."""
        severity: Severity = "error" if self.publishing else "note"
        return Problem(severity=severity, code=code, where=where, message=message, cure=cure)


def error(code: str, where: str, message: str, cure: str) -> Problem:
    """Wrong in any case."""
    return Problem(severity="error", code=code, where=where, message=message, cure=cure)


def warning(code: str, where: str, message: str, cure: str) -> Problem:
    """Probably wrong: a person should look."""
    return Problem(severity="warning", code=code, where=where, message=message, cure=cure)


def note(code: str, where: str, message: str, cure: str) -> Problem:
    """Worth knowing."""
    return Problem(severity="note", code=code, where=where, message=message, cure=cure)
