"""axe-core finds nothing on any page: WCAG 2.2 A and AA and its best practices, phone and desktop, light and dark."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.e2e.conftest import NewVisitor
from tests.e2e.test_sign_in import sign_in
from tests.e2e.visitor import Visitor
from tests.serving import Demo, Running

pytestmark = pytest.mark.e2e
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PHONE_FIRST = pytest.mark.parametrize(
    ("phone", "dark"),
    [pytest.param(False, False, marks=pytest.mark.trial), (True, True)],
    ids=["desktop light", "phone dark"],
)
"""The narrow and dark look at every run, the other one in the long trials."""
READERS = pytest.mark.parametrize(
    ("language", "phone", "dark"),
    [("en-GB", False, False), ("fr-FR", True, True)],
    ids=["English desktop light", "French phone dark"],
)
"""Each language, width and scheme once: no rule asks for two of them together, and French has the longer words."""
FRONT = (
    "/",
    "/terms/cookies-policy/",
    "/terms/cookies-policy/versions/",
    "/terms/cookies-policy/versions/1/",
    "/cookies/preferences/",
    "/data/",
    "/proof/",
    "/nowhere/",
)
TOWN = (
    "/",
    "/news/",
    "/news/storks/",
    "/bookshop/",
    "/bookshop/cart/",
    "/film/",
    "/what-happened/",
    "/news/?theme=advent",
    *FRONT[1:],
)
PARTNER = ("/", "/frame/?page=/news/", "/player/?page=/film/", "/nowhere/")
OFFICE = (
    "/backoffice/",
    *(
        f"/backoffice/town/{page}"
        for page in (
            "",
            "declarations/",
            "declarations/0/",
            "declarations/0/delete/",
            "facts/",
            "purposes/",
            "import/",
            "checks/",
            "publish/",
            "history/",
            "history/1/",
            "versions/",
            "ledger/",
            "scans/",
            "proofs/",
        )
    ),
    "/accounts/password/",
    "/accounts/logout/",
    "/data/",
)
"""A page of each kind."""
EMPTY_OFFICE = (
    "/backoffice/nowhere/",
    *(
        f"/backoffice/town/{page}"
        for page in ("declarations/?q=nothing", "declarations/new/", "ledger/days/2020-01-01/")
    ),
    *(f"/backoffice/partner/{page}" for page in ("", "declarations/", "checks/", "publish/", "history/", "versions/")),
)
"""The same where there is nothing yet."""


@pytest.fixture(scope="module")
def desk(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server whose drafts this module may spoil."""
    data: Path = tmp_path_factory.mktemp("desk")
    with demo(data) as server:
        yield server


def faults(reader: Visitor, axe_script: str) -> list[str]:
    """What axe finds on the page as it is, and whether it is wider than its window, which axe does not look at."""
    page, before = reader.page, list(reader.complaints)
    page.evaluate(axe_script)
    found = page.evaluate(
        "tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(done => done.violations)", TAGS
    )
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.wait_for_timeout(100)  # the browser tells of refused styles a moment later
    reader.complaints[:] = before  # axe's own styles meet our security policy
    lines = [f"{page.url}: {wide} px wider than the window"] if wide > 0 else []
    return [*lines, *(f"{page.url}: {told(rule)}" for rule in found)]


def told(rule: dict[str, Any]) -> str:
    """A violation with the first elements that show it."""
    nodes = "\n".join(f"  {node['html'][:200]}\n  {node['failureSummary'][:300]}" for node in rule["nodes"][:3])
    return f"{rule['id']} ({rule['impact']}): {rule['help']} ({len(rule['nodes'])} times)\n{nodes}"


def fault_free(found: list[str]) -> None:
    """Fail with the whole list, readable."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def walk(reader: Visitor, origin: str, addresses: tuple[str, ...], axe_script: str) -> list[str]:
    """Everything wrong on these pages."""
    found = []
    for address in addresses:
        reader.open(origin + address)
        found += faults(reader, axe_script)
    return found


@READERS
@pytest.mark.parametrize(("site", "addresses"), [("origin", FRONT), ("town", TOWN), ("partner", PARTNER)])
def test_no_page_of_a_visitor_has_a_fault(
    platform: Running,
    visitor: NewVisitor,
    axe_script: str,
    site: str,
    addresses: tuple[str, ...],
    language: str,
    phone: bool,
    dark: bool,
) -> None:
    """Rules: POL-09"""
    reader = visitor(language=language, phone=phone, dark=dark)
    fault_free(walk(reader, getattr(platform, site), addresses, axe_script))


@pytest.mark.parametrize(
    ("language", "phone", "dark"),
    [pytest.param("en-GB", False, False, marks=pytest.mark.trial), ("fr-FR", True, True)],
    ids=["English desktop light", "French phone dark"],
)
def test_no_page_has_a_fault_after_an_answer(
    platform: Running, visitor: NewVisitor, axe_script: str, language: str, phone: bool, dark: bool
) -> None:
    """With the partner's box and film, a season, a book in the cart, and after the withdrawal. Rules: POL-09"""
    reader = visitor(language=language, phone=phone, dark=dark)
    page = reader.open(f"{platform.town}/bookshop/")
    follow(page, page.locator('[data-bredele-banner] button[value="accept"]').first)
    follow(page, page.get_by_role("main").locator("form.buy button").first)
    found = faults(reader, axe_script)
    for season, addresses in (("harvest", TOWN[:2]), ("advent", TOWN[:7])):
        follow(page, page.locator(f'[data-town-season] button[value="{season}"]'))
        found += walk(reader, platform.town, addresses, axe_script)
    found += walk(reader, platform.town, ("/cookies/preferences/?saved=1", "/terms/cookies-policy/"), axe_script)
    follow(page, page.locator("[data-bredele-withdraw] button"))
    found += faults(reader, axe_script)
    fault_free(found)


def follow(page: Page, button: Locator) -> None:
    """Press it and wait for the page it leads to, its style sheets included: an unstyled page has other faults."""
    with page.expect_navigation(wait_until="load"):
        button.click()


@PHONE_FIRST
def test_no_page_of_the_back_office_has_a_fault(
    desk: Running, visitor: NewVisitor, axe_script: str, phone: bool, dark: bool
) -> None:
    """Rules: POL-09"""
    reader = visitor(phone=phone, dark=dark)
    found = walk(reader, desk.origin, ("/accounts/login/", "/api/v1/docs"), axe_script)
    sign_in(reader, desk)
    fault_free([*found, *walk(reader, desk.origin, OFFICE if phone else (*OFFICE, *EMPTY_OFFICE), axe_script)])


@PHONE_FIRST
def test_no_page_of_an_unfinished_draft_has_a_fault(
    desk: Running, visitor: NewVisitor, axe_script: str, phone: bool, dark: bool
) -> None:
    """A form with errors, checks with problems, blocked publishing, an undo. Rules: POL-09"""
    reader = visitor(phone=phone, dark=dark)
    page = sign_in(reader, desk)
    reader.open(f"{desk.origin}/backoffice/civis/declarations/0/")
    page.get_by_label("Lifetime", exact=True).fill("until I die")
    follow(page, page.get_by_role("button", name="Save the draft"))
    found = faults(reader, axe_script)
    page.get_by_label("Lifetime", exact=True).fill("")
    follow(page, page.get_by_role("button", name="Save the draft"))
    found += faults(reader, axe_script)
    spoiled = ("", "declarations/", "checks/", "publish/", "history/")
    found += walk(reader, desk.origin, tuple(f"/backoffice/civis/{address}" for address in spoiled), axe_script)
    reader.open(f"{desk.origin}/backoffice/civis/history/")
    follow(page, page.get_by_role("button", name="Undo the last change"))
    fault_free([*found, *faults(reader, axe_script)])


def test_a_failed_sign_in_has_no_fault(platform: Running, visitor: NewVisitor, axe_script: str) -> None:
    """Rules: POL-09"""
    reader = visitor()
    page = reader.open(f"{platform.origin}/accounts/login/")
    page.get_by_label("User name or e-mail").fill("owner")
    page.get_by_label("Password").fill("wrong")
    follow(page, page.get_by_role("main").get_by_role("button", name="Sign in"))
    fault_free(faults(reader, axe_script))
