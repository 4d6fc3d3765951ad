"""An answer given on the preference page: the same function as `POST /consent`, without JavaScript."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.http import HttpResponse

from bredele.collector import consent, form, refusal, secret
from bredele.collector.errors import RefusedPost
from bredele.collector.recording import asked
from bredele.web.enforcement.answer import add_set_cookie
from bredele.web.enforcement.request import SiteRequest
from bredele.web.enforcement.see_other import SeeOther
from bredele.web.enforcement.sites import host_of
from bredele.web.ledger.logs import recorder
from bredele.web.statistics.store import counting


def answer(request: SiteRequest, now: datetime) -> HttpResponse:
    """Set the choice cookie, count the outcome, go back to `next` with 303; else a page says what was wrong."""
    try:
        given = read_answer(request, now)
    except RefusedPost as fault:
        return HttpResponse(refusal.page(fault, request.lang), status=fault.status)
    response = SeeOther(given.location)
    for header in given.set_cookies:
        add_set_cookie(response, header)
    if not given.again:
        counting().note(request.site.slug, given.outcome, given.choice.version, request.lang)
    return response


def read_answer(request: SiteRequest, now: datetime) -> consent.Answer:
    """Record what the form means; raises RefusedPost."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    how = asked("preferences", request.lang, headers)
    return consent.answer(
        request.site,
        form.read(request.body, request.headers.get("Content-Type", "")),
        request.COOKIES,
        now,
        secret.key(settings.BREDELE),
        host_of(request),
        partial(recorder().record, how=how),
    )
