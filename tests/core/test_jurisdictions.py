"""Presets: the law as data, with its source and the day it was checked."""

from datetime import date

import pytest

from bredele.core.errors import InvalidRegistry
from bredele.core.jurisdictions import EU, FR, PRESETS, Preset, preset
from bredele.core.lifetime import parse_lifetime
from bredele.core.registry import Site
from bredele.core.wording import WORDINGS
from bredele.core.wording.stop_words import foreign


@pytest.mark.parametrize("one", PRESETS.values(), ids=PRESETS)
def test_each_preset_names_its_source_and_speaks_every_language(one: Preset) -> None:
    """Rules: PLT-13, POL-06, POL-08"""
    assert one.source
    assert date.fromisoformat(one.checked_on) <= date(2026, 12, 31)
    for text in (one.label, one.authority, one.rights, one.legal_basis_exempt):
        assert set(text) == set(WORDINGS)
        assert all(words.strip() and not foreign(words, language) for language, words in text.items())


def test_the_strictest_is_the_default() -> None:
    """Rules: PLT-11"""
    assert preset(Site().jurisdiction) is EU
    assert not EU.audience_exempt
    assert FR.audience_exempt


@pytest.mark.parametrize("one", PRESETS.values(), ids=PRESETS)
def test_a_choice_is_kept_six_months_and_measurement_thirteen_at_most(one: Preset) -> None:
    """Rules: BAN-11"""
    assert one.choice_kept == parse_lifetime("P6M")
    assert one.audience_cookie_at_most == parse_lifetime("P13M")


def test_an_unknown_jurisdiction_lists_the_known_ones() -> None:
    with pytest.raises(InvalidRegistry) as caught:
        preset("Mars")
    assert "EU, FR" in str(caught.value)
    assert preset("fr") is FR
