"""Pictures of the banner of a version, desktop and phone, each language, taken by a real browser (LED-12)."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles import finders

from bredele.formats.archive import PICTURE, Artefact, Listed, Manifest, archived, keep
from bredele.formats.published import PublishedSite
from bredele.web.policy.proof import archive, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

LAYOUTS: Mapping[str, tuple[int, int]] = {"desktop": (1280, 800), "phone": (390, 844)}
"""Name of a layout to its window in CSS pixels."""
PLACE = "http://notice.invalid"
"""The pages are given to the browser by hand: nothing is fetched from anywhere."""
STATIC = re.compile(r"/static/(?P<name>[\w./-]+)")
SECONDS = 20


def lacking(site: PublishedSite, moment: datetime) -> Manifest | None:
    """The manifest of the version in force if pictures are missing in it, else None."""
    manifest = archive(site, moment)
    return None if manifest is None or pictured(manifest) else manifest


def photograph(site: PublishedSite, manifest: Manifest, moment: datetime, browser: "Browser") -> Manifest:
    """Take the pictures, and a manifest with them. Asks no database: a driven browser forbids it in its thread."""
    assert site.version is not None  # noqa: S101  # it has a manifest
    root: Path = settings.BREDELE.data
    taken = tuple(
        Listed(name=one.name, sha256=keep(root, site.slug, one.data), size=len(one.data), made=moment)
        for one in pictures(site.slug, manifest, browser)
    )
    return write(site, site.version, (*manifest.files, *taken), manifest, moment)


def pictured(manifest: Manifest) -> bool:
    """Whether a picture is there, or there is no banner to take one of."""
    names = [file.name for file in manifest.files]
    return any(name.endswith(PICTURE) for name in names) or not any(name.startswith("banner.") for name in names)


def pictures(slug: str, manifest: Manifest, browser: "Browser") -> Iterator[Artefact]:
    """One picture a language and layout, of the archived page."""
    for file in manifest.files:
        if file.name.startswith("banner.") and not file.name.endswith(PICTURE):
            html = archived(settings.BREDELE.data, slug, file.sha256) or b""
            for layout, (width, height) in LAYOUTS.items():
                page = browser.new_page(viewport={"width": width, "height": height}, java_script_enabled=False)
                try:
                    name = f"{file.name.removesuffix('.html')}.{layout}{PICTURE}"
                    yield Artefact(name=name, data=picture(page, html))
                finally:
                    page.close()


def picture(page: "Page", html: bytes) -> bytes:
    """The page as PNG, as much of it as the window shows or the banner needs."""

    def answer(route: "Route") -> None:
        path = route.request.url.removeprefix(PLACE)
        static = STATIC.fullmatch(path)
        found = finders.find(static.group("name")) if static else None
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif found:
            route.fulfill(path=found)
        else:
            route.fulfill(status=404)

    page.set_default_timeout(SECONDS * 1000)
    page.route("**/*", answer)
    page.goto(f"{PLACE}/")
    return page.screenshot(full_page=True, animations="disabled")
