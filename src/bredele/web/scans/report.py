"""A proof in words: what it says of the version in force, what was seen, what contradicts, what was not tested."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from bredele.core.errors import UnreadableDocument
from bredele.core.observation import Finding, NotTested, Observation, Scan
from bredele.core.registry import Version
from bredele.web.scans import proofs
from bredele.web.scans.models import Proof

STATES: dict[str, Promise] = {
    "no_choice": gettext_lazy("before any choice"),
    "refused": gettext_lazy("after refusing"),
    "accepted": gettext_lazy("after accepting"),
    "withdrawn": gettext_lazy("after withdrawing"),
    "gpc": gettext_lazy("with Global Privacy Control"),
    "signed_in": gettext_lazy("signed in"),
    "no_script": gettext_lazy("without JavaScript"),
}
HOW: dict[str, Promise] = {
    "response": gettext_lazy("a server’s answer"),
    "redirect": gettext_lazy("a redirect"),
    "script": gettext_lazy("a script"),
    "cookie_store": gettext_lazy("a script (Cookie Store)"),
    "worker": gettext_lazy("a worker"),
    "service_worker": gettext_lazy("a service worker"),
    "frame": gettext_lazy("a frame"),
}
SEVERITIES = ("error", "warning", "note")
UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


@dataclass(frozen=True)
class Seen:
    """One observation in words."""

    item: Observation
    states: tuple[str, ...]
    how: str
    lifetime: str
    attributes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The literal names behind a pattern, else the one name."""
        return self.item.names or (self.item.name,)


@dataclass(frozen=True)
class Contradiction:
    """One finding, with its state in words and its evidence."""

    finding: Finding
    state: str


@dataclass(frozen=True)
class Report:
    """The page of one proof. `scan` is None where the evidence is gone or was altered; `fault` then says so."""

    proof: Proof
    version: Version | None
    scan: Scan | None
    fault: str
    states: tuple[str, ...]
    seen: tuple[Seen, ...]
    findings: tuple[Contradiction, ...]
    gaps: tuple[tuple[str, NotTested], ...]

    @property
    def standing(self) -> str:
        """`verified`, `earlier` (another version was verified), `unbound` (no policy), `findings` or `incomplete`."""
        number = self.version.number if self.version else None
        if not self.proof.conform:
            return self.proof.verdict
        if self.proof.verifies(number):
            return "verified"
        return "unbound" if self.proof.version is None else "earlier"


def report(proof: Proof, version: Version | None) -> Report:
    """The proof in the language in force, against the version in force."""
    try:
        scan, fault = proofs.scan_of(proof), ""
    except UnreadableDocument as error:
        scan, fault = None, str(error)
    return Report(
        proof=proof,
        version=version,
        scan=scan,
        fault=fault,
        states=tuple(state_words(proof.states)),
        seen=tuple(seen(item) for item in scan.observations) if scan else (),
        findings=contradictions(scan.findings) if scan else (),
        gaps=tuple((state(gap.state), gap) for gap in scan.not_tested) if scan else (),
    )


def contradictions(findings: Iterable[Finding]) -> tuple[Contradiction, ...]:
    """Findings, the worst first."""
    order = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    return tuple(Contradiction(finding=found, state=state(found.state) if found.state else "") for found in order)


def seen(item: Observation) -> Seen:
    """One observation in words."""
    setter = item.set_by
    return Seen(
        item=item,
        states=tuple(state_words(item.states)),
        how=str(HOW.get(setter.how, setter.how)) if setter else "",
        lifetime=kept(item),
        attributes=attributes(item),
    )


def state_words(states: Iterable[str]) -> Iterable[str]:
    """States of consent in words."""
    return (state(name) for name in states)


def state(name: str) -> str:
    """One state in words; `purpose:<name>` names the purpose."""
    if name.startswith("purpose:"):
        return gettext("with “%(purpose)s” alone") % {"purpose": name.removeprefix("purpose:")}
    return str(STATES.get(name, name))


def kept(item: Observation) -> str:
    """How long the browser keeps it."""
    if item.session:
        return gettext("browser session")
    lifetime = item.effective_lifetime if item.effective_lifetime is not None else item.declared_lifetime
    return gettext("no end") if lifetime is None else duration(lifetime)


def duration(seconds: int) -> str:
    """Whole seconds in the largest unit that fits, rounded to it."""
    size, unit = next((pair for pair in UNITS if seconds >= pair[0]), UNITS[-1])
    number = round(seconds / size)
    words = {
        "day": ngettext("%(number)d day", "%(number)d days", number),
        "hour": ngettext("%(number)d hour", "%(number)d hours", number),
        "minute": ngettext("%(number)d minute", "%(number)d minutes", number),
        "second": ngettext("%(number)d second", "%(number)d seconds", number),
    }
    return words[unit] % {"number": number}


def attributes(item: Observation) -> tuple[str, ...]:
    """Attributes as a `Set-Cookie` shows them: the name alone for a yes, name=value for a value."""
    stated = [(name, value) for name, value in item.attributes.items() if value not in (None, False, "")]
    return tuple(name if value is True else f"{name}={value}" for name, value in stated)
