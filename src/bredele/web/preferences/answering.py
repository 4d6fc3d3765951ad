"""An answer given on the preference page: the same function as `POST /consent`, without JavaScript."""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse

from bredele.collector import refusal
from bredele.collector.consent import answer as consent_answer
from bredele.collector.errors import RefusedPost
from bredele.collector.form import read
from bredele.stats.event import choice_made
from bredele.web.enforcement.answer import add_set_cookie
from bredele.web.enforcement.request import SiteRequest
from bredele.web.enforcement.sites import host_of
from bredele.web.preferences.addresses import SeeOther
from bredele.web.statistics.store import statistics_store


def answer(request: SiteRequest, now: datetime) -> HttpResponse:
    """Set the choice cookie, count the outcome, go back to `next` with 303; 422 says what cannot be understood."""
    try:
        given = consent_answer(
            request.site,
            read(request.body, request.headers.get("Content-Type", "")),
            request.COOKIES,
            now,
            settings.SECRET_KEY.encode(),
            host_of(request),
        )
    except RefusedPost as error:
        return HttpResponse(refusal.page(error, request.lang), status=error.status)
    response = SeeOther(given.location)
    for header in given.set_cookies:
        add_set_cookie(response, header)
    statistics_store().add(choice_made(request.site.slug, given.choice.version, given.outcome, now))
    return response
