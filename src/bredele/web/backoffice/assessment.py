"""The self-assessment of a site for its authority: on screen, printed, as PDF; in English and French."""

from importlib.util import find_spec

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bredele.web.backoffice.office import done, office, page
from bredele.web.registry.desk import Desk
from bredele.web.reports import working
from bredele.web.reports.assessment.document import LANGUAGES, Assessment
from bredele.web.reports.assessment.making import as_pdf
from bredele.web.reports.assessment.making import assessment as make

NAMES = {"en": "English", "fr": "Français"}


@require_safe
@office
def assessment(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The document, with its checks as they last were."""
    made = made_for(request, desk)
    context = {
        "made": made,
        "pdf": find_spec("typst") is not None,
        "languages": [(code, NAMES[code]) for code in LANGUAGES],
    }
    return page(request, desk, "assessment", "assessment.html", context)


@require_safe
@office
def paper(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The same as PDF; 404 where the installation has no `[pdf]`."""
    made = made_for(request, desk)
    try:
        content = as_pdf(made)
    except ModuleNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{desk.slug}-self-assessment-{made.made:%Y%m%d}-{made.language}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@office
def check(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Check the statistics now."""
    working.check(timezone.now, lambda _line: None)
    return done("checked", "assessment", desk.slug)


def made_for(request: HttpRequest, desk: Desk) -> Assessment:
    """The document in the language asked for."""
    said = request.GET.get("lang", "")
    language = said if said in LANGUAGES else "en"
    return make(desk.slug, desk.site.origin, desk.registry, language, timezone.now())
