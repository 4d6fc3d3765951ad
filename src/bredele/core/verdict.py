"""One question: may this item be stored now, and why?"""

from typing import Literal

import msgspec

from bredele.core.consent import Choice
from bredele.core.declaration import MEASUREMENT, Declaration, Kind
from bredele.core.registry import Version

Reason = Literal["exempt", "granted", "undeclared", "not-asked", "refused"]


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Allowed or not, with the reason; `purposes` are those that still lack a yes."""

    allowed: bool
    reason: Reason
    declaration: Declaration | None = None
    purposes: tuple[str, ...] = ()


def judge(
    version: Version, choice: Choice | None, name: str, host: str, kind: Kind = "cookie", *, site_host: str = ""
) -> Verdict:
    """The verdict for an item of this name set by this host (ENF-01, ENF-02; ePrivacy Directive Art. 5(3)).

    `site_host`: the host the visitor is on, where the site answers on others than its origin's.
    """
    declaration = version.registry.match(name, host, kind=kind, site_host=site_host)
    if declaration is None:
        return Verdict(allowed=False, reason="undeclared")
    return judge_declaration(version, choice, declaration)


def judge_declaration(version: Version, choice: Choice | None, declaration: Declaration) -> Verdict:
    """An exempt entry is always allowed; any other only if each of its purposes that needs consent was granted."""
    if version.registry.exempt(declaration):
        return Verdict(allowed=True, reason="exempt", declaration=declaration)
    asked = version.registry.asked(declaration)
    answers = {purpose: choice.answer(purpose, version) if choice else None for purpose in asked}
    lacking = tuple(purpose for purpose, answer in answers.items() if not answer)
    if asked and not lacking:
        return Verdict(allowed=True, reason="granted", declaration=declaration)
    refused = any(answers[purpose] is False for purpose in lacking)
    return Verdict(
        allowed=False,
        reason="refused" if refused else "not-asked",
        declaration=declaration,
        purposes=lacking,
    )


def must_ask(version: Version, choice: Choice | None) -> tuple[str, ...]:
    """The purposes a banner must ask about now; empty means no banner (BAN-11, BAN-14, REG-10)."""
    return tuple(
        purpose
        for purpose in version.registry.consent_purposes()
        if choice is None or choice.answer(purpose, version) is None
    )


def may_count(version: Version, choice: Choice | None) -> bool:
    """Whether a page view may be counted: exempt measurement is on and the visitor did not object (ANA-08)."""
    if version.registry.statistics == "off":
        return False
    return choice is None or choice.answer(MEASUREMENT, version) is not False
