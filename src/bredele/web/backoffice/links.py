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
    if found is not None:
        return address("declaration", slug, int(found[1])) + anchor(found[2], registry)
    if where.startswith("site"):
        return address("facts", slug) + anchor(where.removeprefix("site"), registry)
    if where.startswith("purposes"):
        return address("purposes", slug) + anchor(where.removeprefix("purposes"), registry)
    return address("declarations", slug)


def anchor(path: str, registry: Registry) -> str:
    """`#id_<field>`; the first language's field where a text is missing altogether."""
    name = field_of(path, registry)
    if not name:
        return ""
    return f"#id_{name}_{registry.site.languages[0]}" if name in TEXTS else f"#id_{name}"
