"""May gated content be shown to this visitor, and if not, who would get what?"""

import msgspec
from django.utils.translation import get_language

from bredele.core.consent import Choice
from bredele.core.declaration import NECESSARY, Declaration
from bredele.core.policy import purpose_label
from bredele.core.registry import Version
from bredele.core.verdict import must_ask
from bredele.formats.domains import registrable_domain
from bredele.web.enforcement.request import SiteRequest


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for one piece of content. Closed wherever anything is unknown: no version, no such purpose."""

    open: bool
    waits: bool = False
    """The banner still asks, and the widget is there: the content may wait in the page, inert."""
    purposes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    label: str = ""
    keeps: tuple[str, ...] = ()
    """Purposes that are allowed now: the placeholder's form sends them again, so that it changes nothing else."""
    providers: tuple[str, ...] = ()
    """Third parties that would learn of the visit."""
    names: tuple[str, ...] = ()
    version: int | None = None


def gate(request: SiteRequest, purposes: str) -> Gate:
    """The gate before content of these purposes, separated by spaces: open only if every one is allowed."""
    version, choice = request.site.version, request.choice
    wanted = tuple(purposes.split())
    if version is None:
        return Gate(open=False, purposes=wanted, missing=wanted)
    missing = tuple(purpose for purpose in wanted if not allowed(version, choice, purpose))
    if not missing:
        return Gate(open=bool(wanted), purposes=wanted)
    registry = version.registry
    entries = [entry for entry in registry.cookies if set(missing) & set(entry.purpose)]
    others = [entry for entry in entries if registry.party(entry, registrable_domain) == "third"]
    return Gate(
        open=False,
        waits=bool(must_ask(version, choice)),
        purposes=wanted,
        missing=missing,
        label=labels(version, missing),
        keeps=tuple(each for each in registry.optional_purposes() if allowed(version, choice, each)),
        providers=tuple(dict.fromkeys(entry.provider for entry in others if entry.provider)),
        names=tuple(dict.fromkeys(name for entry in entries for name in stored(entry))),
        version=version.number,
    )


def allowed(version: Version, choice: Choice | None, purpose: str) -> bool:
    """Whether content of one purpose may run: granted, or exempt and not objected to (ePrivacy Directive Art. 5(3))."""
    registry = version.registry
    answer = choice.answer(purpose, version) if choice else None
    if purpose in registry.consent_purposes():
        return answer is True
    return purpose == NECESSARY or (purpose in registry.optional_purposes() and answer is not False)


def labels(version: Version, purposes: tuple[str, ...]) -> str:
    """The purposes in words; a slug the registry does not know stays as it is."""
    language = get_language() or "en"
    return ", ".join(purpose_label(version.registry, purpose, language) or purpose for purpose in purposes)


def stored(entry: Declaration) -> tuple[str, ...]:
    """The names an entry would leave on the device."""
    return entry.names if entry.kind not in ("pixel", "beacon", "fingerprint") else ()


def foreign_purposes(version: Version) -> tuple[str, ...]:
    """Purposes whose grant brings another site's hosts into the page's policy: a page loaded before needs a reload."""
    registry = version.registry
    foreign = {
        purpose
        for entry in registry.cookies
        if not registry.exempt(entry) and registry.party(entry, registrable_domain) == "third"
        for purpose in entry.purpose
    }
    return tuple(purpose for purpose in registry.consent_purposes() if purpose in foreign)
