"""What a visitor does in each state of consent: which click decides, and the same tour after it."""

from collections.abc import Awaitable, Callable

from bredele.core.observation import Finding, granted_purpose
from bredele.scanner.accessibility import of_page
from bredele.scanner.banner import choose, find_offer, grant, offered_toggles, withdraw
from bredele.scanner.banner_rules import harder_to_withdraw, no_withdrawal, preticked, wall, way_back
from bredele.scanner.controls import look_around
from bredele.scanner.errors import CouldNotScan, NotDriven
from bredele.scanner.explore import Explorer
from bredele.scanner.forms import call_explorer, choose_language, submit_simple
from bredele.scanner.masking import page_address
from bredele.scanner.session import sign_in, sign_out
from bredele.scanner.tour import Tour
from bredele.scanner.visit import Link, Visit

SECOND_VIEWS = 40
"""Pages of one state that are seen twice."""
AfterPage = Callable[[Visit], Awaitable[None]]


class Journey:
    """One state's way through the site. The first state leads: it finds the pages the others visit too.

    `known`: pages that were visited in this state before the scan was interrupted. `in_state`: whether the visitor has
    decided and the site has answered; before that nothing that was seen says anything about this state.
    """

    def __init__(self, visit: Visit, tour: Tour, leads: bool, known: frozenset[str] = frozenset()) -> None:
        self.visit, self.tour, self.leads, self.known = visit, tour, leads, known
        self.after_stop: Callable[[], None] = lambda: None
        self.findings: list[Finding] = []
        self.one_way: list[str] = []
        self.explorer, self.seconds = Explorer(visit), 0
        self.purposes: tuple[str, ...] = ()
        self.banner, self.in_state = False, False

    async def drive(self) -> None:
        """Drive the state. NotDriven, NothingToChoose, BrowserLost or CouldNotScan say why it could not be."""
        steps: dict[str, Callable[[], Awaitable[None]]] = {
            "no_choice": self.no_choice,
            "refused": self.refused,
            "accepted": self.accepted,
            "withdrawn": self.withdrawn,
            "gpc": self.gpc,
            "signed_in": self.signed_in,
            "no_script": self.no_script,
        }
        await steps.get(self.visit.state, self.purpose)()
        await self.leave()

    async def no_choice(self) -> None:
        """Look around, answer nothing; then ask for another language."""
        self.in_state = True
        await self.arrive()
        await self.walk()
        await self.change_language()
        await self.survey()

    async def refused(self) -> None:
        """Refuse first, then look around."""
        await self.arrive()
        self.findings += await choose(self.visit, "refuse")
        self.in_state = True
        await self.visit.open(self.visit.plan.target)
        self.findings += await wall(self.visit)
        await self.walk()

    async def accepted(self) -> None:
        """Accept first, then look around; then ask for another language."""
        await self.arrive()
        self.findings += await choose(self.visit, "accept")
        self.in_state = True
        await self.walk()
        await self.change_language()

    async def withdrawn(self) -> None:
        """Accept, look around, take it back, look around again."""
        await self.arrive()
        self.findings += await choose(self.visit, "accept")
        await self.walk(self.note_way_back)
        self.findings += no_withdrawal(self.one_way)
        await self.arrive()
        given, page = self.visit.presses, self.visit.recorder.page
        self.findings += harder_to_withdraw(given, await withdraw(self.visit), page)
        self.in_state = True
        await self.walk()

    async def gpc(self) -> None:
        """Look around with Global Privacy Control on, answer nothing."""
        self.in_state = True
        await self.arrive()
        await self.walk()

    async def purpose(self) -> None:
        """Grant one purpose alone, then look around."""
        await self.arrive()
        await grant(self.visit, granted_purpose(self.visit.state))
        self.in_state = True
        await self.walk()

    async def survey(self) -> None:
        """See which purposes the site offers one by one, and whether any is on already."""
        await self.visit.open(self.visit.plan.target)
        self.banner = await find_offer(self.visit) is not None
        if self.banner or self.visit.plan.purposes:
            toggles = await offered_toggles(self.visit)
            self.purposes = tuple(dict.fromkeys(one.purpose for one in toggles if one.purpose))
            if self.banner:
                self.findings += preticked(self.visit, toggles)

    async def signed_in(self) -> None:
        """Sign in, look around where one may now go, call the API explorer, sign out."""
        recipe = self.visit.plan.sign_in
        if recipe is None:
            raise NotDriven("No way to sign in was given.", where="signed_in", cure="Add --sign-in FILE.")
        await sign_in(self.visit, recipe)
        self.in_state = True
        landed = self.visit.facts.links
        await self.walk(call_explorer, landed)
        await sign_out(self.visit, recipe)

    async def no_script(self) -> None:
        """Look around with JavaScript off."""
        self.in_state = True
        await self.arrive()
        await self.walk()

    async def arrive(self) -> None:
        """Open the target; it must be there."""
        target = self.visit.plan.target
        await self.visit.open(target)
        if self.visit.status == 0 or self.visit.status >= 400:
            failed = f" ({self.visit.failure})" if self.visit.failure else ""
            told = f"answers {self.visit.status}" if self.visit.status else f"cannot be loaded{failed}"
            raise CouldNotScan(f"It {told}.", where=page_address(target), cure=cure_of(self.visit.failure))

    async def walk(self, after_page: AfterPage | None = None, links: tuple[Link, ...] = ()) -> None:
        """Visit every page of the tour, then what only this state links to."""
        found, done = list(links), set[tuple[str, ...]]()
        leads, self.leads = self.leads, False
        try:
            async for url in self.tour.follow():
                if url not in self.known or url == self.tour.pages[0]:
                    found += await self.stop_at(url, after_page, done)
                    self.after_stop()
                if leads:
                    self.tour.found(found, self.visit.plan.origin)
                    if url == self.tour.pages[-1]:
                        self.tour.end(self.visit.plan.origin)
        finally:
            if leads:
                self.tour.close()
        await self.stray(found, after_page, done)

    async def stray(self, found: list[Link], after_page: AfterPage | None, done: set[tuple[str, ...]]) -> None:
        """Visit pages the tour does not hold, the back office for one."""
        limit = self.visit.plan.max_pages
        room = limit if self.visit.state == "signed_in" else limit - len(self.tour.pages)
        visited: list[str] = []
        while room > 0:
            fresh = self.tour.worth_visiting(found, self.visit.plan.origin, visited, room)
            if not fresh:
                return
            for url in fresh:
                visited.append(url)
                found += await self.stop_at(url, after_page, done)
            room -= len(fresh)

    async def stop_at(self, url: str, after_page: AfterPage | None, done: set[tuple[str, ...]]) -> tuple[Link, ...]:
        """Visit one page, submit its simple forms on one's own site, and return its links."""
        if url != self.visit.recorder.page or not self.visit.fresh:
            await self.visit.open(url)
        self.visit.fresh = False
        links = self.visit.facts.links
        if self.visit.state == "no_choice":
            self.findings += await of_page(self.visit)
        if after_page:
            await after_page(self.visit)
        if self.visit.scripted and self.visit.state != "signed_in":
            links = (*links, *await self.look_closer(url))
        if self.visit.plan.drive_forms and self.visit.state not in ("signed_in", "no_script"):
            await submit_simple(self.visit, done)
        return links

    async def look_closer(self, url: str) -> tuple[Link, ...]:
        """Press what is there to press; see a page a second time if a script of its own did something."""
        views = await self.explorer.explore(url)
        if self.visit.recorder.news and self.seconds < SECOND_VIEWS:
            self.seconds += 1
            await self.visit.open(url)
        return tuple(Link(url=view, text="", download=False, rel="") for view in views)

    async def note_way_back(self, visit: Visit) -> None:
        """Remember a page from which consent could not be withdrawn (BAN-09)."""
        if not visit.banner or visit.status != 200 or way_back(visit, await look_around(visit)):
            return
        if await visit.on_web_page():
            self.one_way.append(visit.recorder.page)

    async def change_language(self) -> None:
        """Ask for another language where there is a form for it, and look at one page more."""
        await self.visit.open(self.visit.plan.target)
        if await choose_language(self.visit):
            await self.visit.open(self.visit.plan.target)

    async def leave(self) -> None:
        """Go away: some scripts store something when a page is left."""
        await self.visit.attempt("() => { location.href = 'about:blank' }")
        await self.visit.recorder.quiet()
        await self.visit.recorder.look_at_jar()


def cure_of(failure: str) -> str:
    """What to do about a target that cannot be loaded."""
    if failure.startswith(("ERR_CERT", "ERR_SSL")):
        return "Mend its certificate: browsers do not trust it, so visitors do not get there either."
    return "Check the address in a browser."
