"""From draft to published version: checks, one transaction, then the immutable file and the index."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from bredele.core.diff import Change, diff
from bredele.core.document import PolicyDocument
from bredele.core.policy import build
from bredele.core.registry import Registry, Version
from bredele.core.validation import Problem, problems
from bredele.core.versions import next_version
from bredele.formats.domains import registrable_domain
from bredele.formats.published import (
    IndexEntry,
    SiteIndex,
    decode_version,
    encode_version,
    fingerprint,
    write_index,
    write_version,
)
from bredele.web.registry import drafts
from bredele.web.registry.errors import NothingToPublish, PublishingBlocked
from bredele.web.registry.models import ArchivedPage, PublishedVersion, Site


@dataclass(frozen=True)
class Check:
    """What stands against publishing, and what publishing would change."""

    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]

    @property
    def blocked(self) -> bool:
        """Whether a problem is an error."""
        return any(problem.severity == "error" for problem in self.problems)


def check(slug: str, registry: Registry | None = None) -> Check:
    """The draft of a site (or this registry in its place) against the rules and against the version in force."""
    drafted = drafts.draft(slug) if registry is None else registry
    current = current_version(slug)
    return Check(
        problems=problems(drafted, publishing=True, registrable_domain=registrable_domain),
        changes=diff(current.registry if current else Registry(), drafted),
    )


def current_version(slug: str) -> Version | None:
    """The version in force, from the database."""
    row = drafts.find_site(slug).versions.first()
    return decode_version(bytes(row.document)) if row else None


def publish(slug: str, moment: datetime, by: str, registry: Registry | None = None, note: str = "") -> Version:
    """Publish the draft, or first make `registry` the draft. Raises PublishingBlocked or NothingToPublish.

    What is refused changes nothing, the draft included. The files follow the transaction; `repair` writes them again
    if the machine stops in between.
    """
    with transaction.atomic():
        if registry is not None:
            drafts.change(slug, registry, by, moment, note)
        version = prepare(slug, moment)
        document = encode_version(version)
        row = PublishedVersion.objects.create(
            site=drafts.find_site(slug),
            number=version.number,
            document=document,
            sha256=fingerprint(document),
            published=moment,
            by=by,
        )
        archive(row, version)
    write_version(settings.BREDELE.data, slug, document, version.number)
    refresh_index()
    archive_notice(slug, moment)
    return version


def prepare(slug: str, moment: datetime) -> Version:
    """The version that would follow; raises where it must not be published."""
    found = check(slug)
    if found.blocked:
        raise PublishingBlocked(slug, found.problems)
    previous = current_version(slug)
    if previous is not None and not found.changes:
        raise NothingToPublish(f"The draft is what version {previous.number} says.", where=slug)
    return next_version(drafts.draft(slug), previous, moment)


def archive(row: PublishedVersion, version: Version) -> None:
    """Keep the policy page of each language, byte for byte."""
    archive_page: Callable[[PolicyDocument], bytes] = import_string(settings.BREDELE_ARCHIVE_PAGE)
    for language in version.registry.site.languages:
        html = archive_page(build(version, language, registrable_domain))
        ArchivedPage.objects.create(version=row, language=language, html=html, sha256=fingerprint(html))


def archive_notice(slug: str, moment: datetime) -> None:
    """Archive banner, preference page and styles of the version in force, with a manifest of their hashes (LED-11)."""
    site = SiteIndex(settings.BREDELE.data).by_slug(slug)
    if site is not None:
        import_string(settings.BREDELE_ARCHIVE_NOTICE)(site, moment)


def refresh_notices(moment: datetime) -> None:
    """Archive anew wherever this software shows a version otherwise than the manifest says."""
    for site in SiteIndex(settings.BREDELE.data).sites():
        archive_notice(site.slug, moment)


def refresh_index() -> None:
    """Write the index from the database: sites, hosts, numbers in force."""
    write_index(settings.BREDELE.data, tuple(entry(site) for site in Site.objects.all()))


def entry(site: Site) -> IndexEntry:
    """A site as the index names it."""
    current = site.versions.first()
    return IndexEntry(
        slug=site.slug,
        hosts=tuple(site.hosts),
        origin=site.origin,
        default=site.default,
        demo=site.demo,
        current=current.number if current else None,
    )


def repair() -> None:
    """Write every published file that is missing, then the index: what a stop between commit and files left undone."""
    for row in PublishedVersion.objects.select_related("site"):
        write_version(settings.BREDELE.data, row.site.slug, bytes(row.document), row.number)
    refresh_index()
