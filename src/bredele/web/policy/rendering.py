"""The archived page of a version: self-contained HTML whose bytes never change once they were hashed."""

from django.template.loader import render_to_string
from django.utils import translation

from bredele.core.document import PolicyDocument


def archive_page(document: PolicyDocument) -> bytes:
    """A whole HTML page of the document in its language: no address loaded, no style, no script (POL-15)."""
    with translation.override(document.language):
        page = render_to_string("bredele/policy/archive.html", {"document": document, "archived": True})
    return page.encode()
