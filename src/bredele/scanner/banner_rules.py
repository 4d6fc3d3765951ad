"""What a banner does wrong and a browser can measure: unequal answers, boxes ticked beforehand, no way back."""

from urllib.parse import urlsplit

from bredele.core.observation import Finding
from bredele.scanner import words
from bredele.scanner.controls import Control, Surroundings
from bredele.scanner.masking import page_address
from bredele.scanner.visit import Visit

TOLERANCE = 0.02
"""Of the box area (BAN-04)."""


def measure(visit: Visit, around: Surroundings, accept: Control | None, refuse: Control | None) -> list[Finding]:
    """Findings on the first layer of a banner as it stands on the page (BAN-02 to BAN-05)."""
    page = page_address(visit.recorder.page)
    found = []
    unlike = differences(accept, refuse)
    if unlike and accept is not None:
        found.append(
            Finding(
                rule="banner-unequal",
                severity="error",
                state="no_choice",
                message=f'Refusing is not as easy as accepting ("{accept.text}"): {"; ".join(unlike)}.',
                cure="Give both answers on the first layer as the same kind of button, equal in size and font.",
                evidence={"page": page, **described("accept", accept), **described("refuse", refuse)},
            )
        )
    control = accept or refuse
    toggles = around.toggles_around(control) if control else []
    ticked = sorted({one.label for one in toggles if one.on and not one.radio})
    if ticked:
        found.append(
            Finding(
                rule="banner-preticked",
                severity="error",
                state="no_choice",
                message=f"Ticked before anybody answered: {', '.join(ticked)}.",
                cure="Leave every purpose but the strictly necessary off until the visitor turns it on.",
                evidence={"page": page},
            )
        )
    return found


def differences(accept: Control | None, refuse: Control | None) -> list[str]:
    """How the two answers differ, in words."""
    if accept is None:
        return []
    if refuse is None:
        return ["there is no way to refuse on the first layer"]
    unlike = []
    if accept.tag != refuse.tag:
        unlike.append(f"one is a {accept.tag}, the other a {refuse.tag}")
    if abs(accept.area - refuse.area) > TOLERANCE * max(accept.area, refuse.area):
        unlike.append(f"their boxes measure {accept.area} and {refuse.area} square pixels")
    if accept.font != refuse.font:
        unlike.append("their fonts differ")
    return unlike


def described(name: str, control: Control | None) -> dict[str, str]:
    """A control as evidence."""
    return {} if control is None else {name: f"{control.text} <{control.tag}> {control.area} px2, {control.font}"}


def way_back(visit: Visit, surroundings: list[Surroundings]) -> bool:
    """Whether consent can be withdrawn from the current page (BAN-09)."""
    controls = [control for around in surroundings for control in around.controls]
    return any(
        control.choice == "refuse"
        or control.words in words.WITHDRAW
        or words.WITHDRAW_TEXT.search(control.words)
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
