"""The town and its partner: every sentence of the document at work, before and after the visitor's answer."""

import time
from functools import partial

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.e2e.conftest import NewVisitor
from tests.e2e.visitor import Visitor
from tests.serving import Running

pytestmark = pytest.mark.e2e
DAY = 24 * 3600
PARTNER = "partner.localhost"
PAGES = ("/", "/news/", "/news/storks/", "/bookshop/", "/bookshop/cart/", "/film/", "/what-happened/")
BANNER = "[data-bredele-banner]"
BOX = "[data-town-box]"
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def answer(page: Page, words: str) -> None:
    """One click in the banner, and the page as it is then: what a grant adds to its policy needs a new load."""
    loads = page.expect_navigation if words == "Accept all" else partial(page.expect_response, "**/consent")
    with loads():
        page.locator(BANNER).get_by_role("button", name=words, exact=True).click()
    expect(page.locator(BANNER)).to_be_hidden()
    page.wait_for_load_state()


def withdraw(page: Page) -> None:
    """One click at the foot of the page."""
    page.locator("[data-bredele-withdraw]").get_by_role("button").click()
    expect(page.locator("[data-bredele-withdraw]")).to_be_hidden()
    page.wait_for_load_state("networkidle")


def box(page: Page) -> FrameLocator:
    """The partner's frame at the foot of a page."""
    return page.frame_locator(f"{BOX} iframe")


def seen(page: Page) -> list[str]:
    """The pages of the town that the partner's box lists."""
    expect(box(page).locator("ol.seen li").first).to_be_visible()
    return box(page).locator("ol.seen li code").all_inner_texts()


@SCRIPT
@pytest.mark.parametrize(
    "address", ["/", "/news/", "/bookshop/", "/film/", "/what-happened/", "/terms/cookies-policy/"]
)
def test_before_an_answer_nothing_goes_to_the_partner_and_nothing_is_stored(
    platform: Running, visitor: NewVisitor, address: str, script: bool
) -> None:
    """Rules: BAN-01, C17, PLT-02"""
    reader = visitor(script=script)
    page = reader.open(platform.town + address)
    expect(page.locator(BANNER)).to_be_visible()
    expect(page.locator(f'iframe[src*="{PARTNER}"], img[src*="{PARTNER}"]')).to_have_count(0)
    assert reader.hosts() == {"town.localhost"}
    assert reader.names() == []


@SCRIPT
def test_accepting_fills_the_partner_s_box_page_by_page(platform: Running, visitor: NewVisitor, script: bool) -> None:
    """Rules: BAN-01, C17, REG-05"""
    reader = visitor(script=script)
    page = reader.open(f"{platform.town}/")
    answer(page, "Accept all")
    assert seen(page) == ["/"]
    assert seen(reader.open(f"{platform.town}/news/")) == ["/news/", "/"]
    assert seen(reader.open(f"{platform.town}/bookshop/")) == ["/bookshop/", "/news/", "/"]
    assert PARTNER in reader.hosts()
    kept = reader.cookies()["partner_pages"]
    assert kept["domain"] == PARTNER
    assert (kept["secure"], kept["httpOnly"], kept["sameSite"]) == (True, True, "None")
    assert kept.get("partitionKey")


def test_the_cookies_after_accepting_are_as_declared(platform: Running, visitor: NewVisitor) -> None:
    """Rules: POL-03, REG-06, C13"""
    reader = visitor()
    page = reader.open(f"{platform.town}/")
    answer(page, "Accept all")
    page.locator("[data-town-season]").get_by_role("button", name="Advent").click()
    reader.open(f"{platform.town}/news/")
    expected = {"cookies_preferences": (181, 184), "pages_read": (7, 7), "theme": (181, 184), "partner_pages": (30, 30)}
    jar = reader.cookies()
    assert sorted(jar) == sorted(expected)
    for name, (fewest, most) in expected.items():
        days = (jar[name]["expires"] - time.time()) / DAY
        assert fewest - 0.1 <= days <= most + 0.1, name
        assert jar[name]["path"] == "/"
    assert [name for name in sorted(jar) if jar[name]["httpOnly"]] == ["pages_read", "partner_pages", "theme"]


@SCRIPT
def test_withdrawing_empties_the_box_and_the_cookies_are_gone(
    platform: Running, visitor: NewVisitor, script: bool
) -> None:
    """The partner's own goes through the address it declares. Rules: BAN-09, C15, C17"""
    reader = visitor(script=script)
    page = reader.open(f"{platform.town}/")
    answer(page, "Accept all")
    page.locator("[data-town-season]").get_by_role("button", name="Grape harvest").click()
    seen(reader.open(f"{platform.town}/news/"))
    assert {"theme", "pages_read", "partner_pages"} <= set(reader.names())
    reader.forget_requests()
    withdraw(page)
    expect(page.locator(f"{BOX} iframe")).to_have_count(0)
    assert reader.names() == ["cookies_preferences"]
    to_partner = [request.url for request in reader.requests if PARTNER in request.url]
    assert to_partner == [f"{platform.partner}/erase/"]
    reader.forget_requests()
    for address in ("/", "/film/"):
        reader.open(platform.town + address)
    assert reader.hosts() == {"town.localhost"}
    assert reader.names() == ["cookies_preferences"]


def test_withdrawing_takes_no_more_clicks_than_accepting_and_is_on_every_page(
    platform: Running, visitor: NewVisitor
) -> None:
    """One click each. Rules: BAN-09, C15"""
    reader = visitor()
    page = reader.open(f"{platform.town}/")
    answer(page, "Accept all")
    for address in ("/", "/news/", "/bookshop/cart/", "/film/", "/what-happened/", "/terms/cookies-policy/", "/data/"):
        page = reader.open(platform.town + address)
        expect(page.locator("[data-bredele-withdraw]").get_by_role("button")).to_be_visible()
        expect(page.get_by_role("contentinfo").get_by_role("link", name="Manage my cookies")).to_be_visible()


@SCRIPT
def test_refusing_is_one_click_and_nothing_optional_is_ever_set(
    platform: Running, visitor: NewVisitor, script: bool
) -> None:
    """Rules: BAN-02, BAN-03, C13, C17"""
    reader = visitor(script=script)
    page = reader.open(f"{platform.town}/news/")
    answer(page, "Refuse all")
    expect(page).to_have_url(f"{platform.town}/news/")
    page.locator("[data-town-season]").get_by_role("button", name="Advent").click()
    for address in PAGES:
        expect(reader.open(platform.town + address).locator(BANNER)).to_be_hidden()
    assert reader.names() == ["cookies_preferences"]
    assert reader.hosts() == {"town.localhost"}
    refusal = reader.cookies()["cookies_preferences"]
    assert len(f"cookies_preferences={refusal['value']}") <= 40
    assert refusal["value"].split(".")[2] == "000"


@SCRIPT
def test_one_purpose_alone_can_be_allowed(platform: Running, visitor: NewVisitor, script: bool) -> None:
    """Nothing is ticked at first. Rules: BAN-05, C13"""
    reader = visitor(script=script)
    page = reader.open(f"{platform.town}/")
    banner = page.locator(BANNER)
    banner.get_by_text("Choose", exact=True).click()
    boxes = page.get_by_role("checkbox")
    expect(boxes.first).to_be_visible()
    assert [one.is_checked() for one in boxes.all()] == [False, False, False]
    page.get_by_role("checkbox", name="Personalisation").check()
    page.get_by_role("button", name="Save my choices").click()
    expect(page.locator(BANNER)).to_be_hidden()
    page.wait_for_load_state()
    page.locator("[data-town-season]").get_by_role("button", name="Advent").click()
    expect(page.locator("body")).to_have_attribute("data-season", "advent")
    assert reader.names() == ["cookies_preferences", "theme"]
    assert reader.hosts() == {"town.localhost"}
    page = reader.open(f"{platform.town}/cookies/preferences/")
    ticked = {
        one.get_attribute("value"): one.is_checked() for one in page.get_by_role("main").get_by_role("checkbox").all()
    }
    assert ticked == {"measurement": False, "personalisation": True, "advertising": False}


def test_accept_and_refuse_are_the_same_button_twice(platform: Running, visitor: NewVisitor) -> None:
    """Rules: BAN-02, BAN-03, BAN-04"""
    for phone in (False, True):
        page = visitor(phone=phone).open(f"{platform.town}/")
        looks = []
        for words in ("Accept all", "Refuse all"):
            button = page.locator(BANNER).get_by_role("button", name=words, exact=True)
            expect(button).to_be_in_viewport()
            style = button.evaluate(
                "one => { const s = getComputedStyle(one); return [one.tagName, s.fontSize, s.fontWeight, s.fontFamily,"
                " s.color, s.backgroundColor, s.borderColor, s.textDecoration] }"
            )
            size = button.bounding_box()
            assert size is not None
            looks.append((style, size["width"] * size["height"], size["height"]))
        (first, area, height), (second, other_area, other_height) = looks
        assert first == second
        assert abs(area - other_area) <= 0.02 * area
        assert abs(height - other_height) <= 0.02 * height


@pytest.mark.parametrize("language", ["en-GB", "fr-FR"])
def test_the_policy_is_one_click_from_the_banner_and_can_be_read_beside_it(
    platform: Running, visitor: NewVisitor, language: str
) -> None:
    """Rules: POL-12"""
    reader = visitor(language=language)
    page = reader.open(f"{platform.town}/")
    page.locator(BANNER).locator('a[href="/terms/cookies-policy/"]').click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(BANNER)).to_be_visible()
    last = page.locator("main h2").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    assert reader.names() == []


def press_until(reader: Visitor, page: Page, name: str, most: int = 60) -> None:
    """Tab until the element of this accessible name is focused, and see that the focus is visible all the way."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()") == name:
            return
    raise AssertionError(f"{name} is not reached by the keyboard")


def test_a_keyboard_alone_answers_reads_and_withdraws(platform: Running, visitor: NewVisitor) -> None:
    """Rules: BAN-02, BAN-09"""
    reader = visitor()
    page = reader.open(f"{platform.town}/news/")
    press_until(reader, page, "Accept all", most=12)
    page.keyboard.press("Enter")
    expect(page.locator(BANNER)).to_be_hidden()
    assert seen(page) == ["/news/"]
    press_until(reader, page, "Withdraw my consent")
    page.keyboard.press("Enter")
    expect(page.locator("[data-bredele-withdraw]")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert reader.names() == ["cookies_preferences"]


def test_a_keyboard_alone_refuses_in_as_many_presses_as_it_accepts(platform: Running, visitor: NewVisitor) -> None:
    """One more stop, on the button beside it. Rules: BAN-02, BAN-04"""
    reader = visitor()
    page = reader.open(f"{platform.town}/")
    press_until(reader, page, "Accept all", most=12)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText.trim()") == "Refuse all"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    expect(page.locator(BANNER)).to_be_hidden()
    page.wait_for_load_state("networkidle")  # the answer is on its way when the banner hides
    assert reader.names() == ["cookies_preferences"]


def test_the_partner_s_own_pages_set_nothing(platform: Running, visitor: NewVisitor) -> None:
    """Rules: PLT-02"""
    reader = visitor()
    page = reader.open(f"{platform.partner}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page).to_have_url(f"{platform.town}/")
    assert reader.names() == []
