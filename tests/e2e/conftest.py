"""The whole demo, served once for all browser tests, and visitors with fresh profiles who look at it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bredele.scanner import chromium
from tests.e2e.visitor import Visitor
from tests.serving import Running, running

NewVisitor = Callable[..., Visitor]
Launch = Callable[..., Browser]
OWNER_SCRIPT = pytest.mark.parametrize(
    "script", [True, pytest.param(False, marks=pytest.mark.trial)], ids=["script", "no script"]
)
"""An owner's pages with JavaScript at every run, without it in the long trials; a visitor's both ways."""


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`bredele demo` without its proof: `.origin`, `.town`, `.partner`, `.account` (name, password), `.ask(path)`."""
    data: Path = tmp_path_factory.mktemp("platform")
    with running("demo", "--no-proof", data=data) as server:
        yield server


@pytest.fixture(scope="package")
def launch(browser_path: Path) -> Iterator[Launch]:
    """Starts Chromium, for this folder's tests only: this thread then has an event loop, which Django refuses, and can
    have no second one."""
    flags = chromium.launch_flags(root=chromium.is_root())

    def started(*more: str) -> Browser:
        return driver.chromium.launch(
            executable_path=browser_path, args=[*flags, *more], chromium_sandbox=chromium.sandboxed(flags)
        )

    with sync_playwright() as driver:
        yield started


@pytest.fixture(scope="package")
def browser(launch: Launch) -> Iterator[Browser]:
    """One Chromium for all tests of this folder."""
    started = launch()
    yield started
    started.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[NewVisitor]:
    """Makes visitors: `visitor(language="fr-FR", script=False, phone=True)`; no page of theirs may complain."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def arrives(
        *,
        language: str = "en-GB",
        script: bool = True,
        phone: bool = False,
        dark: bool = False,
        moving: bool = False,
        agent: str | None = None,
    ) -> Visitor:
        context = browser.new_context(
            user_agent=agent,
            locale=language,
            java_script_enabled=script,
            viewport={"width": 375, "height": 740} if phone else {"width": 1280, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="no-preference" if moving else "reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        visitors.append(Visitor(context))
        return visitors[-1]

    yield arrives
    complaints = [line for one in visitors for line in one.complaints]
    for context in contexts:
        context.close()
    assert complaints == []
