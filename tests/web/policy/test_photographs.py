"""Pictures of the banner by a real browser; they join the proof of their version."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from bredele.core.registry import Version
from bredele.formats.archive import archived, manifest_of
from bredele.scanner import chromium
from bredele.web.enforcement.index import site_index
from bredele.web.policy.photographs import lacking, photograph
from tests.web.conftest import browser
from tests.web.publishing import MOMENT

pytestmark = pytest.mark.django_db
LATER = MOMENT + timedelta(minutes=5)


@pytest.mark.e2e
def test_each_language_is_pictured_on_a_desktop_and_on_a_phone(
    asking_site: Version, data: Path, browser_path: Path
) -> None:
    """Rules: LED-12"""
    site = site_index().by_slug("town")
    assert site is not None
    before = lacking(site, LATER)
    assert before is not None
    flags = chromium.launch_flags(root=chromium.is_root())
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=browser_path, args=list(flags), chromium_sandbox=chromium.sandboxed(flags)
        )
        photograph(site, before, LATER, started)
        started.close()
    after = manifest_of(data, "town", 1)
    assert after is not None
    pictures = {file.name: file for file in after.files if file.name.endswith(".png")}
    shown = [f"banner.{language}.{layout}.png" for language in ("en", "fr") for layout in ("desktop", "phone")]
    assert list(pictures) == shown
    for file in pictures.values():
        assert file.made == LATER
        assert (archived(data, "town", file.sha256) or b"").startswith(b"\x89PNG")
    assert lacking(site, LATER) is None
    page = browser("town.localhost:8000").get("/terms/cookies-policy/versions/1/proof/").content.decode()
    assert page.count("<img") == 4


def test_a_site_without_a_banner_needs_no_picture(published_site: Version) -> None:
    """Rules: LED-12"""
    site = site_index().by_slug("civis")
    assert site is not None
    assert lacking(site, LATER) is None
