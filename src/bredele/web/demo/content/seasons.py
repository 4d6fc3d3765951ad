"""The town's three looks: what the theme switch offers and the cookie `theme` remembers."""

from bredele.core.declaration import Text

SEASONS: dict[str, Text] = {
    "cherry": {"en": "Cherry blossom", "fr": "Cerisiers en fleur"},
    "harvest": {"en": "Grape harvest", "fr": "Vendanges"},
    "advent": {"en": "Advent", "fr": "Avent"},
}
FIRST = "cherry"
"""The look of a visitor who chose none."""
