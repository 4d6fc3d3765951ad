"""The shop served on a Django project of somebody else, a plain site beside it, and a tracker both would load."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e.visitor import Visitor
from tests.projects.plain import Plain, plain_site
from tests.projects.shop import HOST, PLAIN_HOST, shop
from tests.projects.tracker import Tracker, tracking
from tests.serving import Running, free_port

LANGUAGES = ("en", "fr", "ar")
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
BANNER = "[data-bredele-banner]"
CHOICE = "cookies_preferences"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Tracker]]:
    """The shop and the tracker."""
    with tracking() as tracker, shop(tmp_path_factory.mktemp("shop"), tracker.origin, free_port()) as served:
        yield served, tracker


@pytest.fixture
def tracker(server: tuple[Running, Tracker]) -> Tracker:
    """Nobody has called it yet."""
    server[1].hits.clear()
    return server[1]


@pytest.fixture
def address(server: tuple[Running, Tracker]) -> str:
    """The shop's page."""
    return f"http://{HOST}:{server[0].port}/p/shop/"


@pytest.fixture
def plain(server: tuple[Running, Tracker]) -> Iterator[Plain]:
    """The plain site, without a page."""
    with plain_site(server[0].port, PLAIN_HOST) as site:
        yield site


def press(page: Page, value: str) -> None:
    """One click in the banner, and the server's answer to it."""
    with page.expect_response("**/consent"):
        page.locator(f"{BANNER} [name=choice][value={value}]").click()
    page.locator(BANNER).wait_for(state="hidden")


def quiet(page: Page, tracker: Tracker, milliseconds: int = 700) -> bool:
    """Whether nobody calls the tracker for a while."""
    page.wait_for_timeout(150)  # a call under way
    tracker.hits.clear()
    page.wait_for_timeout(milliseconds)
    return tracker.hits == []


def until(page: Page, tracker: Tracker, *names: str) -> None:
    """Wait until the tracker was called for each of these."""
    for _ in range(100):
        if set(names) <= set(tracker.hits):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{names} are not all in {tracker.hits}")


def in_focus(page: Page) -> str:
    """The element in focus, as its tag and what tells it apart."""
    said: str = page.evaluate(
        "(e => e.localName + (e.value ? '=' + e.value : e.id ? '#' + e.id : ''))(document.activeElement)"
    )
    return said


def choice(visitor: Visitor) -> str:
    """The bits of the choice cookie: measurement, advertising."""
    return visitor.cookies()[CHOICE]["value"].split(".")[2]
