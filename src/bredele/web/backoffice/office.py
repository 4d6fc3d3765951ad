"""What every page of the back office shares: sign-in, the draft on the desk, the frame, what was done, conflicts."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bredele.core.errors import BredeleError
from bredele.web.backoffice.changes import since
from bredele.web.backoffice.forms.fields import OfficeForm
from bredele.web.enforcement.see_other import SeeOther
from bredele.web.registry import desk as desks
from bredele.web.registry.desk import Desk, NoSuchRevision, StaleDraft
from bredele.web.registry.drafts import NoSuchSite

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Desk, P], HttpResponse]

DONE = {
    "saved": "Saved.",
    "added": "The declaration is added.",
    "deleted": "The declaration is deleted.",
    "imported": "Imported into the draft.",
    "undone": "The last change is undone. It stays in the history.",
    "restored": "The earlier revision is the draft again.",
    "published": "Published. It is in force now.",
    "tested": "The test is on its way.",
    "checked": "The statistics were checked just now.",
    "asked": "A scan was asked for.",
    "stopped": "The scan ends with what it has seen.",
    "scheduled": "Saved.",
    "erased": "The records are erased for good, and the log says so.",
    "noted": "It stands beside the figures now.",
    "forgotten": "The note is gone.",
    "shared": "Saved.",
    "renewed": "The webhook has a new secret. The old one is worth nothing any more.",
}
"""What a page says once something was done (`?done=`); there is no message cookie and no message in the session."""
CAN_BE_UNDONE = ("saved", "added", "deleted", "imported", "restored")
SECTIONS = (
    ("site", "Overview"),
    ("declarations", "Declarations"),
    ("purposes", "Purposes"),
    ("facts", "Site facts"),
    ("import", "Import, export"),
    ("checks", "Checks"),
    ("publish", "Publish"),
    ("history", "History"),
    ("versions", "Versions"),
    ("scans", "Scans"),
    ("proofs", "Proofs"),
    ("statistics", "Statistics"),
    ("choices", "Choices"),
    ("reports", "Mail and alerts"),
    ("assessment", "Self-assessment"),
    ("ledger", "Ledger"),
)
"""Address name (after `backoffice-`) and label of each page of a site."""


class NoSuchDeclaration(BredeleError):
    """A place in the draft that holds no declaration."""


def office(view: View[P]) -> Callable[..., HttpResponse]:
    """A page of one site: signed in, with its draft; an unknown site, revision or declaration is a 404 that says so."""

    @login_required
    @wraps(view)
    def opened(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, desks.open_desk(slug), *args, **kwargs)
        except (NoSuchSite, NoSuchRevision, NoSuchDeclaration) as error:
            return render(request, "backoffice/missing.html", {"error": error}, status=404)
        except StaleDraft as stale:
            return conflict(request, stale)

    return opened


def page(
    request: HttpRequest, desk: Desk, section: str, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of a site in its frame; `section` is one of SECTIONS."""
    done = request.GET.get("done", "")
    frame = {
        "desk": desk,
        "section": section,
        "sections": [(name, label, address(name, desk.slug)) for name, label in SECTIONS],
        "done": DONE.get(done, ""),
        "can_undo": done in CAN_BE_UNDONE and desk.site.draft is not None and desk.site.draft.before_id is not None,
    }
    return render(request, f"backoffice/{template}", {**frame, **context}, status=status)


def address(name: str, *args: Any) -> str:
    """The path of a back-office page."""
    return reverse(f"backoffice-{name}", args=args)


def done(what: str, name: str, *args: Any) -> HttpResponse:
    """303 to the page that says what was done."""
    return SeeOther(f"{address(name, *args)}?done={what}")


def author(request: HttpRequest) -> str:
    """The name written beside a change."""
    return request.user.get_username()


def conflict(
    request: HttpRequest, stale: StaleDraft, form: OfficeForm | None = None, fields: str = "", action: str = ""
) -> HttpResponse:
    """409: who changed what since the draft was read. `form` holds what was typed, `fields` is their template."""
    meanwhile = since(stale.desk, stale.read)
    context = {"stale": stale, "meanwhile": meanwhile, "form": form, "fields": fields, "action": action}
    return page(request, stale.desk, "", "conflict.html", context, status=409)
