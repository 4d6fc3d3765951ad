"""The proofs of a site: every recorded scan, and each in full, with what changed and what is not declared yet."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bredele.formats.knowledge.matching import knowledge
from bredele.web.backoffice.office import office, page
from bredele.web.registry.desk import Desk
from bredele.web.registry.publishing import current_version
from bredele.web.scans.declaring import undeclared
from bredele.web.scans.drift import previous, since
from bredele.web.scans.models import Proof
from bredele.web.scans.report import report

A_PAGE = 50


@require_safe
@office
def proofs(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The scans, newest first."""
    shown = Paginator(Proof.objects.filter(site=desk.slug), A_PAGE).get_page(request.GET.get("page"))
    return page(request, desk, "proofs", "proofs.html", {"shown": shown, "version": current_version(desk.slug)})


@require_safe
@office
def proof(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """One scan in full."""
    found = Proof.objects.filter(site=desk.slug, pk=number).first()
    if found is None:
        raise Http404
    told = report(found, current_version(desk.slug))
    context = {
        "report": told,
        "drift": since(found, previous(found)),
        "undeclared": list(undeclared(told.scan, desk.registry, knowledge(settings.BREDELE.data))) if told.scan else [],
    }
    return page(request, desk, "proofs", "proof.html", context)
