"""What a site not one's own is owed: pages it keeps from crawlers are left out, and its pace is kept (SCN-12)."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from bredele.scanner.masking import page_address
from bredele.scanner.site_map import NOTHING_TOLD, ToldToCrawlers

LONGEST_SECONDS = 30.0
"""The longest time a scan lets itself be told to wait."""
NAMED = 5
"""Pages left out that a note names."""


class Courtesy:
    """One scan's manners, shared by its states: the site sees their sum.

    `told` is what the site tells crawlers, nothing on one's own site; `time` a monotonic clock in seconds.
    """

    def __init__(
        self,
        told: ToldToCrawlers = NOTHING_TOLD,
        time: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.told, self.time, self.sleep = told, time, sleep
        self.left_out: set[str] = set()
        self.free = 0.0
        self.holds = 0
        self.turns = asyncio.Lock()

    def allows(self, url: str) -> bool:
        """Whether a page may be opened; what may not is remembered."""
        allowed = self.told.allows(url)
        if not allowed:
            self.left_out.add(page_address(url))
        return allowed

    async def turn(self) -> None:
        """Wait until the next page may be opened: one state after the other where the site asks for a pause."""
        async with self.turns:
            while (wait := self.free - self.time()) > 0:
                await self.sleep(wait)
            self.free = self.time() + self.told.pause

    def hold(self, seconds: float) -> None:
        """The site says that it is asked too often: nobody asks before the time is up."""
        self.holds += 1
        self.free = max(self.free, self.time() + min(max(seconds, 0.0), LONGEST_SECONDS))

    def notes(self, target: str) -> list[str]:
        """What was left out and how slowly the rest was asked for, in sentences."""
        told = []
        if not self.told.allows(target):
            told.append("robots.txt keeps crawlers from the page that was asked for; it alone was asked for by name.")
        left_out = sorted(self.left_out - {page_address(target)})
        if left_out:
            more = f" and {len(left_out) - NAMED} more" if len(left_out) > NAMED else ""
            told.append(f"Left out, for robots.txt keeps crawlers from them: {', '.join(left_out[:NAMED])}{more}.")
        if self.told.pause:
            told.append(f"{self.told.pause:g} s passed between two pages, as robots.txt asks.")
        if self.holds:
            times = "once" if self.holds == 1 else f"{self.holds} times"
            told.append(f"The site said {times} that it was asked too often, and was given the time it named.")
        return told
