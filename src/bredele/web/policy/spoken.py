"""A value of the registry in the words of one language: what the comparison of two versions shows a visitor."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy

from bredele.core.declaration import Exemption, words
from bredele.core.lifetime import Lifetime
from bredele.core.policy import lifetime_text, location_text, purpose_label, storage_label, type_label
from bredele.core.registry import Registry
from bredele.core.wording import wording
from bredele.web.enforcement.languages import own_name

EXEMPTIONS = {
    "transmission": gettext_lazy("Needed to transmit what you asked for"),
    "strictly_necessary": gettext_lazy("Strictly necessary for what you asked for"),
    "audience": gettext_lazy("Counts the audience within the limits of the law"),
}
STATISTICS = {
    "off": gettext_lazy("Nothing is counted"),
    "pageviews": gettext_lazy("Page views are counted"),
    "visitors": gettext_lazy("Page views and visits are counted"),
}


def spoken(field: str, value: Any, registry: Registry, language: str) -> str:
    """The value of a field; empty where it states nothing. No word of another language (POL-08)."""
    if value is None or value == {}:
        return ""
    if isinstance(value, dict):
        return words(value, language)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Lifetime):
        return lifetime_text(value, language)
    if isinstance(value, Exemption):
        return ": ".join(filter(None, (str(EXEMPTIONS[value.kind]), words(value.reason, language))))
    return listed(field, value, registry, language) if isinstance(value, tuple) else named(field, value, language)


def listed(field: str, value: tuple[Any, ...], registry: Registry, language: str) -> str:
    """Several at once."""
    if field == "location":
        return location_text(value, language)
    if field == "purpose":
        return ", ".join(purpose_label(registry, purpose, language) for purpose in value)
    if field == "languages":
        return ", ".join(own_name(code) for code in value)
    if field == "third_party_access" and not value:
        return wording(language).access_none
    return ", ".join(map(str, value))


def named(field: str, value: Any, language: str) -> str:
    """One of a list of ours, else as it is."""
    if field == "kind":
        return storage_label(value, language)
    if field == "stated_type":
        return type_label(value, language)
    if field == "statistics":
        return str(STATISTICS[value])
    return str(value)
