"""The platform's front office, as a visitor gets it."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewVisitor
from tests.e2e.visitor import Stored
from tests.serving import Running

pytestmark = pytest.mark.e2e
POLICY, PREFERENCES, DATA = "/terms/cookies-policy/", "/cookies/preferences/", "/data/"
OWN = {"sessionid", "django_language", "csrftoken", "cookies_preferences"}
DAY = 24 * 3600


def lasts(cookie: Stored, fewest: int, most: int) -> bool:
    """Whether it ends between so many days from now."""
    return fewest * DAY - 120 < cookie["expires"] - time.time() < most * DAY + 120


def outline(page: Page) -> list[str]:
    """What stands out on the policy page, in reading order: headings, the four kinds, table, preference links."""
    found = page.locator("main :is(h1, h2, h3, dl.terms dt, table.records, a[href='/cookies/preferences/'])")
    words: list[str] = found.evaluate_all(
        "all => all.map(one => one.matches('table') ? 'TABLE' : one.innerText.trim())"
    )
    return words


def test_the_trust_page_leads_everywhere_in_one_click_and_sets_nothing(platform: Running, visitor: NewVisitor) -> None:
    """Rules: POL-12, PLT-02, C1"""
    reader = visitor()
    for link, address in (("Read the cookies policy", POLICY), ("Manage my cookies", PREFERENCES), ("Open data", DATA)):
        page = reader.open(f"{platform.origin}/")
        page.get_by_role("main").get_by_role("link", name=link).click()
        expect(page).to_have_url(f"{platform.origin}{address}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert reader.names() == []
    assert reader.hosts() == {"localhost"}


@pytest.mark.parametrize("address", ["/", POLICY, PREFERENCES, DATA, f"{POLICY}versions/", "/proof/", "/api/v1/docs"])
def test_a_public_page_sets_nothing_and_asks_nobody_else(platform: Running, visitor: NewVisitor, address: str) -> None:
    """Rules: PLT-01, PLT-02, BAN-01, BAN-14, C1, C16"""
    reader = visitor()
    page = reader.open(f"{platform.origin}{address}")
    assert reader.names() == []
    assert reader.hosts() == {"localhost"}
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    expect(page.locator("[data-bredele-banner]")).to_have_count(0)


PARTS = {
    "en-GB": (
        "Cookies policy", "What is a cookie?", "Necessary", "Statistical", "First-party", "Third-party",
        "Which cookies are used on the platform", "strictly necessary", "TABLE", "How to change your choices",
        "preference", "What your browser can do", "Date and version",
    ),
    "fr-FR": (
        "Politique de cookies", "Qu’est-ce qu’un cookie", "Nécessaires", "Statistiques", "Internes", "Tiers",
        "Quels cookies sont utilisés sur la plateforme", "strictement nécessaires", "TABLE",
        "Comment modifier vos choix", "préférences", "Ce que permet votre navigateur", "Date et version",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", PARTS)
def test_the_policy_has_the_document_s_parts_in_the_document_s_order(
    platform: Running, visitor: NewVisitor, language: str
) -> None:
    """Rules: V1, POL-02, POL-05, POL-09, C9"""
    reader = visitor(language=language)
    page = reader.open(platform.origin + POLICY)
    assert page.locator("html").get_attribute("lang") == language[:2]
    parts = iter(outline(page))
    missing = [wanted for wanted in PARTS[language] if not any(wanted in part for part in parts)]
    assert missing == [], outline(page)
    assert reader.names() == []


@pytest.mark.parametrize("language", ["en-GB", "fr-FR"])
def test_the_policy_claims_the_analytics_that_are_there(platform: Running, visitor: NewVisitor, language: str) -> None:
    """The seed promises analytics and lists none; here the promise has its own part. Rules: V2, REG-16, C18"""
    page = visitor(language=language).open(platform.origin + POLICY)
    measured = {"en-GB": "analytics", "fr-FR": "audience"}[language]
    expect(page.locator("main p.lead").first).to_contain_text(measured)
    expect(page.locator("main")).to_contain_text({"en-GB": "no IP address", "fr-FR": "ni adresse IP"}[language])


@pytest.mark.parametrize("language", ["en-GB", "fr-FR"])
def test_the_policy_says_its_version_and_date_and_leads_to_all_of_them(
    platform: Running, visitor: NewVisitor, language: str
) -> None:
    """Rules: POL-01, REG-09"""
    page = visitor(language=language).open(platform.origin + POLICY)
    edition = page.locator("section", has=page.locator("#h-edition"))
    expect(edition).to_contain_text("version 1")
    edition.locator('a[href="/terms/cookies-policy/versions/"]').click()
    page.get_by_role("main").locator('a[href*="/versions/1/"]').first.click()
    expect(page.locator("table")).to_contain_text("cookies_preferences")


@pytest.mark.parametrize("language", ["en-GB", "fr-FR"])
def test_the_table_lists_exactly_the_platform_s_own_four(platform: Running, visitor: NewVisitor, language: str) -> None:
    """Rules: V3, POL-03, POL-04, PLT-01"""
    page = visitor(language=language).open(platform.origin + POLICY)
    names = page.locator("table.records tbody code.name").all_inner_texts()
    assert sorted(names) == sorted(OWN)
    expect(page.locator(f'main a[href="{platform.origin}"], main a[href="{platform.origin}/"]').first).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_choosing_a_language_sets_exactly_one_cookie(platform: Running, visitor: NewVisitor, script: bool) -> None:
    """Rules: PLT-05, PLT-06, C7"""
    reader = visitor(script=script)
    page = reader.open(platform.origin + POLICY)
    form = page.locator("[data-bredele-language]")
    expect(form).to_contain_text("django_language")
    form.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page).to_have_url(platform.origin + POLICY)
    assert reader.names() == ["django_language"]
    cookie = reader.cookies()["django_language"]
    assert (cookie["value"], cookie["path"], cookie["domain"]) == ("fr", "/", "localhost")
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (False, False, "Lax")
    assert lasts(cookie, 365, 366)
    expect(reader.open(f"{platform.origin}/").locator("html")).to_have_attribute("lang", "fr")


def test_a_language_in_the_address_shows_it_and_sets_nothing(platform: Running, visitor: NewVisitor) -> None:
    """Rules: C9, PLT-05"""
    reader = visitor()
    page = reader.open(f"{platform.origin}{POLICY}?lang=fr")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert reader.names() == []
    expect(reader.open(platform.origin + POLICY).locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("answer", ["Accept all", "Refuse all", "Save my choices"])
def test_the_preference_page_keeps_each_answer(
    platform: Running, visitor: NewVisitor, answer: str, script: bool
) -> None:
    """Everything here is exempt, and the page still offers each answer. Rules: BAN-14, POL-05, C13"""
    reader = visitor(script=script)
    page = reader.open(platform.origin + PREFERENCES)
    page.get_by_role("main").get_by_role("button", name=answer).click()
    expect(page.get_by_role("status").first).to_contain_text("Saved")
    assert reader.names() == ["cookies_preferences"]
    cookie = reader.cookies()["cookies_preferences"]
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"], cookie["path"]) == (False, False, "Lax", "/")
    assert lasts(cookie, 181, 184)
    expect(reader.open(platform.origin + PREFERENCES).locator("[data-bredele-state]")).to_contain_text("To version")


def test_an_objection_to_counting_is_one_click_and_can_be_taken_back(platform: Running, visitor: NewVisitor) -> None:
    """Rules: POL-07, C18"""
    reader = visitor()
    page = reader.open(platform.origin + PREFERENCES)
    page.get_by_role("button", name="Do not count my visits").click()
    page.get_by_role("button", name="Count my visits again").click()
    expect(page.get_by_role("button", name="Do not count my visits")).to_be_visible()


@pytest.mark.parametrize(
    ("script", "link", "holds"),
    [
        (True, "cookies.json", '"django_language"'),
        (True, "cookies.csv", "django_language"),
        (False, "choices.json", '"choices"'),
        (False, "choices.csv", "accepted"),
        (True, "views.json", '"views"'),
        (False, "views.csv?by=page", "month,page,views"),
    ],
)
def test_every_table_of_the_data_page_can_be_taken_along(
    platform: Running, visitor: NewVisitor, script: bool, link: str, holds: str
) -> None:
    """Rules: API-05"""
    reader = visitor(script=script)
    page = reader.open(platform.origin + DATA)
    with page.expect_download() as download:
        page.get_by_role("link", name=link, exact=True).first.click()
    assert holds in download.value.path().read_text()
    assert download.value.suggested_filename.startswith("civis-")
    assert reader.names() == []


def test_the_data_page_shows_the_cookie_table_choices_and_views(platform: Running, visitor: NewVisitor) -> None:
    """Rules: C18, ANA-14"""
    page = visitor().open(platform.origin + DATA)
    expect(page.get_by_role("table", name="Declared cookies")).to_contain_text("sessionid")
    expect(page.get_by_role("main")).to_contain_text("“<10”")
    expect(page.get_by_role("main")).to_contain_text("could point to a person")
    page.get_by_text("The same as a table").click()
    figures = page.get_by_role("table", name="By day").locator("td").all_inner_texts()
    assert figures
    assert all(figure == "<10" or int(figure.replace(",", "")) % 10 == 0 for figure in figures)


def test_the_explorer_asks_the_api_without_a_cookie(platform: Running, visitor: NewVisitor) -> None:
    """Rules: API-01, PLT-02, C10"""
    reader = visitor()
    page = reader.open(platform.origin + DATA)
    page.get_by_label("Dataset").select_option(label="Declared cookies")
    reader.forget_requests()
    page.get_by_role("button", name="Ask").click()
    expect(page.locator('[data-part="status"]')).to_contain_text("200")
    expect(page.locator('[data-part="answer"]')).to_contain_text("cookies_preferences")
    expect(page.locator('[data-part="request"]')).to_contain_text(f"curl '{platform.origin}/api/v1/cookies'")
    assert [(one.method, one.url) for one in reader.requests] == [("GET", f"{platform.origin}/api/v1/cookies")]
    assert "cookie" not in reader.requests[0].all_headers()
    assert reader.names() == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_explorer_works_without_javascript(platform: Running, visitor: NewVisitor) -> None:
    """Rules: API-01, PLT-02"""
    reader = visitor(script=False)
    page = reader.open(platform.origin + DATA)
    page.get_by_label("Dataset").select_option(label="Page views")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_load_state()
    assert '"views"' in page.locator("body").inner_text()
    assert reader.names() == []


def test_every_page_links_the_policy_and_the_preferences(platform: Running, visitor: NewVisitor) -> None:
    """Rules: POL-12, BAN-09, C15"""
    reader = visitor()
    for address in ("/", POLICY, PREFERENCES, DATA, "/proof/", f"{POLICY}versions/", "/accounts/login/"):
        page = reader.open(platform.origin + address)
        foot = page.get_by_role("contentinfo")
        expect(foot.get_by_role("link", name="Cookies policy")).to_be_visible()
        expect(foot.get_by_role("link", name="Manage my cookies")).to_be_visible()
