"""Headers of a proxy are believed from a trusted one, and from nobody else."""

from ipaddress import IPv4Address, ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.collector.forwarded import address_of, forwarded, is_proxy, networks

PROXIES = networks(["127.0.0.1", "10.0.0.0/8", "::1"])


def scope(peer: str | None, **headers: str) -> dict[str, Any]:
    """A request from a peer; `_` in a header name means `-`."""
    listed = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    client = None if peer is None else (peer, 1234)
    return {"type": "http", "scheme": "http", "client": client, "headers": [(b"host", b"inner:8000"), *listed]}


def host(found: Any) -> list[bytes]:
    return [value for name, value in found["headers"] if name == b"host"]


def test_a_trusted_proxy_says_for_whom_and_how() -> None:
    sent = scope("127.0.0.1", x_forwarded_host="shop.example", x_forwarded_proto="https", x_forwarded_for="192.0.2.7")
    found = forwarded(sent, PROXIES)
    assert (host(found), found["scheme"], found["client"][0]) == ([b"shop.example"], "https", "192.0.2.7")


@pytest.mark.parametrize("peer", ["192.0.2.1", "127.0.0.2", "unknown", "", None])
def test_anybody_else_says_nothing(peer: str | None) -> None:
    sent = scope(peer, x_forwarded_host="shop.example", x_forwarded_proto="https", x_forwarded_for="192.0.2.7")
    assert forwarded(sent, PROXIES) is sent


def test_nobody_is_trusted_unless_named() -> None:
    sent = scope("127.0.0.1", x_forwarded_host="shop.example")
    assert forwarded(sent, ()) is sent


@pytest.mark.parametrize(
    ("chain", "visitor"),
    [
        ("192.0.2.9, 192.0.2.7, 10.1.1.1", "192.0.2.7"),
        ("192.0.2.7", "192.0.2.7"),
        ("nonsense", "127.0.0.1"),
        ("192.0.2.7, nonsense", "127.0.0.1"),
        ("10.2.2.2, 10.1.1.1", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_what_lies_before_the_nearest_stranger_could_be_invented(chain: str, visitor: str) -> None:
    assert forwarded(scope("127.0.0.1", x_forwarded_for=chain), PROXIES)["client"][0] == visitor


def test_an_unheard_of_scheme_changes_nothing() -> None:
    assert forwarded(scope("::1", x_forwarded_proto="gopher"), PROXIES)["scheme"] == "http"


def test_an_address_written_as_the_other_kind_is_the_same_proxy() -> None:
    assert forwarded(scope("::ffff:127.0.0.1", x_forwarded_proto="https"), PROXIES)["scheme"] == "https"


@given(st.text(max_size=40), st.text(st.characters(max_codepoint=255), max_size=40))
def test_nothing_a_stranger_writes_has_an_effect(name: str, value: str) -> None:
    sent = scope("192.0.2.1")
    sent["headers"].append((name.lower().encode(), value.encode("latin-1")))
    assert forwarded(sent, PROXIES) is sent


@given(peer=st.ip_addresses(v=4), network=st.sampled_from(["8.8.8.0/24", "10.0.0.0/8", "1.0.0.0/8", "100.64.0.0/10"]))
def test_the_quick_look_says_what_the_slow_one_would(peer: IPv4Address, network: str) -> None:
    trusted = networks([network])
    for one in (peer, ip_network(network)[9]):
        assert is_proxy(str(one), trusted) == (one in ip_network(network))


def test_a_proxy_of_the_public_network_is_believed_where_it_is_named() -> None:
    assert address_of("8.8.8.8", "1.1.1.1", networks(["8.8.8.0/24"])) == "1.1.1.1"
    assert address_of("8.8.8.8", "1.1.1.1", PROXIES) == "8.8.8.8"
