"""Whether everybody can use the banner and read the policy page: what WCAG 2.2 asks and a browser can count (SCN-13).

Names, labels, sizes and the keyboard, in the pass that visits the page anyway. Notes, for a person must look further.
"""

from collections.abc import Iterable

import msgspec
from playwright.async_api import Error

from bredele.core.observation import Finding
from bredele.scanner import words
from bredele.scanner.controls import Control, Surroundings
from bredele.scanner.masking import page_address
from bredele.scanner.recorder import script
from bredele.scanner.visit import Visit, raise_if_gone

RULE = "banner-accessibility"
FAULTS = {
    "unnamed": ("controls without a name", "4.1.2"),
    "unlabelled": ("fields without a label", "1.3.1"),
    "unreachable": ("controls that no keyboard reaches", "2.1.1"),
    "nameless": ("a dialog without a name", "4.1.2"),
    "small": ("targets of less than 24 by 24 pixels", "2.5.8"),
    "image": ("pictures without a text", "1.1.1"),
    "language": ("no language stated", "3.1.1"),
    "headless": ("tables without headings", "1.3.1"),
}
"""What is wrong, and the success criterion of WCAG 2.2 that says so."""
SHOWN = 5


class Fault(msgspec.Struct, frozen=True):
    """One fault, and the element that has it."""

    fault: str
    what: str


async def of_banner(visit: Visit, around: Surroundings, control: Control | None) -> list[Finding]:
    """The finding on the whole banner around one of its controls."""
    if control is None:
        return []
    given = "(found, place) => found.piece(found.elements[place])"
    try:
        root = await around.handle.evaluate_handle(given, control.place)
        told = await around.frame.evaluate(script("accessibility.js"), {"root": root})
    except Error as error:
        raise_if_gone(error)
        return []
    return finding("The banner", visit, msgspec.convert(told, list[Fault]))


async def of_page(visit: Visit) -> list[Finding]:
    """The finding on the current page, if it is one about cookies."""
    if visit.status != 200 or not words.COOKIE_PAGE.search(visit.recorder.page.partition("?")[0]):
        return []
    if not await visit.on_web_page():
        return []
    told = await visit.attempt(f"() => ({script('accessibility.js')})({{ root: null }})")
    page = page_address(visit.recorder.page)
    return finding(f"The page {page}", visit, msgspec.convert(told or [], list[Fault]))


def finding(where: str, visit: Visit, faults: Iterable[Fault]) -> list[Finding]:
    """One finding of all faults of one place; none without a fault."""
    by_kind: dict[str, list[str]] = {}
    for one in faults:
        by_kind.setdefault(one.fault, []).append(one.what)
    if not by_kind:
        return []
    told = [f"{FAULTS[kind][0]} (WCAG {FAULTS[kind][1]})" for kind in FAULTS if kind in by_kind]
    return [
        Finding(
            rule=RULE,
            severity="note",
            state="no_choice",
            message=f"{where} cannot be used by everybody: {', '.join(told)}.",
            cure="Give controls names, fields labels, a size to hit and a place in the order of the keyboard.",
            evidence={
                "page": page_address(visit.recorder.page),
                **{kind: ", ".join(names[:SHOWN]) for kind, names in sorted(by_kind.items())},
            },
        )
    ]
