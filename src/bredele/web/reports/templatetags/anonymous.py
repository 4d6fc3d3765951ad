"""`{% anonymous %}`: the sentence that the figures are anonymous, or what a failed check leaves of it."""

from typing import Any

from django import template

from bredele.web.reports.anonymity import anonymity

register = template.Library()


@register.inclusion_tag("bredele/partials/anonymous.html")
def anonymous() -> dict[str, Any]:
    """For every page that shows or describes figures; no other template may say the word (a test watches)."""
    return {"anonymity": anonymity()}
