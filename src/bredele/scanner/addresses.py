"""Which address a name stands for during one scan: resolved once, checked, then pinned."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address

from bredele.core.item_findings import is_loopback
from bredele.scanner.plan import Address, is_private

RESOLVE_SECONDS = 10
LOOPBACK = ip_address("127.0.0.1")
Resolver = Callable[[str], Awaitable[tuple[list[Address], str]]]


class Refused(Exception):
    """An address the scan may not reach, or a name that does not resolve."""


class Addresses:
    """Host name to its one address for the whole scan.

    `allow_private`: loopback and private networks may be reached. `refused` collects what was turned away, `aliases`
    the names that hosts are only another name for (CNAME). `resolver` looks names up.
    """

    def __init__(self, allow_private: bool, resolver: Resolver | None = None) -> None:
        self.allow_private, self.resolver = allow_private, resolver or look_up
        self.aliases: dict[str, str] = {}
        self.pinned: dict[str, asyncio.Task[Address]] = {}
        self.refused: set[str] = set()

    async def of(self, host: str) -> Address:
        """The pinned address of a host; Refused if it may not be reached."""
        name = host.strip("[]").rstrip(".").lower()
        if name not in self.pinned:
            self.pinned[name] = asyncio.create_task(self.resolve(name))
        return await asyncio.shield(self.pinned[name])

    async def resolve(self, name: str) -> Address:
        """The first allowed address of a name; `*.localhost` is 127.0.0.1 without asking anybody (RFC 6761)."""
        found, canonical = ([LOOPBACK], "") if is_name_of_loopback(name) else await self.resolver(name)
        if canonical and canonical != name:
            self.aliases[name] = canonical
        for address in found:
            if self.allow_private or not is_private(address):
                return address
        if found:
            self.refused.add(name)
            raise Refused(f"{name} is on a private network or on this machine")
        raise Refused(f"{name} has no address")


def cloaked(aliases: Mapping[str, str], own: str, registrable_domain: Callable[[str], str]) -> list[str]:
    """Sentences on hosts of one's own site (`own`, its registrable domain) that are another site's by CNAME: what they
    store counts as the site's own for the browser."""
    return [
        f"{host} is another name for {other}: what it stores is another site's under this site's name (CNAME)."
        for host, other in sorted(aliases.items())
        if registrable_domain(host) == own and registrable_domain(other) != own
    ]


def is_name_of_loopback(name: str) -> bool:
    """`localhost` and what ends in it."""
    return is_loopback(name) and name.rpartition(".")[2] == "localhost"


async def look_up(name: str) -> tuple[list[Address], str]:
    """Every address of a literal or a name, IPv4 first, and its canonical name (empty if not told); Refused if there
    is none."""
    try:
        return [ip_address(name)], ""
    except ValueError:
        pass
    try:
        async with asyncio.timeout(RESOLVE_SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(
                name, None, type=socket.SOCK_STREAM, flags=socket.AI_CANONNAME
            )
    except (OSError, TimeoutError, UnicodeError) as error:
        raise Refused(f"{name} has no address ({error})") from None
    addresses = {ip_address(str(entry[4][0]).partition("%")[0]) for entry in found}
    canonical = next((str(entry[3]) for entry in found if entry[3]), "").rstrip(".").lower()
    return sorted(addresses, key=lambda address: (address.version, int(address))), canonical
