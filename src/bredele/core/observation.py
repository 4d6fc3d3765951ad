"""What a browser was seen to do: items stored, requests sent, attempts refused. Plain facts, values masked."""

from datetime import datetime
from typing import Literal

import msgspec

from bredele.core.declaration import Kind

How = Literal[
    "response",
    "redirect",
    "script",
    "cookie_store",
    "worker",
    "service_worker",
    "frame",
]
Severity = Literal["error", "warning", "note"]
STATES = (
    "no_choice",
    "refused",
    "accepted",
    "withdrawn",
    "gpc",
    "signed_in",
    "no_script",
)
"""States of consent a scan can drive; `purpose:<name>` besides (CONTRACTS 4)."""
PURPOSE = "purpose:"


def granted_purpose(state: str) -> str:
    """The one purpose granted in a state `purpose:<name>`; empty for every other state."""
    return state.removeprefix(PURPOSE) if state.startswith(PURPOSE) else ""


def place_of_state(state: str) -> tuple[int, str]:
    """Where a state stands in reports: the fixed ones first, then the purposes by name."""
    return (STATES.index(state) if state in STATES else len(STATES), state)


class Setter(msgspec.Struct, frozen=True, kw_only=True):
    """Who stored it: the address of the response, script or frame, and how."""

    url: str
    how: How


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """One item the browser accepted, in every state in which it was seen.

    `host`: cookie domain as stored, host-only without a dot; other storage: the origin's host. Lifetimes in seconds,
    null for a session cookie and for storage. `value` is masked. `names`: the literal names behind a `pattern`.
    """

    name: str
    host: str
    path: str = "/"
    kind: Kind = "cookie"
    states: tuple[str, ...] = ()
    set_by: Setter | None = None
    attributes: dict[str, str | bool | None] = {}
    declared_lifetime: int | None = None
    effective_lifetime: int | None = None
    session: bool = False
    pattern: str | None = None
    names: tuple[str, ...] = ()
    value: str = ""
    resent: bool = True
    """False for a third party's item left over after withdrawal that no request sent again."""
    occasions: tuple[str, ...] = ()
    """What the visitor did when it first appeared: visit, token_form (a page with a form token), form, language, choice
    or sign_in. Without a registry this is how a necessary cookie is told from one that only bears its name."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request to another site than the visited one, counted per state."""

    url: str
    host: str
    state: str
    initiator: str = ""
    count: int = 1
    carries: tuple[str, ...] = ()
    """Names of query fields that carry an identifier: a stored value, or a known click identifier (link decoration)."""
    after_withdrawal: bool = False
    """Sent in the answer to the withdrawal itself (the one request a declared `erase` address may get)."""


class Rejection(msgspec.Struct, frozen=True, kw_only=True):
    """A Set-Cookie the browser did not accept, with its own reason."""

    name: str
    host: str
    state: str
    reason: str
    set_by: Setter


class NotTested(msgspec.Struct, frozen=True, kw_only=True):
    """A state that could not be driven, and why; `nothing-to-choose` does not fail the check."""

    state: str
    reason: str
    message: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between what is declared and what was seen."""

    rule: str
    severity: Severity
    cookie: str | None = None
    state: str | None = None
    message: str = ""
    cure: str = ""
    evidence: dict[str, str] = {}


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """One finished scan: the JSON of `scan --format json` (CONTRACTS 4) has exactly these fields."""

    target: str
    started: datetime
    browser: str
    states: tuple[str, ...]
    pages: tuple[str, ...] = ()
    observations: tuple[Observation, ...] = ()
    requests: tuple[Request, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_tested: tuple[NotTested, ...] = ()
    registry_version: int | None = None
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a finding of severity error was made."""
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def incomplete(self) -> bool:
        """Whether a required state could not be driven (exit code 3)."""
        return any(gap.reason != "nothing-to-choose" for gap in self.not_tested)
