"""The facts of the site and its purposes: two forms over the draft, kept alike."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from bredele.core.registry import Registry
from bredele.web.backoffice.examining import faults, tidy
from bredele.web.backoffice.forms.facts import FactsForm
from bredele.web.backoffice.forms.purposes import PurposesForm
from bredele.web.backoffice.keeping import read_revision, restamped, save
from bredele.web.backoffice.office import address, conflict, done, office, page
from bredele.web.registry.desk import Desk, StaleDraft

Form = FactsForm | PurposesForm
Make = Callable[[QueryDict | None, Registry, int], Form]


@require_http_methods(["GET", "HEAD", "POST"])
@office
def facts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who answers for the site, its languages, its law."""
    return keep(request, desk, "facts", "site", "Changed the facts of the site", make_facts)


@require_http_methods(["GET", "HEAD", "POST"])
@office
def purposes(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The words of each purpose, and the site's own purposes."""
    return keep(request, desk, "purposes", "purposes", "Changed the purposes", make_purposes)


def make_facts(typed: QueryDict | None, registry: Registry, revision: int) -> FactsForm:
    """The form over the facts."""
    return FactsForm(typed, registry=registry, revision=revision)


def make_purposes(typed: QueryDict | None, registry: Registry, revision: int) -> PurposesForm:
    """The form over the purposes."""
    return PurposesForm(typed, registry=registry, revision=revision)


def keep(request: HttpRequest, desk: Desk, name: str, place: str, note: str, make: Make) -> HttpResponse:
    """Show the form, or keep what it says; a stale one leads to the page of conflicts with all that was typed."""
    if request.method != "POST":
        return page(request, desk, name, f"{name}.html", {"form": make(None, desk.registry, desk.revision)})
    try:
        form = make(request.POST, desk.registry, desk.revision)
        if read_revision(request) != desk.revision:
            raise StaleDraft(desk, read_revision(request))
        if form.is_valid():
            changed = form.result()
            form.show_problems(faults(changed, place))
        if not form.is_valid():
            return page(request, desk, name, f"{name}.html", {"form": form}, status=422)
        save(request, desk, tidy(changed), note)
    except StaleDraft as stale:
        typed = make(restamped(request, stale), stale.desk.registry, stale.desk.revision)
        return conflict(request, stale, typed, f"backoffice/parts/{name}.html", address(name, desk.slug))
    return done("saved", name, desk.slug)
