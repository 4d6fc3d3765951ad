"""The pages every state visits: found once, by the first state, in document order; the others follow the same way."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from bredele.scanner import words
from bredele.scanner.visit import Link

STATIC = re.compile(
    r"\.(?:avif|bmp|css|csv|docx?|eot|epub|exe|gif|gz|ico|jpe?g|js|json|jsonld|map|md|mjs|mp[34]|od[pst]|ogg|pdf|png|pptx?"
    r"|rar|rss|svg|tar|tgz|tiff?|tsv|ttf|txt|wasm|wav|webm|webmanifest|webp|woff2?|xlsx?|xml|zip)$",
    re.IGNORECASE,
)
CHANGING = re.compile(
    r"(?:^|[^a-z])(?:log[-_ ]?out|sign[-_ ]?out|log[-_ ]?off|d[ée]connexion|se[- ]?d[ée]connecter|abmelden|logga[- ]?ut"
    r"|cerrar[- ]?sesi[oó]n"
    r"|delete|remove|destroy|supprimer|l[öo]schen|eliminar|unsubscribe|d[ée]sinscri\w*|cancel|revoke|withdraw|checkout)"
    r"(?:$|[^a-z])",
    re.IGNORECASE,
)
ANSWERS = words.ACCEPT | words.REFUSE | words.SAVE | words.WITHDRAW
VARIANTS = 4
"""Pages that differ only in their query: enough to see what they do, too few to be lost in a calendar."""


class Tour:
    """A growing list of pages; closed when the leading state has found them all."""

    def __init__(self, start: str, limit: int, known: Iterable[str] = ()) -> None:
        self.pages: list[str] = list(dict.fromkeys((start, *known)))
        self.limit = limit
        self.mapped: tuple[str, ...] = ()
        self.allows: Callable[[str], bool] = open_to_all
        self.closed = False
        self.changed = asyncio.Event()

    def found(self, links: Iterable[Link], origin: str) -> None:
        """Add what a page links to."""
        self.pages += self.worth_visiting(links, origin, (), self.limit - len(self.pages))
        self.wake()

    def worth_visiting(self, links: Iterable[Link], origin: str, beside: Iterable[str], room: int) -> list[str]:
        """The links that lead to a page neither of the tour nor among those `beside` it, and that may be visited."""
        return worth_visiting(links, origin, [*self.pages, *beside], room, self.allows)

    def end(self, origin: str) -> None:
        """No page links to another: those of the sitemap come last, then nothing more."""
        mapped, self.mapped, known = self.mapped, (), len(self.pages)
        self.found((Link(url=url, text="", download=False, rel="") for url in mapped), origin)
        if len(self.pages) == known:
            self.close()

    def close(self) -> None:
        """No page will be added any more."""
        self.closed = True
        self.wake()

    def wake(self) -> None:
        """Tell those who follow."""
        self.changed.set()
        self.changed = asyncio.Event()

    async def follow(self) -> AsyncIterator[str]:
        """Every page in order, waiting for those not found yet."""
        place = 0
        while True:
            while place < len(self.pages):
                yield self.pages[place]
                place += 1
            if self.closed:
                return
            await self.changed.wait()


def open_to_all(_: str) -> bool:
    """Nothing is kept from anybody."""
    return True


def worth_visiting(
    links: Iterable[Link], origin: str, known: Iterable[str], room: int, allows: Callable[[str], bool] = open_to_all
) -> list[str]:
    """Links of the same origin, each once, in document order; none that downloads, signs out or changes something.

    `allows` is asked last, of what would else be visited.
    """
    seen = set(known)
    fresh: list[str] = []
    paths = [urlsplit(url).path for url in seen]
    for link in links:
        url = link.url.partition("#")[0]
        if (parts := split(url)) is None:
            continue
        if url in seen or f"{parts.scheme}://{parts.netloc}".lower() != origin or len(fresh) >= room:
            continue
        if link.download or STATIC.search(parts.path) or changes_something(link) or paths.count(parts.path) >= VARIANTS:
            continue
        seen.add(url)
        if not allows(url):
            continue
        paths.append(parts.path)
        fresh.append(url)
    return fresh


def split(url: str) -> SplitResult | None:
    """The parts of an address; None for one that has none: pages link to anything."""
    try:
        return urlsplit(url)
    except ValueError:
        return None


def changes_something(link: Link) -> bool:
    """Whether address or words say that following the link does something, answering a banner included."""
    if words.fold(link.text) in ANSWERS:
        return True
    parts = urlsplit(link.url)
    query = " ".join(word for pair in parse_qsl(parts.query) for word in pair)
    return any(CHANGING.search(text) for text in (unquote(parts.path), query, link.text))
