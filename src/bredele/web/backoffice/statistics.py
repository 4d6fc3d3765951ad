"""The statistics of a site, as its owner reads them: the same released figures that a public page would show."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from bredele.core.registry import Version
from bredele.web.backoffice.office import office, page
from bredele.web.registry.desk import Desk
from bredele.web.registry.publishing import current_version
from bredele.web.statistics.asked import BadPeriod, read_asked
from bredele.web.statistics.dashboard import dashboard
from bredele.web.statistics.happened import happened
from bredele.web.statistics.store import counting

SETUP = "backoffice/parts/counting.html"
"""What an owner may do while nothing is counted."""


@require_safe
@office
def statistics(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The dashboard; an address that asks for what there is not shows the last thirty days and says why."""
    version = current_version(desk.slug)
    try:
        shown, status = context(desk, version, request.GET), 200
    except BadPeriod as problem:
        shown, status = {**context(desk, version, QueryDict()), "problem": problem}, 422
    return page(request, desk, "statistics", "statistics.html", shown, status=status)


def context(desk: Desk, version: Version | None, query: QueryDict) -> dict[str, Any]:
    """What the page shows."""
    here = counting()
    now = here.now()
    asked = read_asked(query, now.date())
    mode = version.registry.statistics if version else ""
    events = happened(desk.slug, asked.span, here.zone)
    board = dashboard(here.fresh_store(), desk.slug, asked, now, events, visitors=mode == "visitors")
    return {"board": board, "mode": mode, "zone": here.settings.time_zone, "origin": desk.site.origin, "setup": SETUP}
