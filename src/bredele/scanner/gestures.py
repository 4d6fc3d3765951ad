"""Whether silence counts as consent: Escape and the closing cross are tried in a profile of their own (BAN-07)."""

import re

import msgspec
from playwright.async_api import Error

from bredele.core.observation import Finding
from bredele.core.recognition import recognise
from bredele.scanner import words
from bredele.scanner.banner import find_offer
from bredele.scanner.banner_rules import FAULTS, banner_finding
from bredele.scanner.controls import Control
from bredele.scanner.masking import page_address
from bredele.scanner.trace import observations
from bredele.scanner.visit import Visit, raise_if_gone

CLOSES = re.compile(
    r"^(?:x|close|dismiss|fermer|schliessen|cerrar|chiudi|sluiten|zamknij|fechar|stang|luk|lukk|sulje)\b"
)
SIGNS = ("×", "✕", "✖", "✗", "⨯", "x", "X")


def closes(control: Control) -> bool:
    """Whether a control only closes the banner."""
    return control.text.strip() in SIGNS or bool(CLOSES.search(words.fold(control.text)))


async def gestures(visit: Visit, known: frozenset[str]) -> list[Finding]:
    """What comes of closing the banner without an answer. `known`: names that are stored before any choice anyway."""
    await visit.open(visit.plan.target)
    offer = await find_offer(visit)
    if offer is None:
        return []
    before = stored(visit)
    try:
        await visit.page.keyboard.press("Escape")
        await visit.recorder.quiet()
        cross = next((one for one in offer.around.controls if one.container >= 0 and closes(one)), None)
        if cross is not None and await find_offer(visit) is not None:
            await offer.around.press(cross.place)
            await visit.recorder.quiet()
    except Error as error:
        raise_if_gone(error)
    if await find_offer(visit) is not None:
        return []
    await visit.open(visit.plan.target)
    new = sorted(stored(visit) - before - known)
    if not new:
        return []
    message = f"{FAULTS['banner-implied-consent']} {', '.join(new)} came of it"
    return [banner_finding("banner-implied-consent", message, {"page": page_address(visit.plan.target)})]


def stored(visit: Visit) -> frozenset[str]:
    """Names of what is stored now, the memory of the choice itself apart."""
    found = observations(visit.recorder, visit.token_pages)
    answered = [msgspec.structs.replace(item, occasions=("choice",)) for item in found]
    return frozenset(item.name for item in answered if recognise(item, own=True) != "choice")
