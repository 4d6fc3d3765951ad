"""Markdown and CSV of the policy: nothing a person wrote becomes markup or a formula."""

from datetime import UTC, datetime

import msgspec
import pytest

from bredele.core.declaration import Declaration
from bredele.core.policy import build
from bredele.core.registry import Registry, Site, Version
from bredele.formats.domains import registrable_domain
from bredele.formats.policy_markdown import as_csv, as_markdown


def registry(provider: str) -> Registry:
    """One entry by this provider."""
    entry = {"names": ["_a*"], "provider": provider, "purpose": ["necessary"], "purpose_text": {"en": "x"}}
    return Registry(
        site=Site(name={"en": "Town"}, origin="https://town.example"), cookies=(msgspec.convert(entry, Declaration),)
    )


def made(provider: str, write: object) -> str:
    """The policy in this form."""
    assert callable(write)
    version = Version(number=1, published=datetime(2026, 11, 24, tzinfo=UTC), registry=registry(provider))
    return str(write(build(version, "en", registrable_domain)))


@pytest.mark.parametrize("provider", ["[x](javascript:1)", "a | b", "<script>", "**bold**", "# head", "a\n\nb"])
def test_words_stay_words_in_markdown(provider: str) -> None:
    """Rules: POL-11"""
    lines = made(provider, as_markdown).splitlines()
    (row,) = [line for line in lines if r"\_a\*" in line]
    cells = row.replace(r"\|", "").split(" | ")
    assert len(cells) == 11
    for sign in ("[x]", "<script>", "**bold**"):
        assert sign not in row
    assert lines[0] == "# Cookies policy"


@pytest.mark.parametrize("provider", ["=1+1", "+1", "-1", "@sum"])
def test_no_cell_of_the_csv_is_a_formula(provider: str) -> None:
    line = made(provider, as_csv).splitlines()[1]
    assert line.startswith(f"'{provider}")
