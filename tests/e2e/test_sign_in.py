"""Signing in and out as a person does, and the exact cookies of it."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewVisitor
from tests.e2e.visitor import Visitor
from tests.serving import Running

pytestmark = pytest.mark.e2e
SESSION = -1
FORTNIGHT = 14 * 24 * 3600


def sign_in(reader: Visitor, platform: Running, *, stay: bool = False) -> Page:
    """Through the form, to the back office."""
    name, password = platform.account
    page = reader.open(f"{platform.origin}/backoffice/")
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    page.get_by_label("User name or e-mail").fill(name)
    page.get_by_label("Password").fill(password)
    if stay:
        page.get_by_label("Stay signed in").check()
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{platform.origin}/backoffice/")
    return page


@pytest.mark.parametrize("script", [True, False])
def test_the_sign_in_page_sets_its_token_and_nothing_else(platform: Running, visitor: NewVisitor, script: bool) -> None:
    """Rules: C2, C12, PLT-01"""
    reader = visitor(script=script)
    reader.open(f"{platform.origin}/accounts/login/")
    assert reader.names() == ["csrftoken"]
    token = reader.cookies()["csrftoken"]
    assert (token["httpOnly"], token["secure"], token["sameSite"], token["path"]) == (False, False, "Lax", "/")
    assert token["expires"] == SESSION


@pytest.mark.parametrize("script", [True, False])
def test_signing_in_and_out_sets_and_deletes_exactly_what_the_policy_says(
    platform: Running, visitor: NewVisitor, script: bool
) -> None:
    """Rules: C3, C6, PLT-01, PLT-03, PLT-04, PLT-07"""
    reader = visitor(script=script)
    reader.open(f"{platform.origin}/accounts/login/")
    before = reader.cookies()["csrftoken"]["value"]
    page = sign_in(reader, platform)
    assert reader.names() == ["csrftoken", "sessionid"]
    session = reader.cookies()["sessionid"]
    assert (session["httpOnly"], session["secure"], session["sameSite"], session["path"]) == (True, False, "Lax", "/")
    assert (session["domain"], session["expires"]) == ("localhost", SESSION)
    assert reader.cookies()["csrftoken"]["value"] != before
    page.get_by_role("button", name="Sign out").or_(page.get_by_role("link", name="Sign out")).first.click()
    leave(page)
    assert reader.names() == ["csrftoken"]
    reader.open(f"{platform.origin}/backoffice/")
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def leave(page: Page) -> None:
    """The confirming page, where there is one."""
    page.wait_for_load_state()
    if "/accounts/logout/" in page.url:
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        page.wait_for_load_state()


def test_staying_signed_in_is_fourteen_days(platform: Running, visitor: NewVisitor) -> None:
    """Rules: C3, PLT-04"""
    reader = visitor()
    sign_in(reader, platform, stay=True)
    session = reader.cookies()["sessionid"]
    assert abs(session["expires"] - time.time() - FORTNIGHT) < 120
    kept = session["value"]
    reader.open(f"{platform.origin}/data/")
    assert reader.cookies()["sessionid"]["value"] == kept


def test_a_wrong_password_says_so_and_signs_nobody_in(platform: Running, visitor: NewVisitor) -> None:
    """Rules: PLT-01"""
    reader = visitor()
    page = reader.open(f"{platform.origin}/accounts/login/")
    page.get_by_label("User name or e-mail").fill("owner")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert reader.names() == ["csrftoken"]


def test_the_signed_in_explorer_posts_with_its_token(platform: Running, visitor: NewVisitor) -> None:
    """The document's "to retrieve data via API calls". Rules: API-01, C11, V3"""
    reader = visitor()
    sign_in(reader, platform)
    page = reader.open(f"{platform.origin}/data/")
    page.get_by_label("Dataset").select_option(label="Page views")
    page.get_by_label("Grouped by").select_option(label="page")
    reader.forget_requests()
    page.get_by_role("button", name="Ask").click()
    expect(page.locator('[data-part="status"]')).to_contain_text("200")
    expect(page.locator('[data-part="answer"]')).to_contain_text('"dataset": "views"')
    asked = next(one for one in reader.requests if one.method == "POST")
    assert asked.url == f"{platform.origin}/api/v1/query"
    assert asked.post_data_json == {"dataset": "views", "by": "page"}
    assert asked.header_value("x-csrftoken") == reader.cookies()["csrftoken"]["value"]
    expect(page.locator('[data-part="request"]')).not_to_contain_text(reader.cookies()["csrftoken"]["value"])
    page.get_by_label("Dataset").select_option(label="Statistics")
    grouped = page.get_by_label("Grouped by")
    assert grouped.input_value() == "total"
    grouped.select_option(label="Countries")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator('[data-part="answer"]')).to_contain_text('"dataset": "statistics"')
    expect(page.locator('[data-part="status"]')).to_contain_text("200")
    page.get_by_label("Dataset").select_option(label="Choices")
    expect(grouped).to_be_disabled()
    assert reader.names() == ["csrftoken", "sessionid"]


def test_everything_a_person_can_do_leaves_exactly_the_four(platform: Running, visitor: NewVisitor) -> None:
    """Rules: PLT-01, V3"""
    reader = visitor()
    page = reader.open(f"{platform.origin}/cookies/preferences/")
    page.get_by_role("main").get_by_role("button", name="Refuse all").click()
    page.locator("[data-bredele-language]").get_by_role("button", name="English").click()
    sign_in(reader, platform)
    assert reader.names() == ["cookies_preferences", "csrftoken", "django_language", "sessionid"]
