"""May this be stored now, and why: purposes, exemptions and answers."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.core.consent import choose
from bredele.core.declaration import STANDARD_PURPOSES, Declaration, Exemption
from bredele.core.registry import Registry, Site, Version
from bredele.core.verdict import judge, judge_declaration, may_count, must_ask
from bredele.core.versions import next_version
from bredele.formats.domains import registrable_domain

MOMENT, TODAY = datetime(2026, 11, 24, tzinfo=UTC), date(2026, 11, 24)
NEEDED = Exemption(kind="strictly_necessary", reason={"en": "The visitor asked for it."})
CART = Declaration(names=("cart",), purpose=("necessary",), exemption=NEEDED)
THEME = Declaration(names=("theme",), purpose=("personalisation",))
AD = Declaration(names=("ad_*",), purpose=("advertising", "social"), hosts=("ads.example",))
STATS = Declaration(names=("stats",), purpose=("measurement",), exemption=Exemption(kind="audience"))


def version(*cookies: Declaration, **site: object) -> Version:
    """A first version of a site at town.example."""
    facts = msgspec.structs.replace(Site(origin="https://town.example"), **site)
    return next_version(Registry(site=facts, cookies=cookies), None, MOMENT)


PURPOSE_SETS = st.lists(st.sampled_from([*STANDARD_PURPOSES, "own"]), min_size=1, max_size=4, unique=True)
EXEMPTIONS = st.none() | st.sampled_from(["transmission", "strictly_necessary", "audience"]).map(
    lambda kind: Exemption(kind=kind)
)


@given(PURPOSE_SETS, EXEMPTIONS, st.booleans())
def test_an_entry_is_exempt_only_if_each_of_its_purposes_is(
    purposes: list[str], exemption: Exemption | None, allows_audience: bool
) -> None:
    """Rules: REG-04"""
    entry = Declaration(names=("x",), purpose=tuple(purposes), exemption=exemption)
    alone = [msgspec.structs.replace(entry, purpose=(purpose,)).exempt(allows_audience) for purpose in purposes]
    assert entry.exempt(allows_audience) == all(alone)


@given(PURPOSE_SETS, EXEMPTIONS, st.sets(st.sampled_from([*STANDARD_PURPOSES, "own"])))
def test_what_needs_consent_is_allowed_only_when_every_purpose_was_granted(
    purposes: list[str], exemption: Exemption | None, granted: set[str]
) -> None:
    entry = Declaration(names=("x",), purpose=tuple(purposes), exemption=exemption)
    one = version(entry)
    verdict = judge_declaration(one, choose(one, granted, TODAY), entry)
    asked = set(purposes) - {"necessary"}
    expected = entry.exempt(allows_audience=False) or (bool(asked) and asked <= granted)
    if exemption is None or exemption.kind != "audience":
        assert verdict.allowed == expected
    assert not judge_declaration(one, None, entry).allowed or entry.exempt(allows_audience=False)


def test_each_verdict_gives_its_reason() -> None:
    """Rules: BAN-01"""
    one = version(CART, THEME, AD)
    refused, granted = choose(one, (), TODAY), choose(one, ("personalisation", "advertising", "social"), TODAY)
    assert judge(one, None, "cart", "town.example").reason == "exempt"
    assert judge(one, None, "theme", "town.example").reason == "not-asked"
    assert judge(one, refused, "theme", "town.example").reason == "refused"
    assert judge(one, granted, "theme", "town.example").reason == "granted"
    assert judge(one, granted, "rogue", "town.example").reason == "undeclared"
    half = choose(one, ("advertising",), TODAY)
    verdict = judge(one, half, "ad_1", "ads.example")
    assert (verdict.allowed, verdict.purposes) == (False, ("social",))


def test_a_name_matches_with_its_domain_only() -> None:
    """Rules: REG-05"""
    one = version(CART, AD)
    assert judge(one, None, "ad_1", "cdn.ads.example").declaration == AD
    assert judge(one, None, "ad_1", "town.example").declaration is None
    assert judge(one, None, "cart", "ads.example").declaration is None
    assert judge(one, None, "cart", "www.town.example").declaration is None
    assert judge(one, None, "cart", "www.town.example", site_host="www.town.example").declaration == CART


def test_party_is_computed_from_the_setting_host() -> None:
    """Rules: REG-05"""
    registry = version(CART, AD).registry
    assert registry.party(CART, registrable_domain) == "first"
    assert registry.party(AD, registrable_domain) == "third"
    assert registry.type_of(CART, registrable_domain) == "necessary"
    assert registry.type_of(AD, registrable_domain) == "third-party"
    assert registry.type_of(THEME, registrable_domain) == "first-party"
    assert registry.type_of(STATS, registrable_domain) == "statistical"


def test_no_banner_when_everything_is_exempt_and_one_when_something_is_not() -> None:
    """Rules: BAN-14, C16"""
    assert must_ask(version(CART), None) == ()
    assert must_ask(version(CART, STATS, jurisdiction="FR"), None) == ()
    asked = version(CART, THEME)
    assert must_ask(asked, None) == ("personalisation",)
    assert must_ask(asked, choose(asked, (), TODAY)) == ()


def test_the_strictest_preset_asks_for_measurement_too() -> None:
    """Rules: PLT-11, ANA-23"""
    assert must_ask(version(STATS), None) == ("measurement",)
    assert version(CART).registry.statistics == "off"
    assert version(CART, jurisdiction="FR").registry.statistics == "pageviews"


def test_views_are_counted_until_the_visitor_objects() -> None:
    """Rules: ANA-08"""
    counted = version(CART, jurisdiction="FR")
    assert may_count(counted, None)
    assert may_count(counted, choose(counted, ("measurement",), TODAY))
    assert not may_count(counted, choose(counted, (), TODAY))
    assert not may_count(version(CART), None)


@pytest.mark.parametrize("name", ["ad_1", "ad_", "ad_x_y"])
def test_the_narrowest_pattern_wins(name: str) -> None:
    exact = Declaration(names=("ad_1",), purpose=("necessary",))
    registry = version(msgspec.structs.replace(AD, hosts=()), exact).registry
    found = registry.match(name, "town.example")
    assert found is not None
    assert (found.names == ("ad_1",)) == (name == "ad_1")
