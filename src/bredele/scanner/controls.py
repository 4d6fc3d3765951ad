"""What can be pressed on a page to make a choice, found by our own form or by words, in every frame and shadow root."""

import re
from typing import Any

import msgspec
from playwright.async_api import ElementHandle, Error, Frame, JSHandle

from bredele.scanner import words
from bredele.scanner.recorder import script
from bredele.scanner.visit import Visit, raise_if_gone

PRESS_MILLISECONDS = 3_000
LISTENING = """(found, place) => {
  const one = found.elements[place];
  found.pressed = false;
  one?.addEventListener("click", () => { found.pressed = true }, { once: true, capture: true });
  return one;
}"""
"""The element at a place, which from now on notes that it was clicked."""


class Toggle(msgspec.Struct, frozen=True, kw_only=True):
    """A box or switch that could be turned; `place` in the frame's list of elements, `value` as its form sends it."""

    label: str
    place: int
    on: bool
    value: str = ""
    radio: bool = False

    @property
    def purpose(self) -> str:
        """The purpose it stands for: our own form's slug, one of the usual four by its words, else a slug of them."""
        if self.own:
            return self.value
        return words.purpose_of(self.label)

    own: bool = False


class Control(msgspec.Struct, frozen=True, kw_only=True):
    """One control: `choice` and `offered` of our own form, `container` the piece of page around it that speaks of
    cookies (-1: none), `floating` if that lies over the page, `area` in square pixels, `hints` the names of its
    element, `contrast` of its words against what lies behind (1 to 21), `prose` if it stands within a sentence,
    `before` what its banner says above it."""

    place: int
    text: str
    tag: str
    href: str
    choice: str
    offered: tuple[str, ...]
    container: int
    floating: bool
    area: int
    font: str
    hints: str = ""
    contrast: float = 21.0
    prose: bool = False
    before: str = ""

    @property
    def words(self) -> str:
        """Its text, folded for comparison."""
        return words.fold(self.text)

    @property
    def meaning(self) -> str:
        """What it means on a banner, by its words or else by the names of its element."""
        return words.meaning_of(self.text, self.hints if self.floating else "")


class Surroundings:
    """The controls of one frame."""

    def __init__(self, frame: Frame, handle: JSHandle, told: dict[str, Any]) -> None:
        self.frame, self.handle = frame, handle
        self.controls = msgspec.convert(told["told"], list[Control])
        self.toggles = msgspec.convert(told["toggles"], list[list[Toggle]])

    def own(self, choice: str) -> Control | None:
        """The control of our own form for a choice; a form that offers only to refuse comes last: it withdraws."""
        found = [control for control in self.controls if control.choice == choice]
        return min(found, key=lambda control: "accept" not in control.offered, default=None)

    def meant(self, meaning: str, container: int | None = None) -> Control | None:
        """The first control of a meaning in a piece of page that speaks of cookies; buttons before links."""
        found = [
            control
            for control in self.controls
            if control.container >= 0
            and (container is None or control.container == container)
            and control.meaning == meaning
        ]
        return min(found, key=lambda control: control.tag == "a", default=None)

    def floating(self, meaning: str) -> Control | None:
        """The first control of a meaning that lies over the page: a link within the banner's own sentence, say."""
        return next((one for one in self.controls if one.floating and one.meaning == meaning), None)

    def matching(self, pattern: re.Pattern[str]) -> Control | None:
        """The first control whose folded words match, wherever it is."""
        return next((control for control in self.controls if pattern.search(control.words)), None)

    def toggles_around(self, control: Control) -> list[Toggle]:
        """What can be turned beside a control, the necessary purposes apart."""
        found = self.toggles[control.container] if control.container >= 0 else []
        return [one for one in found if not words.NECESSARY.search(words.fold(one.label) + " " + one.label)]

    async def turn(self, place: int) -> None:
        """Turn a box or switch: many are hidden behind a drawn one, so the click is sent, not aimed."""
        element = await self.element(place)
        try:
            if element is not None:
                await element.evaluate("one => one.click()")
        except Error as error:
            raise_if_gone(error)

    async def element(self, place: int) -> ElementHandle | None:
        """The element itself."""
        return (await self.handle.evaluate_handle("(found, place) => found.elements[place]", place)).as_element()

    async def press(self, place: int) -> bool:
        """Click it as a visitor does; where something lies above it, send the click itself. False if it is gone.

        On a slow machine a click may be told late to have arrived: it is never sent a second time.
        """
        element = (await self.handle.evaluate_handle(LISTENING, place)).as_element()
        if element is None:
            return False
        try:
            await element.click(timeout=PRESS_MILLISECONDS)
        except Error as error:
            raise_if_gone(error)
            try:
                if not await self.handle.evaluate("found => found.pressed"):
                    await element.dispatch_event("click")
            except Error as second:
                raise_if_gone(second)
                return False
        return True


async def look_around(visit: Visit) -> list[Surroundings]:
    """The controls of every frame, the page's own first."""
    found = []
    given = {"consentWords": words.CONSENT_WORDS, "closed": visit.recorder.closed_roots}
    for frame in visit.page.frames:
        try:
            handle = await frame.evaluate_handle(script("find_controls.js"), given)
            told = await handle.evaluate("({ told, toggles }) => ({ told, toggles })")
        except Error as error:
            raise_if_gone(error)
            continue
        found.append(Surroundings(frame, handle, told))
    return found
