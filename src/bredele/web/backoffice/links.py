"""From the place of a problem to the page and field that mend it."""

import re

from bredele.core.registry import Registry
from bredele.web.backoffice.examining import field_of
from bredele.web.backoffice.forms import facts
from bredele.web.backoffice.office import address

COOKIE = re.compile(r"cookies\[(\d+)\](.*)")
TEXTS = ("function", "purpose_text", "reason", *facts.TEXTS)


def link(where: str, slug: str, registry: Registry) -> str:
    """The address of the form field for a place such as `cookies[3].lifetime`; the overview where there is none."""
    found = COOKIE.fullmatch(where)
    language = registry.site.languages[0] if registry.site.languages else ""
    if found is not None:
        return address("declaration", slug, int(found[1])) + anchor(found[2], language)
    if where.startswith("site"):
        return address("facts", slug) + anchor(where.removeprefix("site"), language)
    if where.startswith("purposes"):
        return address("purposes", slug)
    return address("declarations", slug)


def anchor(path: str, language: str) -> str:
    """`#id_<field>`; the first language's field where a text is missing altogether."""
    name = field_of(path)
    if not name:
        return ""
    return f"#id_{name}_{language}" if name in TEXTS else f"#id_{name}"
