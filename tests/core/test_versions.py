"""Diff and versions: what is material is asked again, what is wording is not."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.core.consent import choose
from bredele.core.declaration import Declaration, Exemption
from bredele.core.diff import Change, diff
from bredele.core.lifetime import parse_lifetime
from bredele.core.registry import Purpose, Registry, Site, Version
from bredele.core.versions import next_version

MOMENT = datetime(2026, 11, 24, 12, tzinfo=UTC)
AD = Declaration(
    names=("ad_*",),
    provider="Ads",
    purpose=("advertising",),
    lifetime=parse_lifetime("P3M"),
    hosts=("ads.example",),
    third_party_access=("Ads",),
)
CART = Declaration(names=("cart",), purpose=("necessary",), exemption=Exemption(kind="strictly_necessary"))
BASE = Registry(site=Site(origin="https://town.example", controller={"en": "Town"}), cookies=(CART, AD))


def with_ad(**changes: object) -> Registry:
    """The base registry with its advertising entry changed."""
    return msgspec.structs.replace(BASE, cookies=(CART, msgspec.structs.replace(AD, **changes)))


def test_nothing_changed_is_no_change() -> None:
    assert diff(BASE, BASE) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"provider": "Other"},
        {"lifetime": parse_lifetime("P4M")},
        {"lifetime": parse_lifetime("persistent")},
        {"names": ("ad_*", "more")},
        {"hosts": ("ads.example", "cdn.example")},
        {"third_party_access": ("Ads", "Broker")},
        {"refreshed": True},
    ],
)
def test_what_widens_a_consent_based_entry_is_material(changes: dict[str, object]) -> None:
    """A new provider, recipient, name, host or a longer life needs new consent.

    Rules: REG-10
    """
    (change,) = diff(BASE, with_ad(**changes))
    assert change.material
    assert change.purposes == ("advertising",)


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose_text": {"en": "To show adverts"}},
        {"lifetime": parse_lifetime("P1M")},
        {"lifetime": parse_lifetime("session")},
        {"third_party_access": ()},
        {"function": {"en": "Adverts"}},
    ],
)
def test_wording_and_narrowing_are_not_material(changes: dict[str, object]) -> None:
    (change,) = diff(BASE, with_ad(**changes))
    assert not change.material
    assert change.purposes == ()


def test_a_longer_life_of_an_exempt_entry_is_not_material() -> None:
    longer = msgspec.structs.replace(CART, lifetime=parse_lifetime("P1M"))
    (change,) = diff(BASE, msgspec.structs.replace(BASE, cookies=(longer, AD)))
    assert not change.material


def test_an_entry_that_loses_its_exemption_is_material() -> None:
    tracking = msgspec.structs.replace(CART, purpose=("necessary", "advertising"))
    changes = diff(BASE, msgspec.structs.replace(BASE, cookies=(tracking, AD)))
    assert [change.where for change in changes if change.material] == ["cookies[0].purpose"]


def test_added_and_removed_entries_are_told_apart() -> None:
    social = Declaration(names=("share",), purpose=("social",))
    changes = diff(BASE, msgspec.structs.replace(BASE, cookies=(CART, social)))
    kinds = {(change.kind, change.where): change.material for change in changes}
    assert kinds[("added", "cookies[1]")] is True
    assert kinds[("added", "purposes.social")] is True
    assert kinds[("removed", "cookies[1]")] is False
    assert kinds[("removed", "purposes.advertising")] is False


def test_a_relabelled_purpose_is_wording() -> None:
    old = msgspec.structs.replace(BASE, purposes=(Purpose(id="advertising", label={"en": "Adverts"}),))
    new = msgspec.structs.replace(BASE, purposes=(Purpose(id="advertising", label={"en": "Advertising"}),))
    (change,) = diff(old, new)
    assert (change.where, change.material) == ("purposes.advertising.label", False)


def test_another_controller_is_material_and_a_translation_of_it_is_not() -> None:
    def controlled(**names: str) -> Registry:
        return msgspec.structs.replace(BASE, site=msgspec.structs.replace(BASE.site, controller=names))

    assert diff(BASE, controlled(en="Other"))[0].material
    assert not diff(BASE, controlled(en="Town", fr="Ville"))[0].material


def test_only_the_purpose_that_changed_is_asked_again() -> None:
    """An answer to version 1 is unknown for the widened purpose and kept for the other.

    Rules: REG-10
    """
    social = Declaration(names=("share",), purpose=("social",))
    both = msgspec.structs.replace(BASE, cookies=(CART, AD, social))
    one = next_version(both, None, MOMENT)
    wider = msgspec.structs.replace(AD, provider="Other")
    two = next_version(msgspec.structs.replace(both, cookies=(CART, wider, social)), one, MOMENT)
    choice = choose(one, ["advertising", "social"], date(2026, 11, 24))
    assert (one.number, two.number) == (1, 2)
    assert choice.answer("advertising", two) is None
    assert choice.answer("social", two) is True
    assert two.purposes_of(1) == ("advertising", "social")
    assert two.purposes_of(3) is None


def test_a_purpose_that_comes_back_is_asked_again() -> None:
    one = next_version(BASE, None, MOMENT)
    two = next_version(msgspec.structs.replace(BASE, cookies=(CART,)), one, MOMENT)
    three = next_version(BASE, two, MOMENT)
    assert two.asked_since == {}
    assert three.asked_since == {"advertising": 3}
    assert set(three.earlier) == {1, 2}


@given(st.lists(st.sampled_from(["P1M", "P3M", "P6M", "session"]), min_size=1, max_size=6))
def test_asked_since_never_decreases_and_never_exceeds_the_version(lifetimes: list[str]) -> None:
    version: Version | None = None
    for lifetime in lifetimes:
        before = version
        version = next_version(with_ad(lifetime=parse_lifetime(lifetime)), version, MOMENT)
        since = version.asked_since["advertising"]
        assert since <= version.number
        assert before is None or since >= before.asked_since["advertising"]


def test_every_change_can_be_read_by_a_person() -> None:
    changes: tuple[Change, ...] = diff(BASE, with_ad(lifetime=parse_lifetime("P1Y"), exemption=None))
    assert [(change.before, change.after) for change in changes] == [("P3M", "P1Y")]
