"""What a trusted proxy says of a request: whose it is, how it came, for which host (CONTRACTS 2)."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import iptocc

from bredele.collector.request import Scope

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
SCHEMES = ("http", "https")


class Proxies(tuple[Network, ...]):
    """The trusted ones. Made once, and remembered by which they are: hashing networks for each request is slow."""

    __slots__ = ()
    __hash__ = object.__hash__


def networks(trusted: Iterable[str]) -> Proxies:
    """Addresses and ranges (`10.0.0.0/8`) of proxies; raises ValueError for what is neither."""
    return Proxies(ip_network(name, strict=False) for name in trusted)


def forwarded(scope: Scope, trusted: tuple[Network, ...]) -> Scope:
    """The request as the visitor sent it; from any other peer the very same, whatever its headers claim."""
    peer = (scope.get("client") or ("",))[0]
    if not trusted or not is_proxy(peer, trusted):
        return scope
    changed = dict(scope)
    scheme, host, seen = as_sent(dict(scope["headers"]), scope.get("scheme", "http"), peer, trusted)
    changed["scheme"], changed["client"] = scheme, (seen, 0)
    if host:
        others = [(name, value) for name, value in scope["headers"] if name != b"host"]
        changed["headers"] = [*others, (b"host", host)]
    return changed


def as_sent(
    headers: Mapping[bytes, bytes], scheme: str, peer: str, trusted: tuple[Network, ...]
) -> tuple[str, bytes, str]:
    """Scheme, host (empty where it is not told) and address as a trusted proxy tells them; of repeated headers the last
    one is the nearest proxy's."""
    host, chain = b"", headers.get(b"x-forwarded-for", b"").decode("latin-1")
    if (said := headers.get(b"x-forwarded-proto")) and (one := last(said.decode("latin-1")).lower()) in SCHEMES:
        scheme = one
    if said := headers.get(b"x-forwarded-host"):
        host = last(said.decode("latin-1")).encode("latin-1")
    return scheme, host, told(chain, peer, trusted)


def address_of(peer: str, chain: str, trusted: tuple[Network, ...]) -> str:
    """The visitor's address: the peer's own, or the word of trusted proxies. Asking twice is harmless."""
    if not trusted or not is_proxy(peer, trusted):
        return peer
    return told(chain, peer, trusted)


def told(chain: str, peer: str, trusted: tuple[Network, ...]) -> str:
    """What a proxy says of whose request it is; the proxy's own address where it says nothing."""
    return visitor(chain, trusted) or str(address(peer))


def is_proxy(peer: str, trusted: tuple[Network, ...]) -> bool:
    """Whether the peer is one of the trusted proxies."""
    return not (public(peer) and private(trusted)) and among(peer, trusted)


def public(peer: str) -> bool:
    """Whether a country hands this address out: mostly so, and found much faster than an address is parsed."""
    return ":" not in peer and iptocc.country_code(peer) is not None


@lru_cache(maxsize=256)
def among(peer: str, trusted: tuple[Network, ...]) -> bool:
    """The same for the addresses that take longer; held in memory only, as are the few proxies there are."""
    found = address(peer)
    return found is not None and believed(found, trusted)


@lru_cache(maxsize=16)
def private(trusted: tuple[Network, ...]) -> bool:
    """Whether every trusted proxy lies in a network that no country hands out."""
    return not any(network.is_global for network in trusted)


def visitor(chain: str, trusted: tuple[Network, ...]) -> str:
    """The nearest address of the chain that is no proxy of ours: what lies before it could be invented."""
    nearest = last(chain)
    if private(trusted) and public(nearest):
        return nearest  # an address of the public network, so none of ours
    for name in reversed(chain.split(",")):
        found = address(name.strip())
        if found is None:
            return ""
        if not believed(found, trusted):
            return str(found)
    return ""


def believed(peer: Address, trusted: tuple[Network, ...]) -> bool:
    """Whether this is one of the trusted proxies."""
    return any(peer in network for network in trusted)


def address(text: str) -> Address | None:
    """An IP address, or None (a Unix socket has none)."""
    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def last(value: str) -> str:
    """What the nearest proxy added to a list."""
    return value.rpartition(",")[2].strip()
