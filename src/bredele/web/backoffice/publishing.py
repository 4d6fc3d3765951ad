"""Checks, publishing and the versions of a site."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bredele.core.registry import Registry
from bredele.core.validation import Problem
from bredele.web.backoffice.changes import Sorted, sort
from bredele.web.backoffice.examining import publishing_problems
from bredele.web.backoffice.keeping import read_revision
from bredele.web.backoffice.links import link
from bredele.web.backoffice.office import author, done, office, page
from bredele.web.registry import publishing
from bredele.web.registry.desk import Desk, StaleDraft
from bredele.web.registry.errors import NothingToPublish, PublishingBlocked
from bredele.web.scans.models import Proof


@dataclass(frozen=True)
class Linked:
    """A problem with the address of the field that mends it, and the names of the entry it is about."""

    problem: Problem
    address: str
    about: str


def linked(problems: tuple[Problem, ...], desk: Desk) -> tuple[Linked, ...]:
    """The problems with their links."""
    registry = desk.registry
    return tuple(
        Linked(problem=found, address=link(found.where, desk.slug, registry), about=about(found.where, registry))
        for found in problems
    )


def about(where: str, registry: Registry) -> str:
    """The names of the declaration a place lies in; empty for any other place."""
    for place, entry in enumerate(registry.cookies):
        if where.startswith(f"cookies[{place}]"):
            return ", ".join(entry.names)
    return ""


@require_safe
@office
def checks(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everything that stands against publishing, each with its place and cure."""
    found = linked(publishing_problems(desk.registry), desk)
    groups = [
        (severity, label, [item for item in found if item.problem.severity == severity])
        for severity, label in (("error", "Blocks publishing"), ("warning", "Look at these"), ("note", "Good to know"))
    ]
    return page(request, desk, "checks", "checks.html", {"groups": groups, "total": len(found)})


@require_http_methods(["GET", "HEAD", "POST"])
@office
def publish(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What would change and who is asked again; POST publishes exactly the revision that was shown."""
    if request.method == "POST":
        if read_revision(request) != desk.revision:
            raise StaleDraft(desk, read_revision(request))
        try:
            publishing.publish(desk.slug, timezone.now(), author(request))
        except (PublishingBlocked, NothingToPublish):
            return publish_page(request, desk, status=409)
        return done("published", "versions", desk.slug)
    return publish_page(request, desk)


def publish_page(request: HttpRequest, desk: Desk, *, status: int = 200) -> HttpResponse:
    """The page that asks."""
    check = publishing.check(desk.slug)
    version = publishing.current_version(desk.slug)
    changes: Sorted = sort(check.changes, desk.registry)
    context = {
        "changes": changes,
        "blockers": linked(tuple(found for found in check.problems if found.severity == "error"), desk),
        "warnings": sum(found.severity == "warning" for found in check.problems),
        "version": version,
        "number": version.number + 1 if version else 1,
        "nothing": version is not None and not len(changes),
        "asked": desk.registry.needs_banner,
    }
    return page(request, desk, "publish", "publish.html", context, status=status)


@require_safe
@office
def versions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every published version, the one in force first, each with the latest proof of it."""
    proved: dict[int, Proof] = {}
    for proof in Proof.objects.filter(site=desk.slug, version__isnull=False).reverse():
        proved[proof.version or 0] = proof
    published = [(row, proved.get(row.number)) for row in desk.site.versions.defer("document")]
    return page(request, desk, "versions", "versions.html", {"published": published, "origin": desk.site.origin})
