"""Making the visitor's choice on any site: a banner, else the linked preference page; no rules for single sites."""

import asyncio
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from playwright.async_api import Response

from bredele.core.observation import Finding
from bredele.scanner import words
from bredele.scanner.accessibility import of_banner
from bredele.scanner.banner_rules import measure
from bredele.scanner.controls import Control, Surroundings, Toggle, look_around
from bredele.scanner.errors import NotDriven, NothingToChoose
from bredele.scanner.masking import page_address
from bredele.scanner.shadow import reveal
from bredele.scanner.visit import Visit

Answer = Literal["accept", "refuse"]
CANDIDATES = 3
ANSWER_SECONDS = 1.0
"""How long a press may take to cause a request, where it causes one at all."""
FADING_SECONDS = (0.0, 0.4, 1.0)
"""When to look whether the banner is gone: some fade away."""
CURE = "Use plain buttons with usual words, or a form with choice=accept and choice=refuse."


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A banner or the form of a preference page, with what was found of its two answers."""

    around: Surroundings
    accept: Control | None
    refuse: Control | None

    def control(self, answer: Answer) -> Control | None:
        """The control of an answer."""
        return self.accept if answer == "accept" else self.refuse


def offer_in(around: Surroundings) -> Offer | None:
    """What one frame offers: our own form with both answers, else words within one piece of page."""
    own = {control.choice: control for control in around.controls if "accept" in control.offered}
    if "accept" in own or "refuse" in own:
        return Offer(around=around, accept=own.get("accept"), refuse=own.get("refuse"))
    accept = around.meant("accept")
    refuse = around.meant("refuse", accept.container if accept else None)
    if accept is None and refuse is not None:
        accept = around.meant("accept", refuse.container)
    if accept is not None and accept.floating and refuse is None:
        refuse = around.floating("refuse")
    both = accept is not None and refuse is not None
    if both or any(control and convincing(around, control) for control in (accept, refuse)):
        return Offer(around=around, accept=accept, refuse=refuse)
    return None


def convincing(around: Surroundings, control: Control) -> bool:
    """Whether a single answer makes a banner: it floats over the page, names cookies, or has settings beside it."""
    settings = around.meant("settings", control.container)
    return control.floating or "cookie" in control.words or settings is not None


async def find_offer(visit: Visit) -> Offer | None:
    """The offer on the current page; one with both answers goes before one with a single answer."""
    offers = [offer for around in await look_around(visit) if (offer := offer_in(around))]
    if not offers and await reveal(visit):
        offers = [offer for around in await look_around(visit) if (offer := offer_in(around))]
    return min(offers, key=lambda offer: (offer.accept is None) + (offer.refuse is None), default=None)


async def choose(visit: Visit, answer: Answer) -> list[Finding]:
    """Give an answer on the current page or the preference page it links to; what the banner does wrong is returned.

    Raises NothingToChoose if there is neither, NotDriven if there is one that could not be driven.
    """
    offer = await find_offer(visit)
    if offer is None:
        visit.presses = await choose_on_page(visit, answer)
        return []
    visit.banner = True
    findings = measure(visit, offer.around, offer.accept, offer.refuse)
    findings += await of_banner(visit, offer.around, offer.accept or offer.refuse)
    visit.presses = await give(visit, offer, answer)
    await check_gone(visit, answer)
    return findings


async def choose_on_page(visit: Visit, answer: Answer) -> int:
    """Give the answer on the linked preference page; how many presses it took."""
    start, tried = visit.recorder.page, ""
    for url, plain in preference_pages(visit):
        await visit.open(url)
        offer = await find_offer(visit)
        if offer and offer.control(answer):
            return 1 + await give(visit, offer, answer)
        tried = tried or (url if plain else "")
    if tried:
        raise NotDriven(
            f"The preference page {page_address(tried)} offers nothing to {answer} with.", where=start, cure=CURE
        )
    raise NothingToChoose("There is neither a banner nor a linked preference page.", where=page_address(start))


def preference_pages(visit: Visit) -> list[tuple[str, bool]]:
    """Linked pages that may hold the choice, the likeliest first; the flag is off for mere talk of cookies."""
    ranked: dict[str, int] = {}
    for link in visit.facts.links:
        url = link.url.partition("#")[0]
        if not visit.on_site(url) or link.download:
            continue
        path = urlsplit(url).path
        rank = (
            0
            if path == "/cookies/preferences/"
            else 1
            if words.PREFERENCE_ADDRESS.search(path)
            else 2
            if words.PREFERENCE_TEXT.search(words.fold(link.text))
            else 3
            if words.COOKIE_PAGE.search(path + link.text)
            else 9
        )
        ranked[url] = min(rank, ranked.get(url, 9))
    likely = sorted((url for url, rank in ranked.items() if rank < 9), key=lambda url: ranked[url])
    return [(url, ranked[url] < 3) for url in likely[:CANDIDATES]]


async def give(visit: Visit, offer: Offer, answer: Answer) -> int:
    """Press the control of an answer; a refusal may be hidden behind the settings. How many presses it took."""
    control = offer.control(answer)
    if control is not None:
        await decide(visit, offer.around, control.place)
        return 1
    if answer == "accept" or offer.accept is None:
        raise NotDriven(f"There is no control to {answer}.", where=page_address(visit.recorder.page), cure=CURE)
    return await refuse_in_settings(visit, offer.around, offer.accept.container)


async def refuse_in_settings(visit: Visit, around: Surroundings, container: int | None) -> int:
    """Open the settings and refuse there, or save them with everything optional off. How many presses it took."""
    opener = around.meant("settings", container) or around.meant("settings")
    if opener is not None:
        await around.press(opener.place)
        await visit.recorder.quiet()
    for inner in await look_around(visit):
        refuse = inner.meant("refuse")
        save = inner.meant("save")
        if refuse is not None:
            await decide(visit, inner, refuse.place)
            return 1 + (opener is not None)
        if save is not None:
            on = [one for one in inner.toggles_around(save) if one.on and not one.radio]
            await turn(inner, save, "")
            await decide(visit, inner, save.place)
            return 1 + (opener is not None) + len(on)
    raise NotDriven("There is no control to refuse.", where=page_address(visit.recorder.page), cure=CURE)


async def turn(around: Surroundings, save: Control, purpose: str) -> bool:
    """Turn on what stands for a purpose beside a save control, and everything else optional off. False without one."""
    toggles = [one for one in around.toggles_around(save) if not one.radio]
    for one in toggles:
        if one.on != (one.purpose == purpose):
            await around.turn(one.place)
    return any(one.purpose == purpose for one in toggles)


async def grant(visit: Visit, purpose: str) -> None:
    """Grant one purpose alone, on the first layer, behind the settings or on the preference page.

    Raises NothingToChoose if nothing offers this purpose, NotDriven if its choice cannot be saved.
    """
    start = page_address(visit.recorder.page)
    for around, save in await savable(visit):
        if any(one.purpose == purpose for one in around.toggles_around(save)):
            await turn(around, save, purpose)
            await decide(visit, around, save.place)
            await check_gone(visit, "refuse")
            return
    raise NothingToChoose(f"Nothing offers a choice for the purpose {purpose} alone.", where=start)


async def offered_toggles(visit: Visit) -> list[Toggle]:
    """What stands for a purpose a visitor can choose by itself, in the order shown."""
    found = [one for around, save in await savable(visit) for one in around.toggles_around(save)]
    return [one for one in found if not one.radio]


async def savable(visit: Visit) -> list[tuple[Surroundings, Control]]:
    """Pieces of page with toggles and a control that saves them: as shown, else behind the settings, else linked."""
    found = savable_in(await look_around(visit))
    offer = None if found else await find_offer(visit)
    if offer is not None:
        beside = offer.accept or offer.refuse
        opener = offer.around.meant("settings", beside.container if beside else None)
        opener = opener or offer.around.meant("settings")
        if opener is not None:
            await offer.around.press(opener.place)
            await visit.recorder.quiet()
            return savable_in(await look_around(visit))
    if not found and offer is None:
        for url, plain in preference_pages(visit):
            if plain:
                await visit.open(url)
                if found := savable_in(await look_around(visit)):
                    break
    return found


def savable_in(surroundings: list[Surroundings]) -> list[tuple[Surroundings, Control]]:
    """Every save control that has toggles beside it."""
    return [
        (around, control)
        for around in surroundings
        for control in around.controls
        if (control.choice == "save" or control.meaning == "save")
        and any(not one.radio for one in around.toggles_around(control))
    ]


async def decide(visit: Visit, around: Surroundings, place: int) -> None:
    """The decisive click, and everything the site does in answer to it."""
    statuses: list[int] = []

    def note(response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == visit.page.main_frame:
            statuses.append(response.status)

    visit.page.on("response", note)
    recorder = visit.recorder
    visit.fresh = False
    recorder.decide()
    recorder.in_answer, recorder.occasion = True, "choice"
    stirred = recorder.unrest.stirred
    try:
        pressed = await around.press(place)
        await recorder.quiet(ANSWER_SECONDS)
        pressed = pressed or recorder.unrest.stirred > stirred  # a slow page may have gone before the press returned
        await visit.note()
    finally:
        visit.page.remove_listener("response", note)
        recorder.in_answer, recorder.occasion = False, "visit"
    if not pressed or (statuses and statuses[-1] >= 400):
        answered = f"was answered with {statuses[-1]}" if statuses else "could not be pressed"
        raise NotDriven(f"The control {answered}.", where=page_address(recorder.page), cure="See the site's own log.")


async def check_gone(visit: Visit, answer: Answer) -> None:
    """A banner that is still there after the answer was not driven; on a preference page it stays."""
    if words.PREFERENCE_ADDRESS.search(urlsplit(visit.page.url).path):
        return
    for pause in FADING_SECONDS:
        await asyncio.sleep(pause)
        offer = await find_offer(visit)
        if offer is None or offer.control(answer) is None:
            return
    raise NotDriven(
        f"The control to {answer} was pressed, but the banner is still there.",
        where=page_address(visit.recorder.page),
        cure="See that the answer is stored and the banner taken away.",
    )


async def withdraw(visit: Visit) -> int:
    """Take consent back: a withdraw control, else the banner brought back, else the preference page.

    How many presses it took.
    """
    await reveal(visit)
    surroundings = await look_around(visit)
    for around in surroundings:
        own = around.own("refuse")
        control = own or next((one for one in around.controls if words.withdraws(one.words)), None)
        if control is not None:
            await decide(visit, around, control.place)
            return 1 + (await refuse_if_asked(visit) if own is None else 0)
    for around in surroundings:
        opener = around.matching(words.PREFERENCE_TEXT)
        if opener is not None and not visit.on_site(opener.href.partition("#")[0]):
            await around.press(opener.place)
            await visit.recorder.quiet()
            offer = await find_offer(visit)
            if offer:
                return 1 + await give(visit, offer, "refuse")
            return 1 + await refuse_in_settings(visit, around, None)
    try:
        return await choose_on_page(visit, "refuse")
    except NothingToChoose as error:
        raise NotDriven("There is no way to withdraw.", where=error.where, cure=CURE) from None


async def refuse_if_asked(visit: Visit) -> int:
    """A withdraw control may only bring the banner back: then refuse there. How many presses that took."""
    offer = await find_offer(visit)
    return await give(visit, offer, "refuse") if offer and offer.refuse else 0
