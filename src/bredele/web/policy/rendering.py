"""The archived page of a version: HTML that reads well by itself and whose bytes never change once they were hashed."""

from django.template.loader import render_to_string
from django.utils import translation

from bredele.core.document import PolicyDocument


def archive_page(document: PolicyDocument) -> bytes:
    """A whole HTML page of the document in its language (POL-15): complete without its style sheets, no script."""
    with translation.override(document.language):
        page = render_to_string("bredele/policy/archive.html", {"document": document, "archived": True})
    return page.encode()
