"""`/bredele.json`: what the widget must know on a site that Bredele does not serve."""

import msgspec
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bredele.web.enforcement.languages import first_published, languages_of
from bredele.web.enforcement.request import SiteRequest
from bredele.web.widget.config import configuration as described

KEPT_SECONDS = 60
"""How long a cache may go on with an older version after a publication."""


@require_safe
def configuration(request: SiteRequest) -> HttpResponse:
    """The same bytes for every visitor of one language: the choice is read in the browser, so any cache may keep it.

    Without a published `?lang=` the language is the visitor's own, and caches are told so.
    """
    version = request.site.version
    if version is None:
        raise Http404
    response = HttpResponse(msgspec.json.encode(described(version, request.lang)), content_type="application/json")
    if first_published([request.GET.get("lang", "")], languages_of(request.site)):
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response
