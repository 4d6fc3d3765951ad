"""The registry: what follows from the declarations."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.core.declaration import (
    MEASUREMENT,
    NECESSARY,
    STANDARD_PURPOSES,
    Declaration,
    Exemption,
    Kind,
    label_type,
    words,
)
from bredele.core.registry import Purpose, Registry, Site, Version, covers_host
from bredele.formats.domains import registrable_domain

SITE = Site(origin="https://www.town.example", jurisdiction="FR", statistics="off")
PURPOSES = st.lists(st.sampled_from([*STANDARD_PURPOSES, "games"]), min_size=1, max_size=3, unique=True)
EXEMPTIONS = st.none() | st.sampled_from(["transmission", "strictly_necessary", "audience"])


def cookie(name: str, **facts: object) -> Declaration:
    """A declaration with the facts that matter."""
    return msgspec.convert({"names": (name,), **facts}, Declaration)


@given(PURPOSES, EXEMPTIONS, st.booleans())
def test_an_entry_is_exempt_only_if_every_purpose_is(purposes: list[str], kind: str | None, audience: bool) -> None:
    """Rules: REG-04, REG-03, ANA-23"""
    exemption = None if kind is None else {"kind": kind}
    entry = cookie("a", purpose=tuple(purposes), exemption=exemption)
    alone = [cookie("a", purpose=(purpose,), exemption=exemption) for purpose in purposes]
    assert entry.exempt(audience) == all(one.exempt(audience) for one in alone)
    if set(purposes) - {NECESSARY, MEASUREMENT}:
        assert not entry.exempt(audience)
    if MEASUREMENT in purposes and not (audience and kind == "audience"):
        assert not entry.exempt(audience)


def test_nothing_declared_for_no_purpose_is_exempt() -> None:
    """Rules: REG-03"""
    assert not cookie("a", exemption={"kind": "strictly_necessary"}).exempt(allows_audience=True)


@pytest.mark.parametrize(
    ("hosts", "party"),
    [((), "first"), (("town.example",), "first"), ((".static.town.example",), "first"),
     (("ads.example",), "third"), (("town.example", "ads.example"), "third")],
)  # fmt: skip
def test_party_is_computed_from_the_setting_hosts(hosts: tuple[str, ...], party: str) -> None:
    """Rules: REG-05"""
    entry = cookie("a", hosts=hosts, stated_type="first-party")
    assert Registry(site=SITE).party(entry, registrable_domain) == party


@pytest.mark.parametrize(
    ("purpose", "party", "label"),
    [((NECESSARY,), "third", "necessary"), ((MEASUREMENT,), "third", "statistical"),
     ((NECESSARY, MEASUREMENT), "first", "statistical"), (("personalisation",), "first", "first-party"),
     (("advertising",), "third", "third-party"), ((MEASUREMENT, "advertising"), "first", "first-party")],
)  # fmt: skip
def test_the_four_kinds_are_derived_from_purpose_and_party(purpose: tuple[str, ...], party: str, label: str) -> None:
    """Purpose and party are two facts; the document's kind is a label made of both.

    Rules: REG-05
    """
    assert label_type(cookie("a", purpose=purpose), "third" if party == "third" else "first") == label


def test_matching_needs_name_and_host_and_prefers_the_narrowest_pattern() -> None:
    """Rules: REG-11"""
    wide, narrow, exact, foreign = (
        cookie("_pk_*"), cookie("_pk_id*"), cookie("_pk_id.1"), cookie("uid", hosts=("ads.example",))
    )  # fmt: skip
    registry = Registry(site=SITE, cookies=(wide, narrow, exact, foreign))
    assert registry.match("_pk_ses", "www.town.example") == wide
    assert registry.match("_pk_id.2", ".town.example") == narrow
    assert registry.match("_pk_id.1", "www.town.example") == exact
    assert registry.match("_pk_id.1", "ads.example") is None
    assert registry.match("uid", "track.ads.example") == foreign
    assert registry.match("uid", "www.town.example") is None
    assert registry.match("_pk_id.1", "www.town.example", kind="local_storage") is None
    assert registry.match("_pk_id.1", "localhost", site_host="localhost") == exact


def test_a_cookie_of_a_neighbour_host_is_not_the_site_s_own() -> None:
    assert not covers_host(cookie("a"), "shop.town.example", "www.town.example")
    assert covers_host(cookie("a"), ".town.example", "www.town.example")


@pytest.mark.parametrize("kind", msgspec.json.schema(Declaration)["$defs"]["Declaration"]["properties"]["kind"]["enum"])
def test_every_kind_of_storage_can_be_declared(kind: Kind) -> None:
    """Rules: REG-02"""
    registry = Registry(site=SITE, cookies=(cookie("a", kind=kind),))
    assert registry.match("a", "www.town.example", kind=kind) is not None


def test_purposes_come_in_the_standard_order_then_the_site_s_own() -> None:
    registry = Registry(
        site=SITE,
        purposes=(Purpose(id="zeal"), Purpose(id="games")),
        cookies=(cookie("a", purpose=("games",)), cookie("b", purpose=("zeal", "unlisted")),
                 cookie("c", purpose=("social",)), cookie("d", purpose=(NECESSARY,))),
    )  # fmt: skip
    assert registry.used_purposes() == (NECESSARY, "social", "zeal", "games", "unlisted")
    assert registry.optional_purposes() == ("social", "zeal", "games", "unlisted")


def test_only_what_needs_consent_needs_a_banner() -> None:
    """Rules: BAN-14, REG-04"""
    exempt = cookie("a", purpose=(NECESSARY,), exemption={"kind": "strictly_necessary"})
    counted = cookie("b", purpose=(MEASUREMENT,), exemption={"kind": "audience"})
    assert not Registry(site=SITE, cookies=(exempt, counted)).needs_banner
    strict = msgspec.structs.replace(SITE, jurisdiction="EU")
    assert Registry(site=strict, cookies=(exempt, counted)).consent_purposes() == (MEASUREMENT,)


@pytest.mark.parametrize(
    ("jurisdiction", "mode"),
    [("EU", "off"), ("fr", "pageviews"), *((name, "pageviews") for name in ("FR", "IT", "ES", "NL", "UK"))],
)
def test_statistics_are_off_unless_the_law_exempts_them(jurisdiction: str, mode: str) -> None:
    """Rules: PLT-11, ANA-23, ANA-26, ANA-27"""
    registry = Registry(site=Site(jurisdiction=jurisdiction))
    assert registry.statistics == mode
    assert (MEASUREMENT in registry.used_purposes()) == (mode != "off")


def test_a_version_knows_the_purposes_of_earlier_ones() -> None:
    """Rules: REG-09"""
    from datetime import UTC, datetime

    registry = Registry(site=SITE, cookies=(cookie("a", purpose=("social",)),))
    version = Version(number=3, published=datetime(2026, 1, 1, tzinfo=UTC), registry=registry, earlier={2: ("games",)})
    assert [version.purposes_of(number) for number in (1, 2, 3)] == [None, ("games",), ("social",)]
    with pytest.raises(AttributeError):
        version.number = 4  # type: ignore[misc]  # the test is that it cannot


def test_an_origin_that_is_none_has_no_host() -> None:
    assert Site(origin="http://[").host == ""
    assert Site(origin="https://Town.Example:8443").host == "town.example"


def test_a_missing_translation_is_not_filled() -> None:
    """Rules: POL-08"""
    assert words({"en": "Basket"}, "fr") == ""


def test_an_exemption_is_kept_with_its_reason() -> None:
    """Rules: REG-03"""
    assert Exemption(kind="transmission", reason={"en": "x"}).reason == {"en": "x"}
