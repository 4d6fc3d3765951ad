"""The draft of a site: every change is kept with its author and can be undone."""

from datetime import datetime

import msgspec
from django.db import transaction

from bredele.core.errors import BredeleError
from bredele.core.registry import Registry
from bredele.web.registry.models import Draft, Site


class NoSuchSite(BredeleError):
    """A slug no site has."""


class NothingToUndo(BredeleError):
    """The draft is at its first change."""


def find_site(slug: str) -> Site:
    """The site; raises NoSuchSite."""
    site = Site.objects.select_related("draft").filter(slug=slug).first()
    if site is None:
        known = ", ".join(Site.objects.values_list("slug", flat=True)) or "none yet"
        raise NoSuchSite("There is no such site.", where=slug, cure=f"Known: {known}. `bredele site add` makes one.")
    return site


def draft(slug: str) -> Registry:
    """The registry as drafted; an empty one before the first change."""
    site = find_site(slug)
    return read(site.draft) if site.draft else Registry()


def read(change: Draft) -> Registry:
    """The registry after this change."""
    return msgspec.json.decode(bytes(change.registry), type=Registry)


def history(slug: str) -> list[Draft]:
    """Every change, newest first."""
    return list(find_site(slug).drafts.all())


@transaction.atomic
def change(slug: str, registry: Registry, author: str, moment: datetime, note: str = "") -> Draft:
    """Make this the draft. `note` says in a few words what was done."""
    site = find_site(slug)
    last = site.drafts.first()
    made = site.drafts.create(
        number=last.number + 1 if last else 1,
        before=site.draft,
        author=author,
        made=moment,
        note=note[:200],
        registry=msgspec.json.encode(registry, order="deterministic"),
    )
    Site.objects.filter(pk=site.pk).update(draft=made)
    return made


@transaction.atomic
def undo(slug: str) -> Draft:
    """Back to the draft as it was before the last change, which stays in the history; raises NothingToUndo."""
    site = find_site(slug)
    before = site.draft.before if site.draft else None
    if before is None:
        raise NothingToUndo("There is no earlier draft.", where=slug)
    Site.objects.filter(pk=site.pk).update(draft=before)
    return before
