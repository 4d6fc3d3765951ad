"""The public page of the proof, and its evidence as JSON."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bredele.core.errors import UnreadableDocument
from bredele.web.enforcement.request import SiteRequest
from bredele.web.scans import proofs
from bredele.web.scans.report import report


@require_safe
def proof(request: SiteRequest) -> HttpResponse:
    """The latest scan of this site in full; a kind page before the first."""
    found = proofs.latest(request.site.slug)
    context = {"version": request.site.version, "report": report(found, request.site.version) if found else None}
    return render(request, "scans/proof.html", context)


@require_safe
def proof_json(request: SiteRequest) -> HttpResponse:
    """The latest scan's evidence, byte for byte as its SHA-256 says; any page may read it, without credentials."""
    found = proofs.latest(request.site.slug)
    if found is None:
        raise Http404
    try:
        response = HttpResponse(proofs.evidence(found), content_type="application/json")
    except UnreadableDocument:
        raise Http404 from None
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Content-SHA256"] = found.sha256
    return response
