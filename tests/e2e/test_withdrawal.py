"""One click takes everything back: cookies of every scope, storage of every kind, and the visitor reads what stayed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewVisitor
from tests.e2e.shop import HOST, address, served
from tests.e2e.test_accessibility import fault_free, faults
from tests.e2e.test_town import BANNER, SCRIPT, answer
from tests.e2e.visitor import Visitor
from tests.serving import Running

pytestmark = pytest.mark.e2e
TOLD = "[data-bredele-withdrawn]"
FILL = """async () => {
  localStorage.setItem("looked_at", "lamp"); localStorage.setItem("kept", "1");
  sessionStorage.setItem("tab_1", "x");
  await new Promise((done) => { indexedDB.open("shop-db").onsuccess = (e) => { e.target.result.close(); done(); }; });
  await (await caches.open("shop-cache")).put("/x", new Response("x"));
}"""
LIST = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map((one) => one.name), ...await caches.keys(),
]"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The shop, served."""
    with served(tmp_path_factory.mktemp("shop")) as server:
        yield server


def granted(shop: Running, reader: Visitor) -> Page:
    """A visitor who accepted, and whose browser then holds a cookie of every scope."""
    page = reader.open(address(shop))
    answer(page, "Accept all")
    page.wait_for_load_state("networkidle")
    assert reader.names() == ["cookies_preferences"]
    for cookie in (
        {"name": "plain", "domain": HOST, "path": "/"},
        {"name": "hidden", "domain": HOST, "path": "/", "httpOnly": True},
        {"name": "wide", "domain": f".{HOST}", "path": "/"},
        {"name": "deep", "domain": HOST, "path": "/data/"},
        {"name": "undeclared", "domain": HOST, "path": "/"},
    ):
        reader.context.add_cookies([{"value": "1", **cookie}])  # type: ignore[list-item,typeddict-item]  # whole cookies
    return page


def withdraw(page: Page) -> None:
    """The button at the foot of the page."""
    page.get_by_role("button", name="Withdraw my consent").click()
    expect(page.locator(TOLD)).to_be_visible()
    page.wait_for_load_state("networkidle")


@SCRIPT
def test_cookies_of_every_scope_are_gone_after_one_click(shop: Running, visitor: NewVisitor, script: bool) -> None:
    """HttpOnly, domain-wide and those of a path this page never sees. Rules: BAN-09, BAN-16, ENF-08"""
    reader = visitor(script=script)
    page = granted(shop, reader)
    assert {"plain", "hidden", "wide", "deep"} <= set(reader.names())
    withdraw(reader.open(address(shop, "/cookies/preferences/")))
    assert reader.names() == ["cookies_preferences", "undeclared"]
    section = page.locator(TOLD)
    for name in ("plain", "hidden", "wide", "deep"):
        expect(section.get_by_text(name, exact=True)).to_be_visible()
    expect(section).to_contain_text("Nothing is sent to ads.example from here any more.")


def test_declared_storage_of_every_kind_is_deleted_and_nothing_else(shop: Running, visitor: NewVisitor) -> None:
    """Rules: BAN-16"""
    reader = visitor()
    page = granted(shop, reader)
    page.evaluate(FILL)
    assert sorted(page.evaluate(LIST)) == ["kept", "looked_at", "shop-cache", "shop-db", "tab_1"]
    withdraw(page)
    expect(page.get_by_text("Deleted: nothing of it is left.")).to_have_count(4)
    assert page.evaluate(LIST) == ["kept"]


def test_without_a_script_the_page_says_what_stays_and_how_to_delete_it(shop: Running, visitor: NewVisitor) -> None:
    """Rules: BAN-16, BAN-30"""
    reader = visitor(script=False)
    page = granted(shop, reader)
    withdraw(page)
    section = page.locator(TOLD)
    expect(section.get_by_text("only a script can delete it, and scripts are off")).to_have_count(4)
    expect(section).to_contain_text("open your browser’s settings, look for “Cookies and site data”")


def test_the_visitor_stays_on_the_page_and_the_outcome_is_told_once(shop: Running, visitor: NewVisitor) -> None:
    """Rules: BAN-09, BAN-27"""
    reader = visitor()
    granted(shop, reader)
    page = reader.open(address(shop, "/data/"))
    withdraw(page)
    assert page.url.startswith(address(shop, "/data/?withdrawn="))
    expect(page.locator(TOLD).get_by_role("status")).to_have_text("From now on nothing of it is stored or read.")
    expect(page.locator(BANNER)).to_be_hidden()
    reader.open(address(shop, "/data/"))
    expect(page.locator(TOLD)).to_have_count(0)
    expect(page.get_by_role("button", name="Withdraw my consent")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "phone", "dark"), [("en", False, False), ("fr", True, True), ("ar", True, False), ("ar", False, True)]
)
def test_the_outcome_is_accessible_in_every_language_and_direction(
    shop: Running, visitor: NewVisitor, axe_script: str, language: str, phone: bool, dark: bool
) -> None:
    """Rules: PLT-10, BAN-23, BAN-26"""
    reader = visitor(phone=phone, dark=dark)
    page = granted(shop, reader)
    reader.open(address(shop, f"/?lang={language}"))
    page.locator("[data-bredele-withdraw] button").click()
    expect(page.locator(TOLD)).to_be_visible()
    page.goto(f"{page.url}&lang={language}")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    fault_free(faults(reader, axe_script))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
