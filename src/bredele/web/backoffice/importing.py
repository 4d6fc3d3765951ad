"""Import in two steps, with a preview between them, and export."""

from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bredele.core.errors import BredeleError, InvalidRegistry
from bredele.core.registry import Registry
from bredele.formats import json as registry_json
from bredele.formats import toml
from bredele.web.backoffice.changes import between
from bredele.web.backoffice.examining import tidy, unwritable
from bredele.web.backoffice.forms.importing import ApplyForm, SourceForm
from bredele.web.backoffice.keeping import restamped, save
from bredele.web.backoffice.office import address, conflict, done, office, page
from bredele.web.backoffice.reading import Read, merge, read
from bredele.web.backoffice.table import rows
from bredele.web.registry.desk import Desk, StaleDraft

SHOWN = 100
"""Faults listed of a source that cannot be read; the rest are counted."""


@require_http_methods(["GET", "HEAD", "POST"])
@office
def import_source(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form; with a source, the preview of what it holds. Nothing is changed here."""
    if request.method != "POST":
        return page(request, desk, "import", "import.html", {"form": SourceForm()})
    form = SourceForm(request.POST, request.FILES)
    faults: list[BredeleError] = []
    if form.is_valid():
        try:
            return preview(request, desk, read(form.cleaned_data["source"], form.cleaned_data["format"]))
        except InvalidRegistry as error:
            faults = list(error.problems)
        except BredeleError as error:
            faults = [error]
    context = {"form": form, "faults": faults[:SHOWN], "more": len(faults[SHOWN:])}
    return page(request, desk, "import", "import.html", context, status=422)


def preview(request: HttpRequest, desk: Desk, found: Read) -> HttpResponse:
    """What was read, its warnings, and what each way of applying it would change."""
    mode = "add" if found.format == "policy text" else "replace"
    carried = msgspec.json.encode(found.registry).decode()
    form = ApplyForm(initial={"revision": desk.revision, "registry": carried, "mode": mode})
    return page(request, desk, "import", "preview.html", previewed(desk, found.registry, form) | {"found": found})


def previewed(desk: Desk, imported: Registry, form: ApplyForm) -> dict[str, Any]:
    """The facts of the page of preview."""
    return {
        "form": form,
        "rows": rows(imported, ()),
        "adding": between(desk.registry, merge(desk.registry, imported, "add")),
        "replacing": between(desk.registry, imported),
    }


@require_POST
@office
def apply(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Put what was previewed into the draft."""
    form = ApplyForm(request.POST)
    if not form.is_valid():
        faults = [BredeleError(str(words)) for errors in form.errors.values() for words in errors]
        return page(request, desk, "import", "import.html", {"form": SourceForm(), "faults": faults}, status=422)
    imported: Registry = form.cleaned_data["registry"]
    changed = merge(desk.registry, imported, form.cleaned_data["mode"])
    faults = [BredeleError(words, where=where) for where, words in unwritable(changed)]
    if faults:
        context = {"form": SourceForm(), "faults": faults[:SHOWN], "more": len(faults[SHOWN:])}
        return page(request, desk, "import", "import.html", context, status=422)
    note = f"Imported {len(imported.cookies)} declarations ({form.cleaned_data['mode']})"
    try:
        save(request, desk, tidy(changed), note)
    except StaleDraft as stale:
        again = ApplyForm(restamped(request, stale))
        return conflict(request, stale, again, "backoffice/parts/apply.html", address("apply", desk.slug))
    return done("imported", "declarations", desk.slug)


@require_safe
@office
def export(request: HttpRequest, desk: Desk, form: str) -> HttpResponse:
    """The draft as a file: `toml` or `json`."""
    if form not in ("toml", "json"):
        raise Http404
    write = toml.write_registry if form == "toml" else registry_json.write_registry
    response = HttpResponse(write(desk.registry), content_type=f"application/{form}")
    name = "cookies.toml" if form == "toml" else f"{desk.slug}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
