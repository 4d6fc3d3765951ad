"""Stands beside a scan: notes every request, and in the end takes pictures of what a visitor sees first."""

import asyncio
from datetime import UTC, datetime
from hashlib import sha256

import msgspec
from playwright.async_api import BrowserContext, Error, Page, Request, Response

from bredele.core.errors import BredeleError
from bredele.formats.domains import registrable_domain
from bredele.scanner.banner import find_offer
from bredele.scanner.browser import Engine, open_visit
from bredele.scanner.masking import bare_address, page_address
from bredele.scanner.plan import Plan
from bredele.scanner.visit import Visit

MOST_CALLS = 50_000
"""Requests noted; a site that sends more is cut off there, and the bundle says so."""
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
PICTURE_MILLISECONDS = 15_000
AT_REST_SECONDS = 1.0


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One request as it went over the network. `status` 0: no answer; `fault` then says why. Addresses are masked."""

    state: str
    moment: datetime
    method: str
    url: str
    kind: str
    status: int = 0
    mime: str = ""
    milliseconds: float = 0.0
    fault: str = ""


class Banner(msgspec.Struct, frozen=True, kw_only=True):
    """The first layer as it stood on the page: its words in order, and their SHA-256."""

    words: tuple[str, ...]
    sha256: str


class Witness:
    """What was noted. `pictures`: name to PNG; none are taken where they are not wanted."""

    def __init__(self, *, pictures: bool = True) -> None:
        self.wants_pictures = pictures
        self.calls: list[Call] = []
        self.pictures: dict[str, bytes] = {}
        self.banner: Banner | None = None
        self.cut = False

    def follow(self, context: BrowserContext, state: str) -> None:
        """Note the requests of one profile from now on."""
        context.on("response", lambda response: self.answered(response, state))
        context.on("requestfailed", lambda request: self.failed(request, state))

    def answered(self, response: Response, state: str) -> None:
        """A request got its answer."""
        request = response.request
        timing = request.timing
        headers = response.headers
        self.note(
            request,
            state,
            status=response.status,
            mime=headers.get("content-type", "").partition(";")[0].strip(),
            milliseconds=max(0.0, float(timing.get("responseStart") or 0)),
        )

    def failed(self, request: Request, state: str) -> None:
        """A request got none."""
        self.note(request, state, fault=str(request.failure or "failed"))

    def note(self, request: Request, state: str, **more: object) -> None:
        """Write one down, masked."""
        if not request.url.startswith(("http:", "https:", "ws:", "wss:")):
            return
        if len(self.calls) >= MOST_CALLS:
            self.cut = True
            return
        masked = bare_address(request.url) if state == "signed_in" else page_address(request.url)
        facts = {
            "state": state,
            "moment": datetime.now(UTC),
            "method": request.method,
            "url": masked,
            "kind": request.resource_type,
            **more,
        }
        self.calls.append(msgspec.convert(facts, Call))

    async def look(self, engine: Engine, plan: Plan) -> None:
        """Open the target once more as a stranger: pictures of a desktop and a phone, and the words of the banner.

        What cannot be taken is left out and told; a scan never fails for its pictures.
        """
        if not self.wants_pictures:
            return
        own = registrable_domain(plan.host)
        try:
            async with open_visit(
                engine, plan, "no_choice", lambda host: registrable_domain(host.lstrip(".")) != own
            ) as visit:
                await visit.open(plan.target)
                self.banner = await banner_of(visit)
                for name, size in SIZES.items():
                    await self.picture(visit.page, name, size)
        except (Error, BredeleError):
            return

    def lacks(self) -> list[str]:
        """The pictures that were wanted and are missing: it was stopped, or the page could not be opened again."""
        missing = [name for name in SIZES if self.wants_pictures and name not in self.pictures]
        return [f"No picture could be taken as on a {' and a '.join(missing)}."] if missing else []

    async def picture(self, page: Page, name: str, size: tuple[int, int]) -> None:
        """What fits on one screen."""
        await page.set_viewport_size({"width": size[0], "height": size[1]})
        await asyncio.sleep(AT_REST_SECONDS)
        self.pictures[name] = await page.screenshot(timeout=PICTURE_MILLISECONDS, animations="disabled", caret="hide")


async def banner_of(visit: Visit) -> Banner | None:
    """The words on the banner's controls and choices; None where nothing asks."""
    offer = await find_offer(visit)
    control = offer.accept or offer.refuse if offer else None
    if offer is None or control is None:
        return None
    beside = [one.text for one in offer.around.controls if one.container == control.container]
    turned = offer.around.toggles[control.container] if control.container >= 0 else []
    told = (*beside, *(toggle.label for toggle in turned))
    return Banner(words=told, sha256=sha256("\n".join(told).encode()).hexdigest())
