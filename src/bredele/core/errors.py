"""What can be wrong with the facts themselves: the class says the kind, the attributes say the facts.

No HTTP status and no exit code here: `web` and `cli` map these once each.
"""


class BredeleError(Exception):
    """Any fault Bredele explains itself: a message for a person and, where one exists, the cure."""

    def __init__(self, message: str, *, where: str = "", cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.cure = cure

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        cure = f" {self.cure}" if self.cure else ""
        return f"{place}{self.message}{cure}"


class InvalidLifetime(BredeleError):
    """A lifetime that is neither an ISO 8601 duration, nor `session`, nor `persistent`."""


class InvalidPattern(BredeleError):
    """A cookie name pattern that could match anything or is no legal name."""


class InvalidRegistry(BredeleError):
    """A registry that cannot be used: `problems` lists each place and cure."""

    def __init__(self, problems: "tuple[BredeleError, ...]") -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


class UnreadableDocument(BredeleError):
    """A file, text or body that cannot be decoded: `where` is `line N` or a table path."""


class UnknownPurpose(BredeleError):
    """A purpose that the version does not ask about."""


class UnknownVersion(BredeleError):
    """A policy version that was never published."""


class InvalidSetCookie(BredeleError):
    """A `Set-Cookie` a browser would refuse (RFC 6265bis section 5.7)."""
