"""Other sites under the site's own name, and one value known to several sites."""

import asyncio
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest

from bredele.formats.domains import registrable_domain
from bredele.scanner.addresses import Addresses, Refused, cloaked
from bredele.scanner.plan import Address
from bredele.scanner.stored import Stored
from bredele.scanner.writes import Circumstances

AT = Circumstances(epoch=0, in_answer=False, occasion="visit", page="/", moment=datetime(2026, 1, 1, tzinfo=UTC))
IDENTIFIER = "k3J9xQ27fLm0ZtB8"
NAMES = {
    "www.shop.example.com": ("198.51.100.1", "www.shop.example.com"),
    "static.example.com": ("203.0.113.9", "edge.example.com"),
    "metrics.example.com": ("203.0.113.7", "example.tracker.net"),
    "ads.other.org": ("203.0.113.8", "example.tracker.net"),
    "inside.example.com": ("10.0.0.1", "inside.example.com"),
}


async def resolver(name: str) -> tuple[list[Address], str]:
    """Names of a world of our own."""
    address, canonical = NAMES[name]
    return [ip_address(address)], canonical


async def looked_up() -> Addresses:
    addresses = Addresses(allow_private=True, resolver=resolver)
    for name in NAMES:
        await addresses.of(name)
    return addresses


def test_a_host_of_the_site_that_is_another_s_by_its_canonical_name_is_said() -> None:
    """Rules: SCN-02"""
    addresses = asyncio.run(looked_up())
    (note,) = cloaked(addresses.aliases, "example.com", registrable_domain)
    assert note.startswith("metrics.example.com is another name for example.tracker.net:")


def test_a_private_address_is_refused_whatever_resolves_it() -> None:
    addresses = Addresses(allow_private=False, resolver=resolver)
    with pytest.raises(Refused):
        asyncio.run(addresses.of("inside.example.com"))
    assert addresses.refused == {"inside.example.com"}


def cookie(name: str, domain: str, value: str) -> dict[str, object]:
    return {"name": name, "domain": domain, "path": "/", "value": value, "session": True, "expires": -1}


def test_one_value_kept_for_several_sites_is_said_without_the_value() -> None:
    """Rules: SCN-02, SCN-10"""
    stored = Stored()
    kept = [cookie("uid", ".example.com", IDENTIFIER), cookie("puid", "sync.tracker.net", IDENTIFIER)]
    plain = [cookie("lang", "example.com", "en"), cookie("lang", "tracker.net", "en")]
    stored.see_jar([*kept, *plain, cookie("again", "www.example.com", "another9Kq2mX7vB1")], AT)
    notes = stored.shared(registrable_domain, 0)
    assert notes == ["The same identifying value is kept for several sites: uid (example.com), puid (tracker.net)."]
    assert stored.shared(registrable_domain, 1) == []


def test_one_value_under_two_names_of_one_site_is_nobody_s_business() -> None:
    stored = Stored()
    stored.see_jar([cookie("a", "example.com", IDENTIFIER), cookie("b", "www.example.com", IDENTIFIER)], AT)
    assert stored.shared(registrable_domain, 0) == []
