"""The proofs of a site: every recorded scan, and each in full, with what changed and what is not declared yet."""

from collections.abc import Callable
from importlib.util import find_spec

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bredele.core.errors import UnreadableDocument
from bredele.formats.knowledge.matching import knowledge
from bredele.scanner.reports.html import as_html
from bredele.scanner.reports.sarif import as_sarif
from bredele.scanner.reports.subject import Subject
from bredele.web.backoffice.office import office, page
from bredele.web.enforcement.index import site_index
from bredele.web.registry.desk import Desk
from bredele.web.registry.publishing import current_version
from bredele.web.scans import bundles
from bredele.web.scans import proofs as proofs_of
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


def proof_of(desk: Desk, number: int) -> Proof:
    """The proof of a number; 404 if this site has none."""
    found = Proof.objects.filter(site=desk.slug, pk=number).first()
    if found is None:
        raise Http404
    return found


@require_safe
@office
def download(request: HttpRequest, desk: Desk, number: int, form: str) -> HttpResponse:
    """One scan as a file: `evidence.zip`, or a report made now of what was recorded."""
    found = proof_of(desk, number)
    if form not in FORMS:
        raise Http404
    kind, make = FORMS[form]
    try:
        content = make(found)
    except (OSError, UnreadableDocument, ModuleNotFoundError):
        raise Http404 from None
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{desk.slug}-{found.when:%Y%m%d}-{form}"'
    return response


def subject(found: Proof) -> Subject:
    """What a report is about: the recorded scan, and the version it was compared with."""
    version = site_index().version(found.site, found.version) if found.version else None
    return Subject(proofs_of.scan_of(found), version.registry if version else None)


def as_pdf(found: Proof) -> bytes:
    """The report on paper; ModuleNotFoundError without the `[pdf]` extra."""
    from bredele.scanner.reports.pdf import as_pdf as made

    return made(subject(found))


Make = Callable[[Proof], bytes]
FORMS: dict[str, tuple[str, Make]] = {
    "evidence.zip": ("application/zip", lambda found: bundles.path_of(found).read_bytes()),
    "report.html": ("text/html; charset=utf-8", lambda found: as_html(subject(found))),
    "report.pdf": ("application/pdf", as_pdf),
    "scan.json": ("application/json", proofs_of.evidence),
    "scan.sarif": ("application/sarif+json", lambda found: as_sarif(subject(found))),
}
"""What a proof can be downloaded as: type and maker."""


@require_safe
@office
def proof(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """One scan in full."""
    found = proof_of(desk, number)
    told = report(found, current_version(desk.slug))
    context = {
        "report": told,
        "bundle": bundles.path_of(found).is_file(),
        "pdf": find_spec("typst") is not None,
        "drift": since(found, previous(found)),
        "undeclared": list(undeclared(told.scan, desk.registry, knowledge(settings.BREDELE.data))) if told.scan else [],
    }
    return page(request, desk, "proofs", "proof.html", context)
