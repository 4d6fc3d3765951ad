"""What visitors answered: banners shown and what became of them, as released."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bredele.web.backoffice.office import office, page
from bredele.web.registry.desk import Desk
from bredele.web.registry.index import site_index
from bredele.web.statistics.page import choice_lines


@require_safe
@office
def choices(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A bar and a row a month, version and language; the same figures as on the site's Data page."""
    site = site_index().by_slug(desk.slug)
    lines = choice_lines(site, "en", datetime.now(UTC).date()) if site else ()
    return page(request, desk, "choices", "choices.html", {"data": {"choices": lines}})
