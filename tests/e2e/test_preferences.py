"""The preference page, the signal of the browser, asking again and the receipt, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewVisitor
from tests.e2e.shop import COOKIES, FOREIGN, address, publish, registry, served
from tests.e2e.test_accessibility import fault_free, faults
from tests.e2e.test_town import BANNER, SCRIPT, answer
from tests.e2e.visitor import Visitor
from tests.serving import Running

pytestmark = pytest.mark.e2e
PAGE = "/cookies/preferences/"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The shop, served; no test of this module changes its policy."""
    with served(tmp_path_factory.mktemp("shop")) as server:
        yield server


def accept(reader: Visitor, shop: Running) -> Page:
    """A visitor who accepted in the banner."""
    page = reader.open(address(shop))
    answer(page, "Accept all")
    page.wait_for_load_state("networkidle")
    assert reader.names() == ["cookies_preferences"]
    return page


@SCRIPT
def test_the_signal_is_said_to_be_honoured_and_nothing_is_stored_until_a_click(
    shop: Running, visitor: NewVisitor, script: bool
) -> None:
    """Rules: BAN-19, BAN-20, BAN-21"""
    reader = visitor(script=script)
    reader.context.set_extra_http_headers({"Sec-GPC": "1"})
    page = reader.open(address(shop))
    expect(page.locator(BANNER)).to_be_visible()
    expect(page.locator(BANNER)).to_contain_text("Global Privacy Control signal, and it is honoured")
    page = reader.open(address(shop, PAGE))
    expect(page.locator("[data-bredele-signal]")).to_be_visible()
    expect(page.get_by_text("Refused", exact=True)).to_have_count(2)
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    assert reader.names() == []
    assert reader.hosts() == {"shop.localhost"}
    answer_on_page(page, "Refuse all")
    assert reader.names() == ["cookies_preferences"]


def answer_on_page(page: Page, words: str) -> None:
    """A button of the preference page, and the page that follows."""
    page.get_by_role("main").get_by_role("button", name=words, exact=True).click()
    page.wait_for_url("**saved=1*")
    page.wait_for_load_state()


@SCRIPT
def test_a_keyboard_alone_chooses_one_purpose_and_hears_that_it_is_saved(
    shop: Running, visitor: NewVisitor, script: bool
) -> None:
    """Rules: BAN-10, BAN-23, BAN-27, BAN-30, POL-05"""
    reader = visitor(script=script)
    page = reader.open(address(shop, PAGE))
    box = page.get_by_role("checkbox", name="Personalisation")
    reach(page, box.element_handle().get_attribute("id") or "")
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    while page.evaluate("document.activeElement.value") != "save":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**saved=1*")
    expect(page.get_by_role("status")).to_contain_text("Saved")
    expect(page.get_by_role("checkbox", name="Personalisation")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Advertising")).not_to_be_checked()
    expect(page.locator("[data-bredele-state]")).to_contain_text("To version")
    assert reader.cookies()["cookies_preferences"]["value"].split(".")[2].count("1") == 2  # counted, and this one


def reach(page: Page, identifier: str) -> None:
    """Tab until the element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == identifier:
            return
    pytest.fail(f"{identifier} cannot be reached")


@SCRIPT
def test_one_click_objects_to_being_counted_and_the_objection_is_kept(
    shop: Running, visitor: NewVisitor, script: bool
) -> None:
    """Rules: POL-07"""
    reader = visitor(script=script)
    page = accept(reader, shop)
    page = reader.open(address(shop, PAGE))
    answer_on_page(page, "Do not count my visits")
    expect(page.get_by_text("Your visits are not counted", exact=True)).to_be_visible()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    reader.open(address(shop, PAGE))
    expect(page.get_by_role("button", name="Count my visits again")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "width", "dark"),
    [("en", 1280, False), ("fr", 320, True), ("ar", 320, False)],
    ids=["English large light", "French small dark", "Arabic small light"],
)
def test_every_page_of_a_choice_is_accessible_and_fits(
    shop: Running, visitor: NewVisitor, axe_script: str, language: str, width: int, dark: bool
) -> None:
    """Rules: PLT-10, BAN-25, BAN-26, BAN-28"""
    reader = visitor(dark=dark)
    accept(reader, shop)
    reader.page.set_viewport_size({"width": width, "height": 700})
    found = []
    for path in (PAGE, f"{PAGE}?saved=1", "/cookies/receipt/", "/terms/cookies-policy/versions/1/proof/", "/data/"):
        page = reader.open(address(shop, path + ("&" if "?" in path else "?") + f"lang={language}"))
        assert page.locator("html").get_attribute("lang") == language
        found += faults(reader, axe_script)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{path}: scrolls sideways")
    fault_free(found)


@SCRIPT
def test_a_receipt_is_downloaded_and_checked_on_the_page(
    shop: Running, visitor: NewVisitor, script: bool, tmp_path: Path
) -> None:
    """Rules: LED-06, BAN-30"""
    reader = visitor(script=script)
    accept(reader, shop)
    page = reader.open(address(shop, "/cookies/receipt/"))
    with page.expect_download() as started:
        page.get_by_role("link", name="Download my receipt").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    assert file.name.startswith("receipt-shop-")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status")).to_have_text("This receipt is true.")
    file.write_bytes(file.read_bytes().replace(b'"version": 1', b'"version": 2', 1))
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status")).to_contain_text("This receipt is not true")
    assert reader.names() == ["cookies_preferences"]


@SCRIPT
def test_a_visitor_is_asked_again_only_about_what_changed_and_reads_it(
    tmp_path: Path, visitor: NewVisitor, script: bool
) -> None:
    """Rules: REG-10, BAN-11"""
    with served(tmp_path) as shop:
        reader = visitor(script=script)
        accept(reader, shop)
        plain = msgspec.structs.replace(COOKIES[0], purpose_text={"en": "Other", "fr": "Autre", "ar": "آخر"})
        publish(tmp_path, registry(plain))
        page = reader.open(address(shop))
        expect(page.locator(BANNER)).to_be_hidden()
        publish(tmp_path, registry(plain, msgspec.structs.replace(FOREIGN, third_party_access=("Ads", "Broker"))))
        page = reader.open(address(shop))
        banner = page.locator(BANNER)
        expect(banner).to_contain_text("ad can now also be read by Broker.")
        expect(banner.locator("strong")).to_have_count(1)
        answer(page, "Refuse all")
        page.wait_for_load_state("networkidle")
        page = reader.open(address(shop, PAGE))
        expect(page.get_by_role("checkbox", name="Personalisation")).to_be_checked()
        expect(page.get_by_role("checkbox", name="Advertising")).not_to_be_checked()
        expect(page.locator("[data-bredele-state]")).to_contain_text("3")


def test_the_preference_page_prints_without_its_buttons(shop: Running, visitor: NewVisitor) -> None:
    """Rules: BAN-10"""
    reader = visitor()
    page = reader.open(address(shop, PAGE))
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="My cookies")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)
