"""What a trusted proxy says of a request: whose it is, how it came, for which host (CONTRACTS 2)."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from bredele.collector.request import Scope

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
SCHEMES = ("http", "https")


def networks(trusted: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and ranges (`10.0.0.0/8`) of proxies; raises ValueError for what is neither."""
    return tuple(ip_network(name, strict=False) for name in trusted)


def forwarded(scope: Scope, trusted: tuple[Network, ...]) -> Scope:
    """The request as the visitor sent it; from any other peer the very same, whatever its headers claim."""
    peer = address((scope.get("client") or ("",))[0])
    if peer is None or not believed(peer, trusted):
        return scope
    said = {name: value.decode("latin-1") for name, value in scope["headers"] if name.startswith(b"x-forwarded-")}
    changed = dict(scope)
    scheme = last(said.get(b"x-forwarded-proto", "")).lower()
    if scheme in SCHEMES:
        changed["scheme"] = scheme
    host = last(said.get(b"x-forwarded-host", ""))
    if host:
        others = [(name, value) for name, value in scope["headers"] if name != b"host"]
        changed["headers"] = [*others, (b"host", host.encode("latin-1"))]
    changed["client"] = (address_of(str(peer), said.get(b"x-forwarded-for", ""), trusted), 0)
    return changed


def address_of(peer: str, chain: str, trusted: tuple[Network, ...]) -> str:
    """The visitor's address: the peer's own, or the word of trusted proxies. Asking twice is harmless."""
    found = address(peer) if trusted else None
    if found is None or not believed(found, trusted):
        return peer
    return visitor(chain, trusted) or str(found)


def visitor(chain: str, trusted: tuple[Network, ...]) -> str:
    """The nearest address of the chain that is no proxy of ours: what lies before it could be invented."""
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
