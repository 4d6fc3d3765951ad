"""Archived pages: what was published, byte for byte (POL-15)."""

from datetime import datetime

import msgspec
from django.conf import settings

from bredele.formats.archive import manifest_path
from bredele.formats.published import PublishedSite
from bredele.web.enforcement.languages import own_name
from bredele.web.registry.models import ArchivedPage, PublishedVersion


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One archived page; `sha256` is over exactly `body`."""

    language: str
    body: bytes
    sha256: str


class PageLine(msgspec.Struct, frozen=True, kw_only=True):
    """An archived page in the list of versions."""

    language: str
    name: str
    sha256: str


class VersionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A version in the list; `before` is the version it is compared with, None for the first."""

    number: int
    published: datetime
    sha256: str
    current: bool
    before: int | None
    proved: bool
    """Whether a manifest of what was shown with it exists."""
    pages: tuple[PageLine, ...]


def page(site: PublishedSite, number: int, language: str) -> Page | None:
    """The archived page in this language, else in the version's first; None if there is no such version."""
    rows = ArchivedPage.objects.filter(version__site__slug=site.slug, version__number=number).order_by("pk")
    pages = {row.language: row for row in rows}
    row = pages.get(language) or next(iter(pages.values()), None)
    return Page(language=row.language, body=bytes(row.html), sha256=row.sha256) if row else None


def versions(site: PublishedSite) -> tuple[VersionLine, ...]:
    """Every published version, the newest first (two queries)."""
    rows = PublishedVersion.objects.filter(site__slug=site.slug).order_by("-number").defer("document")
    pages: dict[int, list[PageLine]] = {}
    for row in ArchivedPage.objects.filter(version__site__slug=site.slug).order_by("pk").defer("html"):
        line = PageLine(language=row.language, name=own_name(row.language), sha256=row.sha256)
        pages.setdefault(row.version_id, []).append(line)
    current = site.version.number if site.version else None
    return tuple(
        VersionLine(
            number=row.number,
            published=row.published,
            sha256=row.sha256,
            current=row.number == current,
            before=row.number - 1 or None,
            proved=manifest_path(settings.BREDELE.data, site.slug, row.number).is_file(),
            pages=tuple(pages.get(row.pk, ())),
        )
        for row in rows
    )
