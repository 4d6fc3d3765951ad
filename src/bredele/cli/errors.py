"""Exit codes, mapped once (CONTRACTS 4): 0 conform, 1 findings, 2 usage, 3 could not check."""

import click

from bredele.core.errors import BredeleError, InvalidRegistry

CONFORM, FINDINGS, USAGE, COULD_NOT = 0, 1, 2, 3


class CouldNotCheck(BredeleError):
    """A check that could not be made: target down, no browser, time over."""


class MissingPart(BredeleError):
    """A part of Bredele that was not installed."""

    @classmethod
    def of(cls, error: ModuleNotFoundError, extra: str) -> "MissingPart":
        """Says which extra brings the module."""
        return cls(f"{error.name} is not installed.", where=extra, cure=f'Run: pip install "bredele[{extra}]".')


def exit_code(error: BaseException) -> int:
    """The code for what ended a command. A crash and Ctrl-C both leave the question open."""
    if isinstance(error, CouldNotCheck):
        return COULD_NOT
    if isinstance(error, BredeleError | click.ClickException):
        return USAGE
    return COULD_NOT


def explain(error: BredeleError) -> str:
    """What a person reads: place, fault, cure; every problem of a registry on its own line."""
    problems = error.problems if isinstance(error, InvalidRegistry) else (error,)
    return "\n".join(f"error: {problem}" for problem in problems)
