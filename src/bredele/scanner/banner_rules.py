"""What a banner does wrong and a browser can measure: unequal answers, boxes ticked beforehand, no way back."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from bredele.core.observation import Finding, Severity
from bredele.scanner import words
from bredele.scanner.controls import Control, Surroundings, Toggle
from bredele.scanner.masking import page_address
from bredele.scanner.visit import Visit

TOLERANCE = 0.02
"""Of the box area (BAN-04)."""
CONTRAST = 4.5
SHUT = """() => {
  const places = [[0.5, 0.5], [0.2, 0.2], [0.8, 0.2], [0.2, 0.8], [0.8, 0.8]];
  return places.every(([across, down]) => {
    for (let node = document.elementFromPoint(innerWidth * across, innerHeight * down); node; node = node.parentElement)
      if (getComputedStyle(node).position === "fixed") return true;
    return false;
  });
}"""
"""Whether something fixed lies over the whole window."""


def measure(visit: Visit, around: Surroundings, accept: Control | None, refuse: Control | None) -> list[Finding]:
    """Findings on the first layer of a banner as it stands on the page (BAN-02 to BAN-05)."""
    evidence = {"page": page_address(visit.recorder.page), **described("accept", accept), **described("refuse", refuse)}
    found = [banner_finding(rule, f"{FAULTS[rule]} {detail}", evidence) for rule, detail in first_layer(accept, refuse)]
    control = accept or refuse
    toggles = around.toggles_around(control) if control else []
    return found + preticked(visit, toggles) + unnamed_purposes(accept, toggles, evidence)


FAULTS = {
    "banner-no-refuse": "There is no way to refuse on the first layer",
    "banner-refuse-link": "Refusing is not offered as accepting is:",
    "banner-unequal": "Refusing is not as easy to see as accepting:",
    "banner-preticked": "Ticked before anybody answered:",
    "banner-implied-consent": "Closing the banner without an answer counts as consent:",
    "banner-wall": "After a refusal the site cannot be used:",
    "banner-no-purposes": "Consent is asked for without saying what for:",
}
CURES = {
    "banner-no-refuse": "Put a button that refuses everything beside the one that accepts.",
    "banner-refuse-link": "Give both answers as the same kind of button, side by side.",
    "banner-unequal": "Make both buttons equal in size, font and contrast (at least 4.5 to 1).",
    "banner-preticked": "Leave every purpose but the strictly necessary off until the visitor turns it on.",
    "banner-implied-consent": "Take a closed banner, Escape and scrolling for no answer, and store nothing.",
    "banner-wall": "Let visitors who refused use the site.",
    "banner-no-purposes": "Name each purpose in plain words above the buttons.",
}


def banner_finding(
    rule: str, message: str, evidence: dict[str, str], state: str = "no_choice", severity: Severity = "error"
) -> Finding:
    """A finding on the banner itself."""
    return Finding(
        rule=rule, severity=severity, state=state, message=f"{message}.", cure=CURES[rule], evidence=evidence
    )


def unnamed_purposes(accept: Control | None, toggles: list[Toggle], evidence: dict[str, str]) -> list[Finding]:
    """The finding on a banner that is accepted before it names a purpose (BAN-06). A note: words can be missed."""
    if accept is None or toggles or words.names_purpose(accept.before):
        return []
    told = f'nothing above "{accept.text}" names a purpose'
    return [banner_finding("banner-no-purposes", f"{FAULTS['banner-no-purposes']} {told}", evidence, severity="note")]


def first_layer(accept: Control | None, refuse: Control | None) -> Iterator[tuple[str, str]]:
    """Rule and detail of each way in which refusing is harder than accepting."""
    if accept is None:
        return
    if refuse is None:
        yield "banner-no-refuse", f'beside "{accept.text}"'
        return
    if accept.tag != refuse.tag or refuse.prose > accept.prose:
        how = "within a sentence" if refuse.prose else f"as {refuse.tag}"
        yield "banner-refuse-link", f'"{refuse.text}" stands there {how}, "{accept.text}" as {accept.tag}'
    if unlike := differences(accept, refuse):
        yield "banner-unequal", "; ".join(unlike)


def differences(accept: Control, refuse: Control) -> list[str]:
    """How the looks of the two answers differ, in words (BAN-04)."""
    unlike = []
    if abs(accept.area - refuse.area) > TOLERANCE * max(accept.area, refuse.area):
        unlike.append(f"their boxes measure {accept.area} and {refuse.area} square pixels")
    if accept.font != refuse.font:
        unlike.append("their fonts differ")
    faint = [control for control in (accept, refuse) if control.contrast < CONTRAST]
    return unlike + [f'the words "{one.text}" have a contrast of {one.contrast} to 1' for one in faint]


def preticked(visit: Visit, toggles: Iterable[Toggle]) -> list[Finding]:
    """The finding on boxes that are on before anybody answered, on any layer (BAN-05)."""
    ticked = sorted({one.label for one in toggles if one.on and not one.radio})
    if not ticked:
        return []
    evidence = {"page": page_address(visit.recorder.page)}
    return [banner_finding("banner-preticked", f"{FAULTS['banner-preticked']} {', '.join(ticked)}", evidence)]


async def wall(visit: Visit) -> list[Finding]:
    """The finding on a site that shuts out who refused (BAN-08)."""
    page = page_address(visit.recorder.page)
    told = f"{page} answers {visit.status}" if visit.status in (401, 402, 403, 451) else ""
    if not told and await visit.attempt(SHUT) is True:
        told = f"something lies over all of {page}"
    message = f"{FAULTS['banner-wall']} {told}"
    return [banner_finding("banner-wall", message, {"page": page}, "refused")] if told else []


def described(name: str, control: Control | None) -> dict[str, str]:
    """A control as evidence."""
    return {} if control is None else {name: f"{control.text} <{control.tag}> {control.area} px2, {control.font}"}


def way_back(visit: Visit, surroundings: list[Surroundings]) -> bool:
    """Whether consent can be withdrawn from the current page (BAN-09)."""
    controls = [control for around in surroundings for control in around.controls]
    return any(
        control.choice == "refuse"
        or words.withdraws(control.words)
        or words.PREFERENCE_TEXT.search(control.words)
        or (control.href and words.PREFERENCE_ADDRESS.search(urlsplit(control.href).path))
        for control in controls
    )


def no_withdrawal(pages: list[str]) -> list[Finding]:
    """The finding on pages from which consent could not be withdrawn."""
    if not pages:
        return []
    shown = ", ".join(page_address(page) for page in pages[:5]) + (" and others" if len(pages) > 5 else "")
    return [
        Finding(
            rule="banner-no-withdrawal",
            severity="error",
            state="accepted",
            message=f"Consent was given, but cannot be withdrawn from: {shown}.",
            cure="Put a withdraw control or a link to the preference page on every page.",
            evidence={"pages": str(len(pages)), "first": page_address(pages[0])},
        )
    ]


def harder_to_withdraw(given: int, taken: int, page: str) -> list[Finding]:
    """The finding on consent that takes more presses to withdraw than it took to give (BAN-09).

    One press more is a note: authorities differ on a link that first opens the choice again.
    """
    if not given or taken <= given:
        return []
    return [
        Finding(
            rule="banner-withdrawal-harder",
            severity="note" if taken == given + 1 else "error",
            state="withdrawn",
            message=f"Consent is given in {presses(given)}, but withdrawn in {presses(taken)}.",
            cure="Put a control on every page that withdraws in as many presses as the banner accepts in.",
            evidence={"page": page_address(page), "to_give": str(given), "to_withdraw": str(taken)},
        )
    ]


def presses(count: int) -> str:
    """`one press`, `2 presses`."""
    return "one press" if count == 1 else f"{count} presses"
