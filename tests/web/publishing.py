"""Publishing for tests: nearly all start from the same few sites, which are published once and then laid out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import msgspec
from django.conf import settings

from bredele.core.document import PolicyDocument
from bredele.core.registry import Registry, Version
from bredele.formats.archive import Artefact
from bredele.formats.published import PublishedSite
from bredele.web.registry import publishing, sites

MOMENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
AUTHOR = "tests"
PAGES: dict[bytes, bytes] = {}
SHOWN: dict[bytes, tuple[Artefact, ...]] = {}
LAID_OUT: dict[bytes, "Published"] = {}


@dataclass(frozen=True)
class Published:
    """What publishing a site for the first time leaves: rows without their keys, and files below `sites/<slug>`."""

    version: Version
    draft: dict[str, object]
    row: dict[str, object]
    pages: tuple[dict[str, object], ...]
    files: dict[Path, bytes]


def published(slug: str, what: Registry, host: str, demo: bool) -> Version:
    """Add the site where it is missing and publish this registry for it."""
    from bredele.web.registry.models import Site

    if Site.objects.filter(slug=slug).exists():
        return newly(slug, what)
    sites.add(slug, what.site.origin, (host,) if host else (), demo=demo)
    place: Path = settings.BREDELE.data / "sites" / slug
    asked = msgspec.json.encode((slug, what, host, demo, circumstances()))
    if place.exists():
        return newly(slug, what)
    if asked not in LAID_OUT:
        LAID_OUT[asked] = kept(slug, newly(slug, what), place)
    else:
        lay_out(slug, LAID_OUT[asked], place)
    return LAID_OUT[asked].version


def circumstances() -> tuple[str, ...]:
    """Settings that change what is published."""
    own = msgspec.structs.replace(settings.BREDELE, data=Path())
    return (
        repr(own),
        settings.BREDELE_ARCHIVE_PAGE,
        settings.BREDELE_ARCHIVE_NOTICE,
        str(settings.LANGUAGE_COOKIE_AGE),
    )


def newly(slug: str, what: Registry) -> Version:
    """Published by the product's own way."""
    with drawn_before():
        return publishing.publish(slug, MOMENT, AUTHOR, what)


def kept(slug: str, version: Version, place: Path) -> Published:
    """What was just published, to be laid out again."""
    from bredele.web.registry.models import ArchivedPage, Draft, PublishedVersion

    of_site, of_version = {"site__slug": slug}, {"version__site__slug": slug}
    draft = Draft.objects.filter(**of_site).values("number", "author", "made", "note", "registry").get()
    row = PublishedVersion.objects.filter(**of_site).values("number", "document", "sha256", "published", "by").get()
    pages = tuple(ArchivedPage.objects.filter(**of_version).order_by("pk").values("language", "html", "sha256"))
    files = {file.relative_to(place): file.read_bytes() for file in place.rglob("*") if file.is_file()}
    return Published(version=version, draft=draft, row=row, pages=pages, files=files)


def lay_out(slug: str, what: Published, place: Path) -> None:
    """The same rows and files as publishing leaves."""
    from bredele.web.registry.models import ArchivedPage, Draft, PublishedVersion, Site

    site = Site.objects.get(slug=slug)
    site.draft = Draft.objects.create(site=site, **what.draft)
    site.save(update_fields=["draft"])
    row = PublishedVersion.objects.create(site=site, **what.row)
    ArchivedPage.objects.bulk_create([ArchivedPage(version=row, **page) for page in what.pages])
    for name, content in what.files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    publishing.refresh_index()


@contextmanager
def drawn_before() -> Iterator[None]:
    """What is archived of a version is drawn once for all tests that publish the same."""
    from bredele.web.policy import proof, rendering

    draw_page, draw_all = rendering.archive_page, proof.artefacts

    def archive_page(document: PolicyDocument) -> bytes:
        asked = msgspec.json.encode(document)
        if asked not in PAGES:
            PAGES[asked] = draw_page(document)
        return PAGES[asked]

    def artefacts(site: PublishedSite, version: Version) -> tuple[Artefact, ...]:
        asked = msgspec.json.encode((site, version, settings.LANGUAGE_COOKIE_AGE))
        if asked not in SHOWN:
            SHOWN[asked] = tuple(draw_all(site, version))
        return SHOWN[asked]

    with patch.object(rendering, "archive_page", archive_page), patch.object(proof, "artefacts", artefacts):
        yield
