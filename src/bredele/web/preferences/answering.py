"""An answer given on the preference page: the same function as `POST /consent`, without JavaScript."""

import logging
from datetime import datetime
from functools import partial

from django.conf import settings
from django.http import HttpResponse

from bredele.collector import consent, form, refusal, secret
from bredele.collector.errors import RefusedPost
from bredele.collector.recording import asked
from bredele.stats.event import choice_made
from bredele.web.enforcement.answer import add_set_cookie
from bredele.web.enforcement.request import SiteRequest
from bredele.web.enforcement.see_other import SeeOther
from bredele.web.enforcement.sites import host_of
from bredele.web.ledger.logs import recorder
from bredele.web.statistics.store import adding_store

log = logging.getLogger(__name__)


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
        count(request, given, now)
    return response


def count(request: SiteRequest, given: consent.Answer, now: datetime) -> None:
    """One more answer of its outcome. What stops counting never stops an answer."""
    try:
        adding_store().add(choice_made(request.site.slug, given.choice.version, given.outcome, now, request.lang))
    except Exception as error:  # noqa: BLE001  # a full disk or a server that is down, in the words of either engine
        log.error("An answer on %s was not counted: %s", request.site.slug, error)


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
