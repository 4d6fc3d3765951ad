"""Archiving what a visitor is shown with a version: policy, banner, preference page, styles, script (LED-11)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from bredele.core.declaration import words
from bredele.core.policy import build, lifetime_text
from bredele.core.registry import Version
from bredele.core.verdict import must_ask
from bredele.formats.archive import (
    PICTURE,
    Artefact,
    Listed,
    Manifest,
    encode_manifest,
    keep,
    manifest_of,
    write_manifest,
)
from bredele.formats.domains import registrable_domain
from bredele.formats.published import PublishedSite, encode_version, fingerprint
from bredele.web.policy.archive import page
from bredele.web.policy.rendering import archive_page
from bredele.web.preferences import languages
from bredele.web.preferences.context import Front, banner
from bredele.web.preferences.page import preference_page

SHOWN = ("tokens.css", "base.css", "parts.css", "consent.css", "tables.css", "pages.css")
"""The sheets of the policy and of every page with a banner."""
SCRIPT = "root/bredele.js"


def archive(site: PublishedSite, moment: datetime) -> Manifest | None:
    """Archive what the version in force shows; a new manifest only where something differs from the newest one."""
    version = site.version
    if version is None:
        return None
    root: Path = settings.BREDELE.data
    newest, shown = manifest_of(root, site.slug, version.number), tuple(artefacts(site, version))
    listed = tuple(list_file(root, site.slug, one, newest, moment) for one in shown)
    pictures = tuple(file for file in newest.files if file.name.endswith(PICTURE)) if newest else ()
    if newest is not None and (*listed, *pictures) == newest.files:
        return newest  # else the looks may have changed, and pictures of before prove nothing of now
    return write(site, version, listed, newest, moment)


def write(
    site: PublishedSite, version: Version, files: tuple[Listed, ...], newest: Manifest | None, moment: datetime
) -> Manifest:
    """The manifest of these files, following the newest one."""
    root: Path = settings.BREDELE.data
    manifest = Manifest(
        site=site.slug,
        origin=site.origin,
        version=version.number,
        published=version.published,
        registry=fingerprint(encode_version(version)),
        made=moment,
        previous=fingerprint_of(newest) if newest else None,
        files=files,
    )
    write_manifest(root, site.slug, manifest)
    return manifest


def fingerprint_of(manifest: Manifest) -> str:
    """What records cite."""
    return fingerprint(encode_manifest(manifest))


def list_file(root: Path, slug: str, one: Artefact, newest: Manifest | None, moment: datetime) -> Listed:
    """Keep the bytes; what the newest manifest lists already keeps its date."""
    before = newest.named(one.name) if newest else None
    digest = keep(root, slug, one.data)
    if before is not None and before.sha256 == digest:
        return before
    return Listed(name=one.name, sha256=digest, size=len(one.data), made=moment)


def artefacts(site: PublishedSite, version: Version) -> Iterator[Artefact]:
    """Everything a first-time visitor is shown, in each language."""
    for language in version.registry.site.languages:
        with translation.override(language):
            yield Artefact(name=f"policy.{language}.html", data=policy_page(site, version, language))
            front = frame(site, version, language)
            if must_ask(version, None):
                asking = {"front": msgspec.structs.replace(front, banner=banner(version, None, language))}
                yield rendered(f"banner.{language}.html", "bredele/policy/notice.html", asking)
            centre = preference_page(msgspec.structs.replace(site, version=version), None, language)
            yield rendered(f"preferences.{language}.html", "bredele/preferences.html", {"front": front, "page": centre})
    for name in (*(f"bredele/{sheet}" for sheet in SHOWN), SCRIPT):
        found = finders.find(name)
        if found:
            yield Artefact(name=name.rpartition("/")[2], data=Path(found).read_bytes())


def policy_page(site: PublishedSite, version: Version, language: str) -> bytes:
    """The policy as it was archived when it was published, byte for byte."""
    found = page(site, version.number, language)
    return found.body if found else archive_page(build(version, language, registrable_domain))


def frame(site: PublishedSite, version: Version, language: str) -> Front:
    """The frame of a page for somebody who never answered."""
    return Front(
        language=language,
        site_name=words(version.registry.site.name, language),
        version=version.number,
        languages=languages.named(msgspec.structs.replace(site, version=version)),
        language_kept=lifetime_text(languages.kept(), language),
    )


def rendered(name: str, template: str, context: Mapping[str, object]) -> Artefact:
    """A template as bytes."""
    return Artefact(name=name, data=render_to_string(template, dict(context)).encode())


INERT = "sandbox; default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'self'"
"""An archived page keeps its looks and loses its powers: no form, no script."""
KINDS = ((b"\x89PNG", "image/png"), (b"<!doctype html", "text/html; charset=utf-8"), (b"{", "application/json"))


def kind_of(data: bytes) -> str:
    """The media type of archived bytes; style and script are text to read."""
    start = data.lstrip()[:20].lower()
    return next((kind for sign, kind in KINDS if start.startswith(sign.lower())), "text/plain; charset=utf-8")


class ProofFile(msgspec.Struct, frozen=True, kw_only=True):
    """A listed file with its address."""

    file: Listed
    address: str
    picture: bool


def proof_files(manifest: Manifest) -> tuple[ProofFile, ...]:
    """The files of a manifest as the page lists them."""
    return tuple(
        ProofFile(
            file=file, address=f"/terms/cookies-policy/archive/{file.sha256}", picture=file.name.endswith(PICTURE)
        )
        for file in manifest.files
    )
