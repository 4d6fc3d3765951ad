"""A browser forgets a cookie only if an answer names its very domain, path and partition."""

from hypothesis import given
from hypothesis import strategies as st

from bredele.collector.expiry import expiries
from bredele.core.declaration import Declaration
from bredele.core.set_cookie import serialise


def scopes(host: str, **declared: object) -> list[tuple[str | None, str | None, bool]]:
    """(domain, path, partitioned) of each header."""
    entry = Declaration(names=("seen",), **declared)  # type: ignore[arg-type]  # the test names real fields
    return [(cookie.domain, cookie.path, cookie.partitioned) for cookie in expiries("seen", entry, host)]


def test_host_only_at_the_root_comes_with_and_without_partition() -> None:
    """Rules: ENF-08"""
    assert scopes("localhost") == [(None, "/", False), (None, "/", True)]


def test_the_declared_scope_comes_first() -> None:
    """Rules: ENF-08"""
    made = scopes("www.town.example", hosts=(".town.example",), path="/shop")
    assert made[:2] == [("town.example", "/shop", False), ("town.example", "/shop", True)]


def test_a_partitioned_entry_starts_with_its_partition() -> None:
    assert scopes("localhost", partitioned=True)[0] == (None, "/", True)


def test_a_domain_that_is_not_ours_is_never_named() -> None:
    assert all(domain is None for domain, *_ in scopes("localhost", hosts=("partner.localhost",)))


@given(st.lists(st.from_regex(r"[a-z]{1,5}", fullmatch=True), min_size=1, max_size=8).map(".".join))
def test_there_are_at_most_eight_and_each_can_be_sent(host: str) -> None:
    made = expiries("seen", Declaration(names=("seen",), path="/a"), host)
    assert 0 < len(made) <= 8
    for cookie in made:
        assert cookie.domain is None or host == cookie.domain or host.endswith("." + cookie.domain)
        assert "Max-Age=0" in serialise(cookie)


def test_a_secure_or_prefixed_cookie_is_taken_back_as_the_browser_asks() -> None:
    """Rules: ENF-07, ENF-08"""
    secure, *_ = expiries("seen", Declaration(names=("seen",), secure=True), "localhost")
    assert secure.secure
    for name in ("__Secure-x", "__Host-x", "__Http-x", "__Host-Http-x"):
        for cookie in expiries(name, Declaration(names=(name,)), "www.town.example"):
            assert cookie.secure
            assert cookie.http_only == ("http-" in name.lower())
