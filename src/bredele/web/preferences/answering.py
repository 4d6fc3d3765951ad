"""An answer given on the preference page: the same function as `POST /consent`, without JavaScript."""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse

from bredele.collector.consent import answer as consent_answer
from bredele.collector.consent import read_form
from bredele.core.errors import BredeleError
from bredele.stats.event import choice_made
from bredele.web.enforcement.answer import add_set_cookie
from bredele.web.enforcement.request import SiteRequest
from bredele.web.preferences.addresses import SeeOther
from bredele.web.statistics.store import statistics_store


def answer(request: SiteRequest, now: datetime) -> HttpResponse:
    """Set the choice cookie, count the outcome, go back to `next` with 303; 422 says what cannot be understood."""
    try:
        given = consent_answer(
            request.site,
            read_form(request.body),
            request.COOKIES,
            now,
            settings.SECRET_KEY.encode(),
            request.site.origin.startswith("https:"),
        )
    except BredeleError as error:
        return HttpResponse(f"{error}\n", status=422, content_type="text/plain; charset=utf-8")
    response = SeeOther(given.location)
    for header in given.set_cookies:
        add_set_cookie(response, header)
    statistics_store().add(choice_made(request.site.slug, given.choice.version, given.outcome, now))
    return response
