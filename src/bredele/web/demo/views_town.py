"""The town's pages: home, news, film, theme switch, and a page that shows the visitor's own cookies."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from bredele.web.demo import reading, season
from bredele.web.demo.content.books import SHELF
from bredele.web.demo.content.news import STORIES, STORY
from bredele.web.demo.content.seasons import SEASONS
from bredele.web.demo.content.words_partner import CAPTIONS
from bredele.web.demo.cookies import THEME, set_if_allowed
from bredele.web.demo.frame import frame
from bredele.web.demo.happened import happenings
from bredele.web.enforcement.request import SiteRequest
from bredele.web.enforcement.see_other import SeeOther
from bredele.web.preferences.views import refused

Words = Mapping[str, object]
"""What a template is told."""


@require_safe
def home(request: SiteRequest) -> HttpResponse:
    """The town's front page. Under `demo --lie` it carries a script that nobody declared."""
    context = {"stories": STORIES, "shelf": SHELF[:4], "lie": settings.BREDELE_DEMO_LIE}
    return page(request, "home", context)


@require_safe
def news(request: SiteRequest) -> HttpResponse:
    """Every article."""
    return page(request, "news", {"stories": STORIES})


@require_safe
def story(request: SiteRequest, slug: str) -> HttpResponse:
    """One article."""
    if slug not in STORY:
        raise Http404
    others = [other for other in STORIES if other.slug != slug][:3]
    return page(request, "story", {"story": STORY[slug], "others": others})


@require_safe
def film(request: SiteRequest) -> HttpResponse:
    """A film whose player is the partner's: on the page only if the visitor lets it."""
    return page(request, "film", {"captions": CAPTIONS})


@require_safe
def happened(request: SiteRequest) -> HttpResponse:
    """What the visitor's browser sent with this very request, and why each of it may be there."""
    rows = happenings(request)
    context = {"rows": rows, "any_sent": any(row.sent for row in rows), "read": reading.pages_read(request)}
    return page(request, "happened", context)


@csrf_exempt
@require_POST
def theme(request: SiteRequest) -> HttpResponse:
    """Change the look, then 303 back: remembered if the visitor allows it, else in the address of one page."""
    refusal = refused(request)
    if refusal is not None:
        return refusal
    chosen, address = request.POST.get("theme", ""), request.POST.get("next", "")
    if chosen not in SEASONS:
        return unusable("theme", SEASONS)
    remembered = SeeOther(season.back(address))
    if set_if_allowed(request, remembered, THEME, chosen):
        return remembered
    return SeeOther(season.back(address, chosen))


def not_found(request: SiteRequest, exception: Exception) -> HttpResponse:
    """404, in words."""
    return page(request, "lost", status=404)


def page(request: SiteRequest, template: str, context: Words | None = None, status: int = 200) -> HttpResponse:
    """A page of the town in its frame; counted in the visitor's own cookie if they allow measurement."""
    response = render(request, f"demo/town/{template}.html", {"town": frame(request), **(context or {})}, status=status)
    reading.count(request, response)
    return response


def unusable(field: str, known: Iterable[str]) -> HttpResponse:
    """422 that names the field and what it may hold."""
    message = f'"{field}" must be one of: {", ".join(known)}.\n'
    return HttpResponse(message, status=422, content_type="text/plain; charset=utf-8")
