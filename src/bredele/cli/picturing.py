"""Pictures of the banners in force, taken where there is a browser: a step of publishing and of the proof."""

import os
from collections.abc import Callable, Iterable

from bredele.core.settings import Settings
from bredele.formats.published import PublishedSite


def take_pictures(sites: Iterable[PublishedSite], settings: Settings, say: Callable[[str], None]) -> None:
    """Take what is missing; says why where it cannot: publishing never fails for want of a picture."""
    from bredele.scanner import chromium

    path = chromium.find(os.environ)
    if path is None:
        say(f"No pictures of the banner: no Chromium on this machine. {chromium.CURE}")
        return
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        say("No pictures of the banner: Playwright is not installed.")
        return
    from bredele.cli import web
    from bredele.web.policy.photographs import lacking, photograph

    missing = [(site, manifest) for site in sites if (manifest := lacking(site, web.now()))]
    if not missing:
        return
    flags = chromium.launch_flags(settings.chromium_flags, root=chromium.is_root())
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=path, args=list(flags), chromium_sandbox=chromium.sandboxed(flags)
            )
            for site, manifest in missing:
                photograph(site, manifest, web.now(), browser)
            browser.close()
    except Error as error:
        say(f"No pictures of the banner: the browser failed ({error.message.splitlines()[0]}).")
