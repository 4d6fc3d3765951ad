"""Sites and their drafts, problems, versions and proofs: for callers who are known."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Status

from bredele.core.errors import UnknownVersion
from bredele.core.validation import problems as problems_of
from bredele.formats import json as registry_json
from bredele.formats.domains import registrable_domain
from bredele.web.api.auth import ANYONE_KNOWN, caller
from bredele.web.api.errors import NoProof
from bredele.web.api.preconditions import etag, revision_read
from bredele.web.api.schemas.problems import DraftProblem, DraftProblems
from bredele.web.api.schemas.sites import ProofOut, PublishedOut, SavedDraft, SiteOut
from bredele.web.api.shapes import IF_MATCH, KNOWN, OF_A_SITE, REGISTRY_IN, REGISTRY_OUT, SCAN_OUT, VERSION_OUT, faults
from bredele.web.registry import desk as desks
from bredele.web.registry import publishing
from bredele.web.registry.drafts import find_site
from bredele.web.registry.models import PublishedVersion, Site
from bredele.web.scans import proofs
from bredele.web.scans.models import Proof

router = Router(tags=["sites"], auth=ANYONE_KNOWN)


@router.get("/sites", response={200: list[SiteOut], **KNOWN}, operation_id="sites", summary="List the sites")
def sites(request: HttpRequest) -> list[SiteOut]:
    """Every site the caller may see."""
    only = caller(request).site
    rows = Site.objects.select_related("draft")
    return [site_out(row) for row in (rows.filter(slug=only) if only else rows)]


def site_out(row: Site) -> SiteOut:
    """A site with its numbers."""
    current = row.versions.first()
    return SiteOut(
        slug=row.slug,
        origin=row.origin,
        hosts=row.hosts,
        default=row.default,
        demo=row.demo,
        revision=row.draft.number if row.draft else 0,
        version=current.number if current else None,
    )


@router.get(
    "/sites/{slug}/draft",
    operation_id="draft",
    summary="Read the draft",
    response=OF_A_SITE,
    openapi_extra=REGISTRY_OUT,
)
def read_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as JSON (`schema = 1`). The answer's ETag is the revision that a later PUT names in If-Match."""
    caller(request, slug)
    desk = desks.open_desk(slug)
    response = HttpResponse(registry_json.write_registry(desk.registry), content_type="application/json")
    response.headers["ETag"] = etag(desk.revision)
    return response


@router.put(
    "/sites/{slug}/draft",
    response={200: SavedDraft, **OF_A_SITE, **faults(412, 413, 422, 428)},
    operation_id="save_draft",
    summary="Replace the draft",
    openapi_extra={**REGISTRY_IN, **IF_MATCH},
)
def save_draft(request: HttpRequest, slug: str, response: HttpResponse) -> SavedDraft:
    """Make the body the draft. If-Match must name the revision that was read: 412 if someone changed it since."""
    author = caller(request, slug, writes=True).name
    desks.open_desk(slug)
    read = revision_read(request)
    registry = registry_json.read_registry(request.body)
    made = desks.save(slug, registry, read=read, author=author, moment=timezone.now(), note="Saved through the API")
    response.headers["ETag"] = etag(made.number)
    return SavedDraft(revision=made.number)


@router.get(
    "/sites/{slug}/problems",
    response={200: DraftProblems, **OF_A_SITE},
    operation_id="problems",
    summary="Check the draft",
)
def problems(request: HttpRequest, slug: str) -> DraftProblems:
    """Everything that stands against publishing the draft, each with its place and cure."""
    caller(request, slug)
    desk = desks.open_desk(slug)
    found = problems_of(desk.registry, publishing=True, registrable_domain=registrable_domain)
    return DraftProblems(
        revision=desk.revision,
        blocked=any(problem.severity == "error" for problem in found),
        problems=[
            DraftProblem(severity=one.severity, code=one.code, where=one.where, message=one.message, cure=one.cure)
            for one in found
        ],
    )


@router.post(
    "/sites/{slug}/publish",
    response={201: PublishedOut, **OF_A_SITE, **faults(409, 412, 428)},
    operation_id="publish",
    summary="Publish the draft",
    openapi_extra=IF_MATCH,
)
def publish(request: HttpRequest, slug: str) -> Status[PublishedOut]:
    """Publish the draft as the next version: 409 with the problems while errors exist, 412 if the draft changed."""
    author = caller(request, slug, writes=True).name
    desk, read = desks.open_desk(slug), revision_read(request)
    if desk.revision != read:
        raise desks.StaleDraft(desk, read)
    number = publishing.publish(slug, timezone.now(), author).number
    return Status(HTTPStatus.CREATED, published_out(row_of(slug, number)))


@router.get(
    "/sites/{slug}/versions",
    response={200: list[PublishedOut], **OF_A_SITE},
    operation_id="versions",
    summary="List the versions",
)
def versions(request: HttpRequest, slug: str) -> list[PublishedOut]:
    """Every published version, the one in force first."""
    caller(request, slug)
    return [published_out(row) for row in find_site(slug).versions.defer("document")]


@router.get(
    "/sites/{slug}/versions/{int:number}",
    operation_id="version",
    summary="Read a version",
    response=OF_A_SITE,
    openapi_extra=VERSION_OUT,
)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version, byte for byte as its SHA-256 says; it never changes."""
    caller(request, slug)
    row = row_of(slug, number)
    response = HttpResponse(bytes(row.document), content_type="application/json")
    response.headers["ETag"] = f'"{row.sha256}"'
    return response


@router.get(
    "/sites/{slug}/proof", response={200: ProofOut, **OF_A_SITE}, operation_id="proof", summary="Read the latest proof"
)
def proof(request: HttpRequest, slug: str) -> ProofOut:
    """What the latest scan says of the version in force."""
    found = latest_proof(request, slug)
    current = find_site(slug).versions.first()
    return ProofOut(
        verified=found.verifies(current.number if current else None),
        **{name: getattr(found, name) for name in ProofOut.model_fields if name != "verified"},
    )


@router.get(
    "/sites/{slug}/proof/evidence",
    operation_id="evidence",
    summary="Read the evidence",
    response=OF_A_SITE,
    openapi_extra=SCAN_OUT,
)
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest scan's JSON, byte for byte as its SHA-256 says; values are masked."""
    found = latest_proof(request, slug)
    response = HttpResponse(proofs.evidence(found), content_type="application/json")
    response.headers["ETag"] = f'"{found.sha256}"'
    return response


def latest_proof(request: HttpRequest, slug: str) -> Proof:
    """The newest proof of a site the caller may see; raises NoProof."""
    caller(request, slug)
    find_site(slug)
    found = proofs.latest(slug)
    if found is None:
        raise NoProof("No scan is recorded yet.", where=slug, cure=f"Run `bredele check ORIGIN --against {slug}`.")
    return found


def row_of(slug: str, number: int) -> PublishedVersion:
    """One published version; raises UnknownVersion."""
    row = find_site(slug).versions.filter(number=number).first()
    if row is None:
        raise UnknownVersion(f"Version {number} was never published.", where=slug, cure="See the list of versions.")
    return row


def published_out(row: PublishedVersion) -> PublishedOut:
    """A version as the API tells it."""
    return PublishedOut(number=row.number, published=row.published, sha256=row.sha256, by=row.by)
