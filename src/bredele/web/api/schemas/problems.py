"""What an error and a problem of a draft look like."""

from typing import Literal

from ninja import Schema


class PlaceOut(Schema):
    """One thing that is wrong: where, what, and what to do."""

    where: str
    message: str
    cure: str


class ProblemOut(Schema):
    """Problem details (RFC 9457), the body of every error."""

    type: str
    title: str
    status: int
    detail: str
    cure: str
    errors: list[PlaceOut]


class DraftProblem(Schema):
    """One problem of a draft; only an error blocks publishing."""

    severity: Literal["error", "warning", "note"]
    code: str
    where: str
    message: str
    cure: str


class DraftProblems(Schema):
    """Everything that stands against publishing, errors first."""

    revision: int
    blocked: bool
    problems: list[DraftProblem]
