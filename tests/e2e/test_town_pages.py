"""The town's own pages: film, cart, seasons, what happened, its policy and its figures."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewVisitor
from tests.e2e.test_town import BANNER, PARTNER, SCRIPT, answer, withdraw
from tests.serving import Running

pytestmark = pytest.mark.e2e
PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
"""A browser that does not say it is driven: crawlers are not counted."""


@SCRIPT
def test_the_film_stays_dark_until_it_is_allowed(platform: Running, visitor: NewVisitor, script: bool) -> None:
    """The placeholder says who would get what. Rules: C17, BAN-01"""
    reader = visitor(script=script, moving=True)
    page = reader.open(f"{platform.town}/film/")
    placeholder = page.locator("[data-town-placeholder]")
    expect(placeholder).to_contain_text(f"{PARTNER}:{platform.port}")
    expect(placeholder).to_contain_text("keeps a cookie")
    answer(page, "Accept all")
    expect(placeholder).to_have_count(0)
    film = page.frame_locator("iframe.screen")
    expect(film.get_by_role("img")).to_be_visible()
    film.get_by_text("Play").first.click()
    expect(film.get_by_role("checkbox")).to_be_checked()
    withdraw(page)
    expect(placeholder).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)


@SCRIPT
def test_the_cart_is_necessary_and_works_before_any_answer(
    platform: Running, visitor: NewVisitor, script: bool
) -> None:
    """A browser-session cookie from the first book to the last. Rules: REG-03, BAN-01"""
    reader = visitor(script=script)
    page = reader.open(f"{platform.town}/bookshop/")
    assert reader.names() == []
    page.get_by_role("main").locator("form.buy button").first.click()
    expect(page.get_by_role("status").first).to_be_visible()
    assert reader.names() == ["cart"]
    cart = reader.cookies()["cart"]
    assert (cart["expires"], cart["httpOnly"], cart["sameSite"]) == (-1, True, "Lax")
    page = reader.open(f"{platform.town}/bookshop/cart/")
    for step, count in (("+", "2"), ("−", "1")):
        page.locator("form.copies button", has_text=step).click()
        expect(page.locator("form.copies output")).to_have_text(count)
    page.get_by_role("button", name="Remove").first.click()
    expect(page.locator("table.till")).to_have_count(0)
    assert reader.names() == []


@SCRIPT
def test_a_season_is_for_one_page_until_it_may_be_remembered(
    platform: Running, visitor: NewVisitor, script: bool
) -> None:
    """Rules: BAN-01"""
    reader = visitor(script=script)
    page = reader.open(f"{platform.town}/news/")
    page.locator("[data-town-season]").get_by_role("button", name="Advent").click()
    expect(page.locator("body")).to_have_attribute("data-season", "advent")
    expect(page.get_by_role("status").first).to_contain_text("this page only")
    assert reader.names() == []
    expect(reader.open(f"{platform.town}/").locator("body")).to_have_attribute("data-season", "cherry")
    answer(page, "Accept all")
    page.locator("[data-town-season]").get_by_role("button", name="Advent").click()
    expect(reader.open(f"{platform.town}/bookshop/").locator("body")).to_have_attribute("data-season", "advent")


def test_what_happened_tells_of_every_declared_cookie_whether_it_came(platform: Running, visitor: NewVisitor) -> None:
    """Rules: POL-03, REG-05"""
    reader = visitor()
    page = reader.open(f"{platform.town}/what-happened/")
    rows = page.locator("[data-cookie]")
    assert {row.get_attribute("data-cookie") for row in rows.all()} == {
        "cart", "cookies_preferences", "django_language", "pages_read", "theme", "partner_pages"
    }  # fmt: skip
    assert {row.get_attribute("data-sent") for row in rows.all()} == {"false"}
    answer(page, "Accept all")
    page = reader.open(f"{platform.town}/what-happened/")
    expect(page.locator('[data-cookie="pages_read"]')).to_have_attribute("data-reason", "granted")
    expect(page.locator('[data-cookie="pages_read"]')).to_have_attribute("data-sent", "true")
    withdraw(page)
    expect(page.locator('[data-cookie="pages_read"]')).to_have_attribute("data-reason", "refused")
    expect(page.locator('[data-cookie="theme"]')).to_have_attribute("data-sent", "false")


def test_the_policy_names_one_cookie_of_each_of_the_document_s_kinds(platform: Running, visitor: NewVisitor) -> None:
    """Beside the choice and the language. Rules: POL-02, POL-03"""
    page = visitor().open(f"{platform.town}/terms/cookies-policy/")
    for section, name in (
        ("necessary", "cart"),
        ("statistical", "pages_read"),
        ("first-party", "theme"),
        ("third-party", "partner_pages"),
    ):
        table = page.locator(f'table[aria-labelledby$="-{section}"]')
        expect(table.locator("code.name", has_text=name)).to_be_visible()


def test_a_choice_of_language_on_the_town_sets_one_cookie_and_nothing_else(
    platform: Running, visitor: NewVisitor
) -> None:
    """Rules: PLT-05, C7"""
    reader = visitor()
    page = reader.open(f"{platform.town}/news/")
    page.locator("[data-bredele-language]").get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator(BANNER)).to_contain_text("Tout refuser")
    assert reader.names() == ["django_language"]


def test_page_views_are_counted_without_any_identifier_and_small_figures_are_not_told(
    platform: Running, visitor: NewVisitor
) -> None:
    """Rules: C18, ANA-14, PLT-12"""
    reader = visitor(agent=PERSON)
    for _ in range(14):
        reader.open(f"{platform.town}/news/")
    page = reader.open(f"{platform.town}/data/")
    expect(page.get_by_role("main")).to_contain_text("a figure under ten reads “<10”")
    expect(page.get_by_role("main")).to_contain_text("could point to a person")
    by_page = page.get_by_role("table", name="By page")
    expect(by_page).to_contain_text("/news/")
    page.get_by_text("The same as a table").click()
    figures = page.get_by_role("table", name="By day").locator("td").all_inner_texts()
    assert "<10" in figures
    assert all(one == "<10" or int(one.replace(",", "")) % 10 == 0 for one in figures)
    assert reader.names() == []


def test_the_answers_are_counted_on_the_data_page(platform: Running, visitor: NewVisitor) -> None:
    """Rules: C18"""
    reader = visitor()
    page = reader.open(f"{platform.town}/")
    answer(page, "Refuse all")
    page = reader.open(f"{platform.town}/data/")
    table = page.get_by_role("table", name="Choices")
    expect(table).to_contain_text("<10")
