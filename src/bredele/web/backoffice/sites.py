"""The list of sites, and the overview of one: what is in force, what is drafted, what to do next."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bredele.core.registry import Registry, Version
from bredele.web.backoffice.changes import Sorted, between
from bredele.web.backoffice.examining import publishing_problems
from bredele.web.backoffice.office import address, office, page
from bredele.web.registry.desk import Desk, open_desk
from bredele.web.registry.models import Site
from bredele.web.registry.publishing import current_version
from bredele.web.scans import proofs
from bredele.web.scans.models import Proof


@dataclass(frozen=True)
class Overview:
    """One site at a glance."""

    desk: Desk
    version: Version | None
    proof: Proof | None
    changes: Sorted
    errors: int
    warnings: int

    @property
    def name(self) -> str:
        """The site's name as drafted, in the first language that has one; else its slug."""
        return next(iter(self.desk.registry.site.name.values()), self.desk.slug)

    @property
    def verified(self) -> bool:
        """Whether the version in force was scanned and nothing contradicted it."""
        return self.proof is not None and self.proof.verifies(self.version.number if self.version else None)

    @property
    def changed(self) -> bool:
        """Whether the draft says something that is not in force."""
        return bool(len(self.changes))

    @property
    def next_step(self) -> tuple[str, str]:
        """Label and address of what to do now."""
        slug = self.desk.slug
        if not self.desk.registry.cookies:
            return "Declare what the site stores", address("declarations", slug)
        if self.errors:
            return f"Mend {self.errors} problem{'s' if self.errors > 1 else ''}", address("checks", slug)
        if self.changed:
            return "Review and publish", address("publish", slug)
        return "Look at the declarations", address("declarations", slug)


def overview(desk: Desk) -> Overview:
    """The site as it stands."""
    version = current_version(desk.slug)
    found = publishing_problems(desk.registry)
    return Overview(
        desk=desk,
        version=version,
        proof=proofs.latest(desk.slug),
        changes=between(version.registry if version else Registry(), desk.registry),
        errors=sum(problem.severity == "error" for problem in found),
        warnings=sum(problem.severity == "warning" for problem in found),
    )


@login_required
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """Every site of this server."""
    shown = [overview(open_desk(slug)) for slug in Site.objects.values_list("slug", flat=True)]
    return render(request, "backoffice/sites.html", {"sites": shown})


@require_safe
@office
def site(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One site."""
    return page(request, desk, "site", "site.html", {"overview": overview(desk)})
