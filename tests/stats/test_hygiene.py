"""What of an address is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.stats.hygiene import PATH_LIMIT, SUSPECT, clean, host_of, page_of, unmasked


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/user/ada@example.org/", "/user/{email}/"),
        ("/user/ada%40example.org", "/user/{email}"),
        ("/reset/9f86d081884c7d659a2feaa0c55ad0159f86", "/reset/{token}"),
        ("/o/9f86d081884c7d659a2feaa0c55ad015", "/o/{id}"),
        ("/t/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3", "/t/{token}"),
        ("/order/123456/", "/order/{id}/"),
        ("/call/+33 6 12 34 56 78", "/call/{id}"),
        ("/o/3f2504e0-4f89-11d3-9a0c-0305e82c3301", "/o/{id}"),
        ("/a;jsessionid=ABCDEF0123456789", "/a"),
        ("/x\x00\ny", "/xy"),
    ],
)
def test_addresses_of_people_tokens_and_ids_are_masked_and_told(path: str, kept: str) -> None:
    """Rules: ANA-11"""
    assert clean(path)[0] == kept
    assert clean(path)[1] == ("{" in kept)


@pytest.mark.parametrize(
    "path",
    [
        "/", "/news/2026/11/24/the-town-hall-opens-again/", "/report-2023-2024.pdf", "/2026-11-24/", "/20261124/",
        "/datasets/jeu-de-donnees-4999/", "/summer2026/", "/covid-19/", "/R3VvZ2xl/", "/rue-du-8-mai-1945/", "/67000/",
        "/élections/", "/facade/", "/decade/",
    ],
)  # fmt: skip
def test_what_people_wrote_stays(path: str) -> None:
    assert clean(path) == (path, False)


@given(st.text(max_size=400))
def test_any_address_leaves_a_short_printable_path_without_a_query(address: str) -> None:
    """Rules: ANA-11"""
    kept, _ = clean(address)
    assert kept
    assert len(kept) <= PATH_LIMIT
    assert kept.isprintable()
    assert "utm_source=secret" not in clean(f"{address}?utm_source=secret")[0]


@given(st.text("abcdef@", min_size=1, max_size=12), st.text("abc/", max_size=12))
def test_no_address_of_a_person_stays(name: str, path: str) -> None:
    assert "@" not in clean(f"/{path}/{name}@example.org")[0]


def test_only_content_parameters_stay_and_never_a_campaign() -> None:
    """Rules: ANA-11, ANA-12"""
    allowed = ("page", "id", "utm_source", "gclid", "fbclid")
    kept, masked = clean("/list?utm_source=x&gclid=1&fbclid=2&q=me&page=2&id=ada@example.org", allowed)
    assert (kept, masked) == ("/list?id={email}&page=2", False)


@pytest.mark.parametrize(
    ("referrer", "host"),
    [
        ("https://www.Search.example/path?q=private#x", "search.example"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]/", ""),
        ("android-app://com.example.reader/", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
        ("https://", ""),
        ("https://user:secret@host.example/", "host.example"),
        ("https://[broken", ""),
        ("https://a b/", ""),
    ],
)
def test_a_referrer_is_cut_to_its_host(referrer: str, host: str) -> None:
    """Rules: ANA-10"""
    assert host_of(referrer) == host


@given(st.text(max_size=200))
def test_any_referrer_leaves_a_host_or_nothing(referrer: str) -> None:
    """Rules: ANA-10"""
    host = host_of(referrer)
    assert not set(host) & set("/?#@: \n")


def test_a_url_and_its_path_are_the_same_page() -> None:
    assert page_of("https://town.example/b?q=1") == page_of("/b#x") == "/b"
    assert page_of("https://town.example") == "/"


@given(st.text("/-_.~=+;%@ ()0123456789abcdefABCDEFxyzé", max_size=60))
def test_a_path_without_anything_suspect_is_one_that_nothing_would_change(path: str) -> None:
    """The short way and the long way end alike."""
    if SUSPECT.search(path) is None:
        assert unmasked(path) == (path, False)
