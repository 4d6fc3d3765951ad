"""Every change of the draft: see it, undo the last one, restore any."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bredele.core.registry import Registry
from bredele.web.backoffice.changes import between
from bredele.web.backoffice.keeping import read_revision
from bredele.web.backoffice.office import author, done, office, page
from bredele.web.registry import desk as desks
from bredele.web.registry import drafts
from bredele.web.registry.desk import Desk

A_PAGE = 50


@require_safe
@office
def history(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The changes, newest first."""
    changes = desk.site.drafts.select_related("before").defer("registry", "before__registry")
    shown = Paginator(changes, A_PAGE).get_page(request.GET.get("page"))
    return page(request, desk, "history", "history.html", {"shown": shown, "undoable": undoable(desk)})


@require_safe
@office
def revision(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """One change: what it did."""
    made = desks.revision(desk.slug, number)
    before = drafts.read(made.before) if made.before else Registry()
    context = {"made": made, "changes": between(before, drafts.read(made)), "current": number == desk.revision}
    return page(request, desk, "history", "revision.html", context)


@require_POST
@office
def undo(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Back to the draft before the last change."""
    if undoable(desk):
        desks.undo(desk.slug, read=read_revision(request))
    return done("undone" if undoable(desk) else "", "history", desk.slug)


@require_POST
@office
def restore(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Make an earlier revision the draft again."""
    desks.restore(desk.slug, number, read=read_revision(request), author=author(request), moment=timezone.now())
    return done("restored", "history", desk.slug)


def undoable(desk: Desk) -> bool:
    """Whether there is an earlier draft to go back to."""
    return desk.site.draft is not None and desk.site.draft.before_id is not None
