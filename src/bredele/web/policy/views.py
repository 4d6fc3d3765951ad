"""Pages of the site's policy: trust page, policy, twins, versions and what changed between two."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bredele.core.policy import build
from bredele.formats.archive import archived, encode_manifest, manifest_of
from bredele.formats.disclosures import as_disclosures
from bredele.formats.domains import registrable_domain
from bredele.web.enforcement.request import SiteRequest
from bredele.web.policy import archive, paper
from bredele.web.policy.changes import compared
from bredele.web.policy.glance import glance
from bredele.web.policy.proof import INERT, fingerprint_of, kind_of, proof_files
from bredele.web.policy.standing import standing
from bredele.web.policy.twin import FORMS, twin
from bredele.web.statistics.sharing import shared


@require_safe
def trust(request: SiteRequest) -> HttpResponse:
    """What the site stores, in one glance."""
    site = request.site
    if site.version is None:
        return render(request, "bredele/unpublished.html")
    context = {
        "glance": glance(site.version, request.lang, registrable_domain),
        "version": site.version,
        "standing": standing(site.slug, site.version.number),
        "public": request.known_host and shared(site.slug).public,
    }
    return render(request, "bredele/trust.html", context)


@require_safe
def policy(request: SiteRequest) -> HttpResponse:
    """The policy in force, generated from the published version only (POL-01)."""
    site = request.site
    if site.version is None:
        return render(request, "bredele/unpublished.html")
    context = {
        "document": build(site.version, request.lang, registrable_domain),
        "paper": paper.available(),
        "version": site.version,
        "standing": standing(site.slug, site.version.number),
    }
    return render(request, "bredele/policy/page.html", context)


@require_safe
def policy_json(request: SiteRequest) -> HttpResponse:
    """The same for machines; any page may read it, without credentials."""
    body = twin(request.site, request.lang)
    if body is None:
        raise Http404
    response = HttpResponse(body, content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def policy_as(request: SiteRequest, form: str) -> HttpResponse:
    """The same rows in another form: `txt`, `md`, `csv`, `jsonld`; any page may read it, without credentials."""
    version = request.site.version
    if version is None:
        raise Http404
    kind, write = FORMS[form]
    response = HttpResponse(write(version, request.lang), content_type=kind)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def disclosures(request: SiteRequest) -> HttpResponse:
    """The declarations in the form of a device storage disclosure."""
    version = request.site.version
    if version is None:
        raise Http404
    response = HttpResponse(as_disclosures(version.registry, request.lang), content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def policy_pdf(request: SiteRequest) -> HttpResponse:
    """The same on paper (V4); 404 where the installation has no `[pdf]`."""
    version = request.site.version
    if version is None or not paper.available():
        raise Http404
    response = HttpResponse(paper.printed(version, request.lang), content_type="application/pdf")
    name = f"cookies-policy-{version.number}-{request.lang}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_safe
def versions(request: SiteRequest) -> HttpResponse:
    """Every version with its archived pages and their fingerprints."""
    if request.site.version is None:
        return render(request, "bredele/unpublished.html")
    return render(request, "bredele/policy/versions.html", {"versions": archive.versions(request.site)})


@require_safe
def version(request: SiteRequest, number: str) -> HttpResponse:
    """The archived bytes exactly, without page chrome; their SHA-256 in a header."""
    page = archive.page(request.site, int(number), request.lang)
    if page is None:
        raise Http404
    response = HttpResponse(page.body, content_type="text/html; charset=utf-8")
    response.headers["X-Content-SHA256"] = page.sha256
    response.headers["Content-Language"] = page.language
    return response


@require_safe
def proof(request: SiteRequest, number: str) -> HttpResponse:
    """Everything archived of a version, each file with its hash and its permanent address."""
    found = manifest_of(settings.BREDELE.data, request.site.slug, int(number))
    if found is None:
        raise Http404
    files = proof_files(found)
    context = {
        "manifest": found,
        "sha256": fingerprint_of(found),
        "files": files,
        "pictured": any(one.picture for one in files),
    }
    return render(request, "bredele/policy/proof.html", context)


@require_safe
def manifest(request: SiteRequest, number: str) -> HttpResponse:
    """The newest manifest of a version: the very bytes whose SHA-256 consent records cite; any page may read it."""
    found = manifest_of(settings.BREDELE.data, request.site.slug, int(number))
    if found is None:
        raise Http404
    response = HttpResponse(encode_manifest(found), content_type="application/json")
    response.headers["X-Content-SHA256"] = fingerprint_of(found)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def archived_file(request: SiteRequest, digest: str) -> HttpResponse:
    """The archived bytes of this hash, for ever. What was a page is shown, but it can neither post nor run."""
    data = archived(settings.BREDELE.data, request.site.slug, digest)
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type=kind_of(data))
    response.headers["X-Content-SHA256"] = digest
    response.headers["Content-Security-Policy"] = INERT
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def compare(request: SiteRequest, old: str, new: str) -> HttpResponse:
    """What changed between two versions, material changes first."""
    found = compared(request.site, int(old), int(new), request.lang)
    if found is None:
        raise Http404
    return render(request, "bredele/policy/changes.html", {"comparison": found})
