"""The same for everybody: forced colours, paper, and withdrawing in each language, with scripts and not."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewVisitor
from tests.e2e.widget.conftest import BANNER, CHOICE, LANGUAGES, SCRIPT, choice, press, quiet, until
from tests.projects.shop import HOST
from tests.projects.tracker import Tracker

pytestmark = pytest.mark.e2e
LOCALE = {"en": "en-GB", "fr": "fr-FR", "ar": "ar-EG"}
WITHDRAWN = {"en": "Your consent is withdrawn", "fr": "Votre consentement est retiré", "ar": "سُحبت موافقتك"}
SCOPES = ("st_host", "st_parent", "mk_host", "mk_path", "st_http")


@pytest.mark.parametrize("language", LANGUAGES)
@SCRIPT
def test_withdrawing_deletes_every_scope_and_says_what_became_of_everything(
    visitor: NewVisitor, address: str, tracker: Tracker, language: str, script: bool
) -> None:
    """HttpOnly too; where scripts are off, storage is named as still there. Rules: BAN-09, BAN-16, BAN-30, ENF-08"""
    reader = visitor(language=LOCALE[language], script=script)
    page = reader.open(address)
    press(page, "accept")
    if script:
        until(page, tracker, "ext-beat")
    for name in SCOPES:
        place = {"domain": ".site.localhost" if name == "st_parent" else HOST, "path": "/p" if "path" in name else "/"}
        reader.context.add_cookies([{"name": name, "value": "1", "httpOnly": name == "st_http", **place}])  # type: ignore[list-item,typeddict-item]  # whole cookies
    reader.open(address)
    page.locator("[data-bredele-withdraw] button").click()
    told = page.locator("[data-bredele-withdrawn]")
    expect(told).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.locator("html").get_attribute("lang") == language
    expect(told.get_by_role("heading", level=2)).to_have_text(WITHDRAWN[language])
    assert not set(SCOPES) & set(reader.cookies())
    assert set(choice(reader)) == {"0"}
    assert reader.cookies()[CHOICE]["path"] == "/"
    for name in (*SCOPES, "st_ls", "mk_ls", "tp"):
        expect(told.get_by_text(name, exact=True)).to_be_visible()
    assert quiet(page, tracker), "what ran has stopped"
    if script:
        assert page.evaluate("Object.keys(localStorage)") == []
    expect(told.locator("[data-bredele-by-hand]")).to_be_visible(visible=not script)


def test_forced_colours_keep_every_edge_and_the_focus(visitor: NewVisitor, address: str) -> None:
    """Rules: BAN-26, BAN-28"""
    page = visitor().open(address)
    page.emulate_media(forced_colors="active")
    looks = page.evaluate(
        """() => [...document.querySelectorAll("[data-bredele-banner] .bredele-button")].slice(0, 3).map((e) => {
        e.focus({ focusVisible: true }); const s = getComputedStyle(e);
        return [s.borderTopWidth, s.borderTopStyle, s.outlineStyle, s.outlineWidth, s.borderTopColor !==
        s.backgroundColor]; })"""
    )
    assert looks == [["2px", "solid", "solid", "3px", True]] * 3
    page.locator(f"{BANNER} summary").click()
    box = page.locator("dialog [type=checkbox]").first
    assert box.evaluate("(e) => getComputedStyle(e).appearance !== 'none'"), "the system draws its own ticks"


@SCRIPT
def test_on_paper_there_is_no_banner_and_the_page_is_whole(visitor: NewVisitor, address: str, script: bool) -> None:
    page = visitor(script=script).open(address)
    expect(page.locator(BANNER)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(BANNER)).to_be_hidden()
    expect(page.locator("#c")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_is_had_without_a_script(visitor: NewVisitor, address: str, language: str) -> None:
    """Rules: LED-06, BAN-30"""
    reader = visitor(language=LOCALE[language], script=False)
    page = reader.open(address)
    press(page, "accept")
    reader.open(address.replace("/p/shop/", "/cookies/receipt/"))
    assert page.locator("html").get_attribute("lang") == language
    with page.expect_download() as coming:
        page.locator("a[href*='/cookies/receipt/download/']").first.click()
    assert coming.value.path().read_bytes().startswith(b"{")
