"""The purposes a visitor chooses about, as the banner and the preference page show them."""

import msgspec

from bredele.core.consent import Choice
from bredele.core.declaration import MEASUREMENT, Declaration
from bredele.core.policy import lifetime_text, purpose_description, purpose_label
from bredele.core.registry import Version


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One declared entry, short: names, how long it stays, who else can read it."""

    names: tuple[str, ...]
    provider: str
    lifetime: str
    text: str
    exempt: bool


class PurposeChoice(msgspec.Struct, frozen=True, kw_only=True):
    """One purpose: in words, what it stores, and the stored answer (None: never answered)."""

    slug: str
    label: str
    description: str
    answer: bool | None
    items: tuple[Item, ...]
    others: tuple[str, ...]
    """Third parties that can read what this purpose stores."""
    providers: tuple[str, ...]
    """Who stores something for this purpose."""


def asked(version: Version, choice: Choice | None, language: str, *, signal: bool = False) -> tuple[PurposeChoice, ...]:
    """The purposes that need consent, in the version's order. `signal`: unanswered ones read refused (BAN-21)."""
    described = [describe(version, choice, language, slug) for slug in version.registry.consent_purposes()]
    return tuple(
        msgspec.structs.replace(purpose, answer=False) if signal and purpose.answer is None else purpose
        for purpose in described
    )


def describe(version: Version, choice: Choice | None, language: str, slug: str) -> PurposeChoice:
    """One purpose with its entries."""
    registry = version.registry
    entries = [entry for entry in registry.cookies if slug in entry.purpose]
    return PurposeChoice(
        slug=slug,
        label=purpose_label(registry, slug, language),
        description=purpose_description(slug, language),
        answer=choice.answer(slug, version) if choice else None,
        items=tuple(item(entry, registry.exempt(entry), language) for entry in entries),
        providers=tuple(dict.fromkeys(entry.provider for entry in entries if entry.provider)),
        others=tuple(dict.fromkeys(name for entry in entries for name in entry.third_party_access or ())),
    )


def item(entry: Declaration, exempt: bool, language: str) -> Item:
    """The entry in the visitor's language."""
    return Item(
        names=entry.names,
        provider=entry.provider or "",
        lifetime=lifetime_text(entry.lifetime, language) if entry.lifetime else "",
        text=entry.purpose_text.get(language, ""),
        exempt=exempt,
    )


def counts_visits(version: Version) -> bool:
    """Whether page views are counted unless the visitor objects (exempt measurement, ANA-08)."""
    return version.registry.statistics != "off"


def objected(version: Version, choice: Choice | None) -> bool:
    """Whether the visitor said no to being counted."""
    return choice is not None and choice.answer(MEASUREMENT, version) is False
