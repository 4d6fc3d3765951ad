"""The statistics of a site, as its owner reads them: the same released figures that a public page would show."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bredele.web.backoffice.forms.statistics import NoteForm, SharingForm
from bredele.web.backoffice.office import author, done, office, page
from bredele.web.registry.desk import Desk
from bredele.web.registry.publishing import current_version
from bredele.web.statistics import publicly
from bredele.web.statistics.asked import BadPeriod, read_asked
from bredele.web.statistics.dashboard import dashboard
from bredele.web.statistics.happened import InvalidAnnotation, NoSuchAnnotation, forget, happened, note
from bredele.web.statistics.models import Annotation
from bredele.web.statistics.panels import TITLES
from bredele.web.statistics.sharing import share, shared
from bredele.web.statistics.store import counting

SETUP = "backoffice/parts/counting.html"
"""What an owner may do while nothing is counted."""


@require_safe
@office
def statistics(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The dashboard; an address that asks for what there is not shows the last thirty days and says why."""
    try:
        shown, status = context(desk, request.GET), 200
    except BadPeriod as problem:
        shown, status = {**context(desk, QueryDict()), "problem": problem}, 422
    return page(request, desk, "statistics", "statistics.html", shown, status=status)


def context(desk: Desk, query: QueryDict) -> dict[str, Any]:
    """What the page shows."""
    here, version = counting(), current_version(desk.slug)
    now = here.now()
    asked = read_asked(query, now.date())
    mode = version.registry.statistics if version else ""
    events = happened(desk.slug, asked.span, here.zone)
    return {
        "board": dashboard(here.fresh_store(), desk.slug, asked, now, events, visitors=mode == "visitors"),
        "mode": mode,
        "zone": here.settings.time_zone,
        "origin": desk.site.origin,
        "setup": SETUP,
        "query": asked.address(),
        "shared": shared(desk.slug),
    }


@require_safe
@office
def download(request: HttpRequest, desk: Desk, form: str) -> HttpResponse:
    """What the dashboard shows, as JSON or CSV."""
    return publicly.of_owner(request, desk.slug, desk.site.origin, form)


@require_http_methods(["GET", "HEAD", "POST"])
@office
def notes(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What happened on which day: the list, and a form for one more."""
    now = counting().now()
    if request.method != "POST":
        return noted(request, desk, NoteForm(initial={"day": now.date()}))
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            note(desk.slug, form.cleaned_data["day"], form.cleaned_data["text"], author(request), now)
            return done("noted", "statistics-notes", desk.slug)
        except InvalidAnnotation as error:
            form.add_error(error.where, f"{error.message} {error.cure}")
    return noted(request, desk, form, status=422)


def noted(request: HttpRequest, desk: Desk, form: NoteForm, status: int = 200) -> HttpResponse:
    """The page of notes."""
    kept = Annotation.objects.filter(site=desk.slug).order_by("-day", "-pk")[:200]
    return page(request, desk, "statistics", "notes.html", {"form": form, "notes": kept}, status=status)


@require_POST
@office
def delete_note(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Forget one; one that is gone already is gone."""
    with suppress(NoSuchAnnotation):
        forget(desk.slug, number)
    return done("forgotten", "statistics-notes", desk.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@office
def sharing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who may see the statistics, and the lines that put a panel into a page."""
    decided = shared(desk.slug)
    form = SharingForm(request.POST if request.method == "POST" else None, decided=decided)
    if request.method == "POST" and form.is_valid():
        share(desk.slug, form.decided())
        return done("shared", "statistics-sharing", desk.slug)
    embeds = [(name, str(TITLES[name])) for name in TITLES]
    shown = {"form": form, "shared": decided, "embeds": [("figures", "Key figures"), ("chart", "Chart"), *embeds]}
    return page(request, desk, "statistics", "sharing.html", shown, status=422 if form.errors else 200)
