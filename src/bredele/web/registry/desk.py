"""A draft on someone's desk: read with its revision, saved only while nobody else changed it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from bredele.core.errors import BredeleError
from bredele.core.registry import Registry
from bredele.web.registry import drafts
from bredele.web.registry.models import Draft, Site


@dataclass(frozen=True)
class Desk:
    """The draft of one site as it was read. `revision` is the number of its last change, 0 before the first."""

    site: Site
    registry: Registry
    revision: int

    @property
    def slug(self) -> str:
        """The site's name."""
        return self.site.slug

    @property
    def site_host(self) -> str:
        """The host of the site's own origin, without port."""
        return (urlsplit(self.site.origin).hostname or "").lower()


class StaleDraft(BredeleError):
    """The draft changed since it was read. `desk` is the draft as it is now, `read` the revision that was read."""

    def __init__(self, desk: Desk, read: int) -> None:
        super().__init__(
            f"Revision {read} was read, and the draft is at revision {desk.revision}.",
            where=desk.slug,
            cure="Read the draft again and repeat the change.",
        )
        self.desk = desk
        self.read = read


class NoSuchRevision(BredeleError):
    """A number no change of this draft has."""


def open_desk(slug: str) -> Desk:
    """The draft with its revision; raises NoSuchSite."""
    site = drafts.find_site(slug)
    registry = drafts.read(site.draft) if site.draft else Registry()
    return Desk(site=site, registry=registry, revision=site.draft.number if site.draft else 0)


@transaction.atomic
def save(slug: str, registry: Registry, *, read: int, author: str, moment: datetime, note: str) -> Draft:
    """Make this the draft; raises StaleDraft if it is no longer at the revision `read`."""
    lock(slug, read)
    return drafts.change(slug, registry, author, moment, note)


@transaction.atomic
def undo(slug: str, *, read: int) -> Draft:
    """Back to the draft before the last change; raises StaleDraft or NothingToUndo."""
    lock(slug, read)
    return drafts.undo(slug)


@transaction.atomic
def restore(slug: str, number: int, *, read: int, author: str, moment: datetime) -> Draft:
    """Make an earlier revision the draft again, as a change of its own; raises NoSuchRevision or StaleDraft."""
    lock(slug, read)
    earlier = revision(slug, number)
    return drafts.change(slug, drafts.read(earlier), author, moment, f"Restored revision {number}")


def lock(slug: str, read: int) -> None:
    """Hold the site's row for this transaction and refuse a stale change."""
    drafts.find_site(slug)
    Site.objects.select_for_update().get(slug=slug)
    desk = open_desk(slug)
    if desk.revision != read:
        raise StaleDraft(desk, read)


def revision(slug: str, number: int) -> Draft:
    """One change of the draft by its number; raises NoSuchRevision."""
    found = drafts.find_site(slug).drafts.select_related("before").filter(number=number).first()
    if found is None:
        raise NoSuchRevision("There is no such revision.", where=f"{slug}, revision {number}", cure="See the history.")
    return found
