"""Google's and Microsoft's consent modes as data: which purpose grants which of their signals.

Off unless a page declares them. Every signal is denied before their tags can ask, and updated after each choice.
Sources: Google, "Set up consent mode on websites" (v2); Microsoft, "UET consent mode" and "Clarity consent API v2".
"""

from collections.abc import Mapping

NECESSARY = "necessary"
GOOGLE: Mapping[str, str] = {
    "ad_storage": "advertising",
    "ad_user_data": "advertising",
    "ad_personalization": "advertising",
    "analytics_storage": "measurement",
    "functionality_storage": "personalisation",
    "personalization_storage": "personalisation",
    "security_storage": NECESSARY,
}
UET: Mapping[str, str] = {"ad_storage": "advertising"}
CLARITY: Mapping[str, str] = {"ad_Storage": "advertising", "analytics_Storage": "measurement"}


def attributes(*, google: bool = False, microsoft: bool = False) -> dict[str, str]:
    """Attributes of the widget's tag that declare the consent modes; empty if none is wanted."""
    modes = {"data-google": GOOGLE if google else {}}
    if microsoft:
        modes |= {"data-uet": UET, "data-clarity": CLARITY}
    return {name: written(mapping) for name, mapping in modes.items() if mapping}


def written(mapping: Mapping[str, str]) -> str:
    """`signal:purpose` pairs, as the widget reads them."""
    return " ".join(f"{signal}:{purpose}" for signal, purpose in mapping.items())
