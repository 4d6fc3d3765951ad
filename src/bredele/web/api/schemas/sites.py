"""Sites, drafts, versions and proofs."""

from datetime import datetime
from typing import Literal

from ninja import Schema


class SiteOut(Schema):
    """A site; `revision` is that of its draft, `version` the number in force, null before the first."""

    slug: str
    origin: str
    hosts: list[str]
    default: bool
    demo: bool
    revision: int
    version: int | None


class SavedDraft(Schema):
    """The draft was kept as this revision."""

    revision: int


class PublishedOut(Schema):
    """A published version; `sha256` is over its immutable file."""

    number: int
    published: datetime
    sha256: str
    by: str


class ProofOut(Schema):
    """The latest scan. `verified`: it was made of the version in force, and nothing contradicts it."""

    verdict: Literal["ok", "findings", "incomplete"]
    verified: bool
    when: datetime
    browser: str
    target: str
    states: list[str]
    version: int | None
    sha256: str
    observations: int
    errors: int
    warnings: int
    notes: int
