"""What a visitor does on a page besides reading it: moves, scrolls, presses what is there to press, searches.

Nothing is pressed that sends a form, answers a banner, signs out or takes something away.
"""

import re
from urllib.parse import urljoin

import msgspec
from playwright.async_api import ElementHandle, Error, JSHandle

from bredele.scanner import words
from bredele.scanner.masking import host_of
from bredele.scanner.recorder import script
from bredele.scanner.tour import CHANGING
from bredele.scanner.visit import Visit, raise_if_gone

A_PAGE, A_STATE = 8, 40
"""Controls pressed on one page, and in one state."""
PRESS_MILLISECONDS = 800
SENT_SECONDS = 3.0
SEARCHED = "cookies"
CONSENT = re.compile(words.CONSENT_WORDS, re.IGNORECASE)
COSTLY = re.compile(
    r"\b(?:buy|pay|order|purchase|donate|subscribe|submit|send|post|publish|save|upload|download|print|share|call|book|install"
    r"|acheter|payer|commander|envoyer|publier|enregistrer|imprimer|kaufen|bezahlen|bestellen|senden|drucken|comprar|pagar"
    r"|enviar|imprimir|acquista|paga|invia|stampa|kopen|betalen|verzenden)\b",
    re.IGNORECASE,
)
"""Words of controls that may cost money or tell others: never pressed."""


class Pressable(msgspec.Struct, frozen=True, kw_only=True):
    """A control that could be pressed: its words, what identifies it, and what stands around it."""

    place: int
    text: str
    id: str
    around: str
    anchor: bool

    @property
    def likeness(self) -> str:
        """Controls alike in this do the same: numbers do not count."""
        return re.sub(r"\d+", "#", f"{self.id} {self.text}")

    @property
    def harmless(self) -> bool:
        """Whether nothing says that pressing it answers a banner, costs something or takes something away."""
        folded = words.fold(self.text)
        answers = folded in words.ACCEPT | words.REFUSE | words.SAVE | words.WITHDRAW
        speaks = CONSENT.search(self.text) or CONSENT.search(self.id) or CONSENT.search(self.around)
        return not (answers or speaks or CHANGING.search(self.text) or COSTLY.search(folded))


class Search(msgspec.Struct, frozen=True):
    """The field of a search form, and where it leads."""

    place: int
    action: str


class Explorer:
    """One state's curiosity: each kind of control is pressed once."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.pressed: set[str] = set()
        self.searched: set[str] = set()

    async def explore(self, url: str) -> list[str]:
        """Press and search on the current page; the addresses of views that have none but by a press."""
        views, found = [], await self.find()
        for _ in range(A_PAGE):
            fresh = [one for one in found[1] if one.harmless and one.likeness not in self.pressed] if found else []
            if found is None or not fresh or len(self.pressed) >= A_STATE:
                break
            self.pressed.add(fresh[0].likeness)
            await self.press(found[0], fresh[0].place)
            if view := await self.come_back(url):
                views.append(view)
            found = await self.find()
        await self.search(url, found)
        return views

    async def find(self) -> tuple[JSHandle, list[Pressable], Search | None] | None:
        """What can be pressed now; None if the page is not able to tell."""
        try:
            handle = await self.visit.page.evaluate_handle(script("find_pressable.js"))
            told = await handle.evaluate("({ told, search }) => ({ told, search })")
        except Error as error:
            raise_if_gone(error)
            return None
        return handle, msgspec.convert(told["told"], list[Pressable]), msgspec.convert(told["search"], Search | None)

    async def press(self, handle: JSHandle, place: int) -> None:
        """Press one control, and note what came of it."""
        element = await element_of(handle, place)
        if element is None:
            return
        try:
            await element.click(timeout=PRESS_MILLISECONDS)
        except Error as error:
            raise_if_gone(error)
            await send_click(element)
        await self.visit.recorder.quiet()
        await self.visit.note()

    async def come_back(self, url: str) -> str:
        """Go back to the page if the press led away; the address of a view within the site."""
        await self.close_windows()
        now = self.visit.page.url.partition("#")[0]
        if now == url.partition("#")[0]:
            return ""
        await self.visit.open(url)
        return now if self.visit.on_site(now) else ""

    async def close_windows(self) -> None:
        """Close what opened in a window of its own, once it has come to rest."""
        for page in self.visit.context.pages:
            if page != self.visit.page:
                await self.visit.recorder.quiet()
                await self.visit.recorder.look_at_jar()
                try:
                    await page.close()
                except Error as error:
                    raise_if_gone(error)

    async def search(self, url: str, found: tuple[JSHandle, list[Pressable], Search | None] | None) -> None:
        """Send each search form of the site once, as a visitor who looks for something."""
        search = found[2] if found else None
        if found is None or search is None or search.action in self.searched:
            return
        place = urljoin(url, search.action)
        if host_of(place) != self.visit.plan.host or not self.visit.courtesy.allows(place):
            return
        self.searched.add(search.action)
        field = await element_of(found[0], search.place)
        if field is not None:
            try:
                await field.fill(SEARCHED, timeout=PRESS_MILLISECONDS)
                await field.press("Enter", timeout=PRESS_MILLISECONDS)
            except Error as error:
                raise_if_gone(error)
            await self.visit.recorder.quiet(SENT_SECONDS)
            await self.visit.note()
            await self.come_back(url)


async def element_of(handle: JSHandle, place: int) -> ElementHandle | None:
    """The element itself; None if it is gone."""
    try:
        return (await handle.evaluate_handle("(found, place) => found.elements[place]", place)).as_element()
    except Error as error:
        raise_if_gone(error)
        return None


async def send_click(element: ElementHandle) -> None:
    """The click itself, where something lies above."""
    try:
        await element.evaluate("one => one.click()")
    except Error as error:
        raise_if_gone(error)
