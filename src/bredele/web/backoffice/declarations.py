"""Declarations: the table, and adding, editing, copying and deleting one."""

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from bredele.core.declaration import Declaration
from bredele.core.diff import paired
from bredele.core.errors import UnreadableDocument
from bredele.core.registry import Registry
from bredele.formats.knowledge.matching import knowledge
from bredele.web.backoffice.examining import faults, publishing_problems, tidy
from bredele.web.backoffice.forms.declaration import KINDS, DeclarationForm, purpose_choices
from bredele.web.backoffice.keeping import read_revision, restamped, save
from bredele.web.backoffice.office import NoSuchDeclaration, address, conflict, done, office, page
from bredele.web.backoffice.table import Filter, read_filter, rows
from bredele.web.registry import desk as desks
from bredele.web.registry import drafts
from bredele.web.registry.desk import Desk, NoSuchRevision, StaleDraft
from bredele.web.scans import proofs
from bredele.web.scans.declaring import Undeclared, declaration_of, suggestion_for
from bredele.web.scans.models import Proof

NEW = Declaration(names=())


@require_safe
@office
def table(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every declaration of the draft, narrowed by the filter."""
    narrowed = read_filter(request.GET)
    everything = rows(desk.registry, publishing_problems(desk.registry))
    context = {
        "rows": [row for row in everything if narrowed.fits(row)],
        "total": len(everything),
        "filter": narrowed,
        "narrowed": narrowed != Filter(),
        "purposes": purpose_choices(desk.registry, NEW),
        "kinds": KINDS,
    }
    return page(request, desk, "declarations", "declarations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new declaration: empty, a copy (`?copy=<place>`), or of an item a scan saw (`?proof=<number>&item=<place>`)."""
    seen = seen_item(request, desk)
    if seen is not None:
        entry = declaration_of(seen.item, desk.site_host, seen.suggestion, desk.registry.site.languages[0])
        return edit_entry(request, desk, len(desk.registry.cookies), entry, seen)
    copied = request.GET.get("copy", "")
    entry = msgspec.structs.replace(at(desk, int(copied)), names=()) if copied.isdecimal() and len(copied) < 6 else NEW
    return edit_entry(request, desk, len(desk.registry.cookies), entry)


@require_http_methods(["GET", "HEAD", "POST"])
@office
def edit(request: HttpRequest, desk: Desk, place: int) -> HttpResponse:
    """The declaration at a place of the draft."""
    return edit_entry(request, desk, place, at_or_stale(request, desk, place))


@require_http_methods(["GET", "HEAD", "POST"])
@office
def delete(request: HttpRequest, desk: Desk, place: int) -> HttpResponse:
    """Ask, then take the declaration out of the draft."""
    entry = at_or_stale(request, desk, place)
    if request.method != "POST":
        return page(request, desk, "declarations", "delete.html", {"place": place, "entry": entry})
    kept = tuple(other for spot, other in enumerate(desk.registry.cookies) if spot != place)
    save(request, desk, msgspec.structs.replace(desk.registry, cookies=kept), f"Deleted {', '.join(entry.names)}")
    return done("deleted", "declarations", desk.slug)


def seen_item(request: HttpRequest, desk: Desk) -> Undeclared | None:
    """The item of a scan that is to be declared; None if none is named, NoSuchDeclaration if it is not there."""
    number, place = request.GET.get("proof", ""), request.GET.get("item", "")
    if not number and not place:
        return None
    numbers = all(word.isdecimal() and len(word) < 10 for word in (number, place))
    proof = Proof.objects.filter(site=desk.slug, pk=int(number)).first() if numbers else None
    try:
        items = proofs.scan_of(proof).observations if proof else ()
    except UnreadableDocument:
        items = ()
    if not numbers or int(place) >= len(items):
        raise NoSuchDeclaration("No scan saw this item.", where=f"proof {number}, item {place}", cure="See the proofs.")
    item = items[int(place)]
    known = knowledge(settings.BREDELE.data)
    return Undeclared(int(place), item, suggestion_for(item, desk.site_host, known))


def edit_entry(
    request: HttpRequest, desk: Desk, place: int, entry: Declaration, seen: Undeclared | None = None
) -> HttpResponse:
    """Show the form, or keep what it says; a stale one leads to the page of conflicts with all that was typed."""
    if request.method != "POST":
        form = DeclarationForm(registry=desk.registry, entry=entry, revision=desk.revision)
        return form_page(request, desk, place, form, seen)
    form = DeclarationForm(request.POST, registry=desk.registry, entry=entry)
    if read_revision(request) != desk.revision:
        return stale_entry(request, StaleDraft(desk, read_revision(request)), place)
    if form.is_valid():
        changed = put(desk.registry, place, form.declaration())
        form.show_problems(faults(changed, f"cookies[{place}]"))
    if not form.is_valid():
        return form_page(request, desk, place, form, seen)
    what = "Changed" if place < len(desk.registry.cookies) else "Added"
    try:
        save(request, desk, tidy(changed), f"{what} {', '.join(form.declaration().names)}")
    except StaleDraft as stale:
        return stale_entry(request, stale, place)
    return done("saved" if what == "Changed" else "added", "declarations", desk.slug)


def form_page(
    request: HttpRequest, desk: Desk, place: int, form: DeclarationForm, seen: Undeclared | None = None
) -> HttpResponse:
    """The form; 422 if something must be mended."""
    is_new = place >= len(desk.registry.cookies)
    context = {"form": form, "place": place, "entry": form.entry, "is_new": is_new, "seen": seen}
    return page(request, desk, "declarations", "declaration.html", context, status=422 if form.errors else 200)


def stale_entry(request: HttpRequest, stale: StaleDraft, place: int) -> HttpResponse:
    """The page of conflicts: what was typed goes to where the entry is now, or becomes a new one if it is gone."""
    before = entry_then(stale, place)
    cookies = stale.desk.registry.cookies
    found = next((spot for spot, entry in enumerate(cookies) if before and paired(before, entry)), len(cookies))
    entry = cookies[found] if found < len(cookies) else before or NEW
    form = DeclarationForm(restamped(request, stale), registry=stale.desk.registry, entry=entry)
    is_new = found == len(cookies)
    action = address("add", stale.desk.slug) if is_new else address("declaration", stale.desk.slug, found)
    return conflict(request, stale, form, "backoffice/parts/declaration.html", action)


def entry_then(stale: StaleDraft, place: int) -> Declaration | None:
    """The entry as it was at the revision that was read; None if it was new."""
    try:
        cookies = drafts.read(desks.revision(stale.desk.slug, stale.read)).cookies
    except NoSuchRevision:
        return None
    return cookies[place] if place < len(cookies) else None


def at(desk: Desk, place: int) -> Declaration:
    """The declaration at a place; raises NoSuchDeclaration."""
    if place >= len(desk.registry.cookies):
        raise NoSuchDeclaration("There is no such declaration.", where=f"cookies[{place}]", cure="See the table.")
    return desk.registry.cookies[place]


def at_or_stale(request: HttpRequest, desk: Desk, place: int) -> Declaration:
    """As `at`; for a stale form, whose place may be gone, a blank: the revision decides then."""
    if request.method == "POST" and read_revision(request) != desk.revision:
        return desk.registry.cookies[place] if place < len(desk.registry.cookies) else NEW
    return at(desk, place)


def put(registry: Registry, place: int, entry: Declaration) -> Registry:
    """The registry with this entry at a place, at the end if the place is free."""
    cookies = (*registry.cookies[:place], entry, *registry.cookies[place + 1 :])
    return msgspec.structs.replace(registry, cookies=cookies)
