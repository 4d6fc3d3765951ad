"""What is made of single events: writes, exchanges, names that vary, masked values, values that identify, forms."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.scanner.exchanges import Exchanges
from bredele.scanner.forms import Form
from bredele.scanner.identifying import identifies
from bredele.scanner.masking import bare_address, mask, page_address
from bredele.scanner.names import generalise
from bredele.scanner.writes import Circumstances, default_path, from_cookie_store, from_header, from_script, removal

AT = Circumstances(epoch=1, in_answer=False, occasion="visit", page="/", moment=datetime(2026, 1, 1, tzinfo=UTC))
PAGE = "https://www.x.example/shop/list?q=1"


@pytest.mark.parametrize(
    ("line", "expected"),
    [("a=1", ("a", "www.x.example", "/shop", None, True)), ("a=1; Path=/", ("a", "www.x.example", "/", None, True)),
     ("a=1; Domain=x.example; Max-Age=60", ("a", ".x.example", "/shop", 60, False)),
     ("a=1; Expires=Thu, 01 Jan 2026 01:00:00 GMT; Path=/", ("a", "www.x.example", "/", 3600, False)),
     ("a=1; Domain=localhost; Path=/", ("a", "www.x.example", "/", None, True))],
)  # fmt: skip
def test_a_header_line_is_a_write_for_its_host_path_and_time(line: str, expected: tuple[object, ...]) -> None:
    write = from_header(line, PAGE, "response", AT)
    assert write is not None
    assert (write.name, write.host, write.path, write.lifetime, write.session) == expected
    assert write.epoch == 1


@pytest.mark.parametrize("line", ["a=; Max-Age=0", "a=1; Max-Age=-1", "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"])
def test_what_expires_at_once_is_a_removal_and_no_write(line: str) -> None:
    assert from_header(line, PAGE, "response", AT) is None
    assert from_script(line, PAGE, PAGE, "script", AT) is None
    found = removal(line, AT)
    assert found is not None
    assert (found.name, found.epoch) == ("a", 1)
    assert removal("a=1", AT) is None


def test_an_end_in_the_server_s_time_is_told_by_the_server_s_clock() -> None:
    line, late = "a=1; Expires=Thu, 01 Jan 2026 01:00:00 GMT", "Thu, 01 Jan 2026 00:30:00 GMT"
    write, wrong = (from_header(line, PAGE, "response", AT, date) for date in (late, "yesterday"))
    assert write is not None
    assert wrong is not None
    assert (write.lifetime, wrong.lifetime) == (1800, 3600)


def test_a_value_is_masked_on_its_way_in() -> None:
    """Rules: SCN-10"""
    write = from_script("a=topsecret; path=/", PAGE, PAGE, "script", AT)
    assert write is not None
    assert "opsecret" not in repr(write)


def test_the_cookie_store_is_strict_and_secure_where_nothing_is_said() -> None:
    told = {"name": "a", "expires": (AT.moment.timestamp() + 60) * 1000}
    write = from_cookie_store(told, "https://x.example/a.js", PAGE, "cookie_store", AT)
    assert write is not None
    assert (write.host, write.path, write.lifetime, write.kept) == ("www.x.example", "/", 60, None)
    assert write.attributes == {"secure": True, "http_only": False, "same_site": "Strict", "partitioned": False}
    assert from_cookie_store({"name": "a", "expires": 0}, PAGE, PAGE, "cookie_store", AT) is None


@pytest.mark.parametrize(
    ("url", "path"), [("https://x/", "/"), ("https://x", "/"), ("https://x/a", "/"), ("https://x/a/b", "/a")]
)
def test_a_cookie_without_a_path_gets_that_of_the_folder(url: str, path: str) -> None:
    """RFC 6265bis, 5.1.4."""
    assert default_path(url) == path


def test_each_hop_of_a_redirect_keeps_its_own_address_and_lines() -> None:
    exchanges = Exchanges()
    for url in ("https://x/1", "https://x/2"):
        exchanges.sent({"requestId": "1", "request": {"url": url}}, "page")
    for status, line in ((302, "a=1"), (200, "b=1\nc=1")):
        blocked = [{"cookieLine": "c=1", "blockedReasons": ["SecureOnly"]}] if status == 200 else []
        headers = {"Set-Cookie": line, "date": "now"}
        exchanges.answered({"requestId": "1", "headers": headers, "statusCode": status, "blockedCookies": blocked}, AT)
    (first, how, one), (second, then, two) = exchanges.by_id["1"].pairs()
    assert (first, how, one.lines) == ("https://x/1", "redirect", ("a=1",))
    assert (second, then, two.lines, two.blocked) == (
        "https://x/2",
        "response",
        ("b=1", "c=1"),
        (("c=1", "SecureOnly"),),
    )


def test_what_a_worker_asks_for_counts_as_the_worker_s() -> None:
    exchanges = Exchanges()
    exchanges.sent({"requestId": "1", "request": {"url": "https://x/1"}}, "service_worker")
    exchanges.answered({"requestId": "1", "headers": {}}, AT)
    assert [how for _, how, _ in exchanges.by_id["1"].pairs()] == ["service_worker"]


@pytest.mark.parametrize(
    ("names", "shown"),
    [(("_ga_A1B2C3", "_ga_D4E5F6"), "_ga_*"), (("item-1", "item-2"), "item-*"),
     (("s_0f8fad5b-d9cb-469f-a165-70867728950e",), "s_*"), (("t1700000000",), "t*")],
)  # fmt: skip
def test_names_that_vary_are_one_pattern_that_matches_each(names: tuple[str, ...], shown: str) -> None:
    general = generalise(names)
    for name in names:
        assert general[name][0] == shown
        assert re.fullmatch(general[name][1], name)


@given(st.lists(st.text("abc019_-.", min_size=1, max_size=24), max_size=6))
def test_a_pattern_always_matches_the_names_it_was_made_of(names: list[str]) -> None:
    for name, (_, pattern) in generalise(names).items():
        assert re.fullmatch(pattern, name)


@pytest.mark.parametrize("name", ["sessionid", "theme", "csrftoken", "v2", "utf8"])
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    assert generalise([name]) == {}


@given(st.text(max_size=60))
def test_a_mask_shows_one_sign_and_the_length(value: str) -> None:
    """Rules: SCN-10"""
    assert mask(value) == (f"{value[0]}…({len(value)})" if value else "")


@pytest.mark.parametrize(
    ("url", "bare", "page"),
    [("https://me:pw@X.example/a?lang=fr#top", "https://x.example/a", "https://x.example/a?lang=fr"),
     ("https://x.example?token=abcdefghijklmnop", "https://x.example/", "https://x.example/?token=…"),
     ("data:text/html,secret", "data:", ""), ("blob:https://x/1", "blob:", "")],
)  # fmt: skip
def test_addresses_keep_no_password_no_fragment_and_no_long_value(url: str, bare: str, page: str) -> None:
    """Rules: SCN-10"""
    assert bare_address(url) == bare
    assert not page or page_address(url) == page


@pytest.mark.parametrize(
    ("value", "told"),
    [("k3J9xQ27fLm0ZtB8", True), ("0f8fad5b-d9cb-469f-a165-70867728950e", True), ("GA1.2.1203981234.1700000000", True),
     ("en-GB", False), ("true", False), ("2026-01-01T10:00", False), ("1700000000", False),
     ("1700000000.1700000100", False), ("acceptedeverything", False), ("dark", False), ("12345", False), ("", False)],
)  # fmt: skip
def test_a_value_identifies_if_it_is_irregular_enough(value: str, told: bool) -> None:
    """Rules: SCN-02"""
    assert identifies(value) is told


def test_forms_that_differ_in_a_number_only_are_alike() -> None:
    first, second, other = (
        Form(
            method="post", action=action, names=("token",), words=(), press=0, free=False, explorer=False, languages=()
        )
        for action in ("/basket/1/", "/basket/22/?x=1", "/wish/1/")
    )
    assert first.likeness == second.likeness != other.likeness
