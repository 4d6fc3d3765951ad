"""The choice cookie: what is written is read back, and anything else is no choice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.core.consent import CHOICE_COOKIE, Choice, base36, choose, decode, encode
from bredele.core.declaration import Declaration
from bredele.core.registry import Purpose, Registry, Site
from bredele.core.versions import next_version

TODAY = date(2026, 11, 24)
MOMENT = datetime(2026, 11, 24, tzinfo=UTC)
PURPOSES = ("measurement", "personalisation", "advertising", "social")


def purposes_of(number: int) -> tuple[str, ...] | None:
    """Version 3 asks about all, version 2 about nothing, others do not exist."""
    return {2: (), 3: PURPOSES}.get(number)


CHOICES = st.builds(
    lambda bits, days, identifier: Choice(
        version=3,
        day=TODAY - timedelta(days=days),
        answers=dict(zip(PURPOSES, bits, strict=True)),
        id=identifier,
    ),
    st.tuples(*[st.booleans()] * 4),
    st.integers(0, 2500),
    st.none() | st.from_regex(r"[0-9A-Za-z_-]{1,22}", fullmatch=True),
)


@given(CHOICES)
def test_what_is_written_is_read_back(choice: Choice) -> None:
    """Rules: PLT-08"""
    assert decode(encode(choice), purposes_of, TODAY) == choice


@given(st.text(max_size=60))
def test_any_other_value_is_no_choice_or_writes_back_to_itself(value: str) -> None:
    choice = decode(value, purposes_of, TODAY)
    assert choice is None or encode(choice) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "3",
        "3.1xz",
        "3.1xz.1",
        "3.1xz.11111",
        "3.1xz.1201",
        "9.1xz.1111",
        "03.1xz.1111",
        "3.zzz.1111",
        "3.1xz.1111.",
        "3.1xz.1111.é",
    ],
)
def test_malformed_unknown_and_future_values_are_no_choice(value: str) -> None:
    assert decode(value, purposes_of, TODAY) is None


def test_tomorrow_is_no_choice_and_today_is_one() -> None:
    tomorrow = choose_all(TODAY + timedelta(days=1))
    assert decode(encode(tomorrow), purposes_of, TODAY) is None
    assert decode(encode(choose_all(TODAY)), purposes_of, TODAY) is not None


def choose_all(day: date) -> Choice:
    """Yes to everything."""
    return Choice(version=3, day=day, answers=dict.fromkeys(PURPOSES, True))


def test_a_version_that_asks_nothing_has_an_empty_answer() -> None:
    value = encode(Choice(version=2, day=TODAY, answers={}))
    assert value == f"2.{base36((TODAY - date(2020, 1, 1)).days)}."
    assert decode(value, purposes_of, TODAY) == Choice(version=2, day=TODAY, answers={})


def test_the_cookie_stays_small() -> None:
    """40 bytes without an id, 64 with one, for the largest version and the latest day the format has."""
    answers = {f"p{number}": True for number in range(8)}
    late = Choice(version=36**3 - 1, day=date(2100, 1, 1), answers=answers)
    assert len(f"{CHOICE_COOKIE}={encode(late)}") <= 40
    assert len(f"{CHOICE_COOKIE}={encode(Choice(version=99, day=late.day, answers=answers, id='x' * 22))}") <= 64


def test_two_visitors_who_refuse_on_one_day_carry_the_same_value() -> None:
    """Rules: LED-09"""
    version = next_version(
        Registry(site=Site(), cookies=(Declaration(names=("a",), purpose=("social",)),)), None, MOMENT
    )
    assert encode(choose(version, (), TODAY)) == encode(choose(version, (), TODAY)) == "1.1xz.0"


def test_optional_purposes_come_in_the_standard_order_then_the_sites_own() -> None:
    """The order is the cookie's, so it must not depend on the order of declarations."""
    own = (Purpose(id="zoo"), Purpose(id="art"))
    cookies = tuple(Declaration(names=(name,), purpose=(name,)) for name in ("art", "social", "zoo", "advertising"))
    registry = Registry(site=Site(jurisdiction="FR", statistics="pageviews"), purposes=own, cookies=cookies)
    assert registry.optional_purposes() == ("measurement", "advertising", "social", "zoo", "art")
