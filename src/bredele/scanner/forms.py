"""Forms a scan may submit: another language, and on one's own site the simple ones that store something."""

import re
from urllib.parse import urljoin, urlsplit

import msgspec
from playwright.async_api import ElementHandle, Error, JSHandle

from bredele.scanner.masking import host_of
from bredele.scanner.recorder import script
from bredele.scanner.tour import CHANGING
from bredele.scanner.visit import Visit, raise_if_gone

FORMS_A_STATE = 8
PRESS_MILLISECONDS = 3_000
SENT_SECONDS = 3.0
CHOICE_FIELDS = frozenset({"choice", "purpose"})


class Language(msgspec.Struct, frozen=True):
    """A way to choose another language: press a button, or select a value and submit."""

    press: int
    select: int
    value: str


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """One form as found on the page; `press` is its first button (-1: none), `free` if it asks for free text."""

    method: str
    action: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    press: int
    free: bool
    explorer: bool
    languages: tuple[Language, ...]

    @property
    def likeness(self) -> tuple[str, ...]:
        """Forms alike in this do the same, each for another object: numbers in the address do not count."""
        return (re.sub(r"\d+", "#", urlsplit(self.action).path), *self.names)


class FormsOnPage:
    """The forms of the current page."""

    def __init__(self, handle: JSHandle, forms: list[Form]) -> None:
        self.handle, self.forms = handle, forms

    async def element(self, place: int) -> ElementHandle | None:
        """An element of a form."""
        return (await self.handle.evaluate_handle("(found, place) => found.elements[place]", place)).as_element()


async def find_forms(visit: Visit) -> FormsOnPage | None:
    """Every form of the page itself; None if the page is not able to tell."""
    try:
        handle = await visit.page.evaluate_handle(script("find_forms.js"))
        told = await handle.evaluate("({ told }) => told")
    except Error as error:
        raise_if_gone(error)
        return None
    return FormsOnPage(handle, msgspec.convert(told, list[Form]))


def same_host(visit: Visit, form: Form) -> bool:
    """Whether a form posts to the visited host."""
    return host_of(urljoin(visit.page.url, form.action)) == visit.plan.host


def simple(visit: Visit, form: Form) -> bool:
    """Whether submitting it is harmless on one's own site: POST, no free text, not the choice, nothing taken away."""
    told = " | ".join((urlsplit(form.action).path, *form.words))
    return (
        form.method == "post"
        and form.press >= 0
        and same_host(visit, form)
        and not (form.free or form.explorer or form.languages or CHOICE_FIELDS.intersection(form.names))
        and "language" not in form.names
        and not CHANGING.search(told)
    )


async def choose_language(visit: Visit) -> bool:
    """Submit the page's language form with another language than the page's own; False if there is none."""
    found = await find_forms(visit)
    for form in found.forms if found else ():
        if found is None or form.method != "post" or not form.languages or not same_host(visit, form):
            continue
        language = form.languages[0]
        place = language.press
        if language.select >= 0:
            field = await found.element(language.select)
            if field is None:
                continue
            await pick(field, language.value)
            place = form.press
        await submit(visit, found, place, "language")
        return True
    return False


async def pick(field: ElementHandle, value: str) -> None:
    """Choose an option of a select, or tick a radio button."""
    try:
        await (field.select_option(value) if value else field.check(force=True))
    except Error as error:
        raise_if_gone(error)


async def submit_simple(visit: Visit, done: set[tuple[str, ...]]) -> None:
    """Submit each simple form of the page that no form alike was submitted of; the page is left as it was found."""
    address = visit.recorder.page
    while len(done) < FORMS_A_STATE:
        found = await find_forms(visit)
        fresh = [form for form in (found.forms if found else ()) if simple(visit, form) and form.likeness not in done]
        if found is None or not fresh:
            return
        done.add(fresh[0].likeness)
        await submit(visit, found, fresh[0].press, "form")
        await visit.open(address)


async def submit(visit: Visit, found: FormsOnPage, place: int, occasion: str) -> None:
    """Press a button and note what came of it under an occasion of its own; without a button nothing is pressed."""
    element = await found.element(place) if place >= 0 else None
    visit.recorder.occasion = occasion
    try:
        if element is not None:
            await element.click(timeout=PRESS_MILLISECONDS)
        await visit.recorder.quiet(SENT_SECONDS)
        await visit.note()
    except Error as error:
        raise_if_gone(error)
    finally:
        visit.recorder.occasion = "visit"


async def call_explorer(visit: Visit) -> None:
    """Press the buttons of an API explorer on the page: the calls it makes are part of the signed-in state."""
    pressable = visit.page.locator("[data-bredele-explorer]").locator("button, input[type=submit]")
    try:
        for place in range(min(await pressable.count(), FORMS_A_STATE)):
            button = pressable.nth(place)
            if await button.is_visible() and await button.is_enabled():
                await button.click(timeout=PRESS_MILLISECONDS)
                await visit.recorder.quiet()
    except Error as error:
        raise_if_gone(error)
    await visit.note()
