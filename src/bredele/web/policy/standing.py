"""Whether the version in force was proved true: the line "verified <date>, by this scan"."""

from datetime import datetime
from typing import Literal

import msgspec

from bredele.web.scans import proofs

State = Literal["verified", "contradicted", "incomplete", "older", "none"]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What the newest scan says of one version; `scanned` is the version that scan compared with."""

    state: State
    when: datetime | None = None
    scanned: int | None = None


def standing(slug: str, number: int) -> Standing:
    """The standing of this version of a site (one query). A scan of another version proves nothing about this one."""
    proof = proofs.latest(slug)
    if proof is None:
        return Standing(state="none")
    return Standing(state=judged(proof.verdict, proof.version == number), when=proof.when, scanned=proof.version)


def judged(verdict: str, same_version: bool) -> State:
    """The word for a verdict."""
    if not same_version:
        return "older"
    if verdict == "ok":
        return "verified"
    return "contradicted" if verdict == "findings" else "incomplete"
