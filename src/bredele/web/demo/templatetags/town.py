"""Words for the templates: `{% say "key" %}` in the page's language, prices, texts of the content."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from bredele.core.declaration import Text
from bredele.web.demo.content.words import WORDS

register = template.Library()


@register.simple_tag
def say(key: str, **facts: object) -> str:
    """The words for a key, with the facts filled in; an unknown key is an error at once."""
    return said(WORDS[key]).format(**facts)


@register.filter
def said(text: Text) -> str:
    """A text in the page's language; the first one where the town does not speak it."""
    return text.get(get_language() or "") or next(iter(text.values()))


@register.filter
def price(cents: int) -> str:
    """€18.50, or 18,50 € with the spaces French asks for."""
    euros = f"{cents / 100:.2f}"
    return f"{euros.replace('.', ',')}\N{NO-BREAK SPACE}€" if get_language() == "fr" else f"€{euros}"


@register.filter
def item(mapping: Mapping[str, object], key: str) -> object:
    """What a mapping holds for a key."""
    return mapping[key]
