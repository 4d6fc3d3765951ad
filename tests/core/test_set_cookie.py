"""`Set-Cookie` headers read and written like browsers do (RFC 6265bis)."""

import json
import string
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.core.errors import InvalidSetCookie
from bredele.core.set_cookie import SetCookie, parse, serialise

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CASES = Path(__file__).parents[3] / "shared" / "data" / "conformance" / "set-cookie.json"
TOKEN = string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~"
OCTET = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '",;\\')


@st.composite
def cookies(draw: st.DrawFn) -> SetCookie:
    """Cookies a server may send."""
    same_site = draw(st.sampled_from(("Strict", "Lax", "None", None)))
    partitioned = draw(st.booleans())
    moments = st.integers(31_536_000, 4_102_444_800).map(lambda second: datetime.fromtimestamp(second, UTC))
    return SetCookie(
        name=draw(st.text(TOKEN, min_size=1, max_size=20)),
        value=draw(st.text(OCTET, max_size=60)),
        domain=draw(st.none() | st.sampled_from(("example.org", "www.example.org"))),
        path=draw(st.none() | st.sampled_from(("/", "/a/b"))),
        max_age=draw(st.none() | st.integers(-10, 10**9)),
        expires=draw(st.none() | moments),
        secure=draw(st.booleans()) or same_site == "None" or partitioned,
        http_only=draw(st.booleans()),
        same_site=same_site,
        partitioned=partitioned,
        extra=draw(st.sampled_from(((), (("Priority", "High"),), (("Foo", ""),)))),
    )


@given(cookies())
def test_what_is_written_is_read_back_the_same(cookie: SetCookie) -> None:
    assert parse(serialise(cookie)) == cookie


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_and_never_crashes(header: str) -> None:
    cookie = attempt(header)
    assert cookie is None or cookie.name or cookie.value


def test_the_last_attribute_of_a_kind_wins() -> None:
    """Rules: ENF-04"""
    cookie = parse("a=b; Path=/x; path=/y; Max-Age=1; max-age=2; SameSite=Strict; samesite=lax")
    assert (cookie.path, cookie.max_age, cookie.same_site) == ("/y", 2, "Lax")


def test_partitioned_and_unknown_attributes_survive() -> None:
    """Rules: ENF-05"""
    cookie = parse('prefs={"a":1}; Secure; SameSite=None; Partitioned; Priority=High')
    assert cookie.value == '{"a":1}'
    assert cookie.partitioned
    assert cookie.extra == (("Priority", "High"),)


def test_an_over_long_attribute_is_ignored_and_an_over_long_pair_is_refused() -> None:
    """Rules: ENF-04"""
    assert parse("a=b; Path=/" + "x" * 1024).path is None
    assert parse("a=" + "b" * 4095).value == "b" * 4095
    with pytest.raises(InvalidSetCookie):
        parse("a=" + "b" * 4096)


def test_max_age_beats_expires() -> None:
    """Rules: ENF-04"""
    cookie = parse("a=b; Expires=Wed, 25 Nov 2026 00:00:00 GMT; Max-Age=60")
    assert cookie.lifetime(NOW) == 60
    assert parse("a=b; Expires=Wed, 25 Nov 2026 00:00:00 GMT").lifetime(NOW) == timedelta(days=1).total_seconds()
    assert parse("a=b").session
    assert parse("a=b").lifetime(NOW) is None


@pytest.mark.parametrize("name", ["", "a b", "a;b", "a=b", "é"])
def test_a_name_outside_the_grammar_is_not_sent(name: str) -> None:
    with pytest.raises(InvalidSetCookie):
        serialise(SetCookie(name=name, value="1"))


@pytest.mark.parametrize("value", ["a;b", "a b", "a,b", 'a"b', "a\\b", "é", "a\nSet-Cookie: x=y"])
def test_a_value_that_could_start_another_attribute_is_not_sent(value: str) -> None:
    with pytest.raises(InvalidSetCookie):
        serialise(SetCookie(name="a", value=value))


@pytest.mark.parametrize("path", ["/;Secure", "/\n", "/" + "x" * 1024])
def test_a_path_that_could_start_another_attribute_is_not_sent(path: str) -> None:
    with pytest.raises(InvalidSetCookie):
        serialise(SetCookie(name="a", value="1", path=path))


def test_same_site_none_and_partitioned_are_not_sent_without_secure() -> None:
    """Rules: ENF-06"""
    for cookie in (SetCookie(name="a", same_site="None"), SetCookie(name="a", partitioned=True)):
        with pytest.raises(InvalidSetCookie):
            serialise(cookie)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Fri, 07 Aug 2027 08:04:19 GMT", datetime(2027, 8, 7, 8, 4, 19, tzinfo=UTC)),
        ("07-Aug-27 08:04:19", datetime(2027, 8, 7, 8, 4, 19, tzinfo=UTC)),
        ("Aug 7 08:04:19 1999", datetime(1999, 8, 7, 8, 4, 19, tzinfo=UTC)),
        ("31 Feb 2027 08:04:19", None),
        ("7 Aug 1600 08:04:19", None),
        ("7 Aug 2027 24:00:00", None),
        ("7 Aug 2027", None),
    ],
)
def test_dates_are_read_like_browsers_read_them(text: str, moment: datetime | None) -> None:
    assert parse(f"a=b; Expires={text}").expires == moment


@pytest.mark.skipif(
    not CASES.exists(), reason="the conformance cases lie outside the project; other tests here cover it"
)
def test_published_conformance_cases_are_read_as_expected() -> None:
    """Every cookie the published suites expect to be kept is one our parser reads with the same facts. Rules: ENF-04"""
    cases = [case for case in json.loads(CASES.read_text())["cases"] if case["level"] != "disputed"]
    assert len(cases) > 300
    wrong = [case["id"] for case in cases if not all(was_read(case, kept) for kept in case["stored"])]
    assert wrong == []


def was_read(case: dict, kept: dict) -> bool:
    """Whether one of the case's headers gives the cookie kept."""
    return any(same(cookie, kept) for cookie in (attempt(header) for header in case["set_cookie"]) if cookie)


def attempt(header: str) -> SetCookie | None:
    """The cookie of a header, or None where it is refused."""
    try:
        return parse(header)
    except InvalidSetCookie:
        return None


def same(cookie: SetCookie, kept: dict) -> bool:
    """Whether name, value and the attributes a header alone decides are equal."""
    facts = (cookie.name, cookie.value, cookie.secure, cookie.http_only)
    wanted = (kept["name"], kept["value"], kept["secure"], kept["http_only"])
    return facts == wanted and (cookie.same_site or "").lower() == (kept["same_site"] or "").lower()
