"""The back office as its owner works in it: edit, be told what is wrong and how to cure it, publish, undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OWNER_SCRIPT, NewVisitor
from tests.e2e.test_sign_in import sign_in
from tests.serving import Demo, Running

pytestmark = pytest.mark.e2e


@pytest.fixture
def desk(demo: Demo, tmp_path: Path) -> Iterator[Running]:
    """A server of this test's own: what is published here no other test sees."""
    with demo(tmp_path) as server:
        yield server


def section(page: Page, name: str) -> None:
    """To a page of the site at hand."""
    page.get_by_role("navigation", name="This site").get_by_role("link", name=name).click()
    page.wait_for_load_state()


def save(page: Page) -> None:
    """Save the declaration, and see that it was."""
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("status")).to_be_visible()


@OWNER_SCRIPT
def test_the_sites_their_declarations_and_what_is_in_force_are_seen(
    desk: Running, visitor: NewVisitor, script: bool
) -> None:
    """Rules: REG-01, REG-09"""
    page = sign_in(visitor(script=script), desk)
    for name in ("civis", "town", "partner"):
        expect(page.locator(f'main a[href="/backoffice/{name}/"]')).to_be_visible()
    page.locator('main a[href="/backoffice/civis/"]').click()
    expect(page.get_by_role("main")).to_contain_text("Version 1")
    expect(page.get_by_role("main")).to_contain_text("Nothing blocks publishing")
    section(page, "Declarations")
    expect(page.get_by_role("main")).to_contain_text("4 declarations")
    for name in ("sessionid", "django_language", "csrftoken", "cookies_preferences"):
        expect(page.get_by_role("main").get_by_role("link", name=name, exact=True)).to_be_visible()


@OWNER_SCRIPT
def test_checks_block_publishing_with_a_cure_until_it_is_mended_and_published(
    desk: Running, visitor: NewVisitor, script: bool
) -> None:
    """Rules: REG-01, REG-03, REG-06, REG-09, POL-01"""
    owner = visitor(script=script)
    page = sign_in(owner, desk)
    owner.open(f"{desk.origin}/backoffice/civis/declarations/")
    page.get_by_role("main").get_by_role("link", name="sessionid", exact=True).click()
    page.get_by_label("Lifetime", exact=True).fill("")
    save(page)
    section(page, "Checks")
    problem = page.locator(".finding--error")
    expect(problem).to_contain_text("sessionid")
    expect(problem).to_contain_text("lifetime")
    section(page, "Publish")
    expect(page.get_by_role("main")).to_contain_text("problem first")
    expect(page.get_by_role("button", name="Publish version 2")).to_have_count(0)
    expect(page.locator(".finding--error p.soft")).not_to_be_empty()
    assert "lifetime" in desk.ask("/terms/cookies-policy/").body.lower()
    page.get_by_role("link", name="Mend it").first.click()
    page.get_by_label("Lifetime", exact=True).fill("3 days")
    save(page)
    section(page, "Publish")
    expect(page.get_by_role("main")).to_contain_text("Nobody: no consent becomes wider")
    page.get_by_role("button", name="Publish version 2").click()
    expect(page.get_by_role("status")).to_contain_text("in force now")
    public = visitor().open(f"{desk.origin}/terms/cookies-policy/")
    expect(public.locator("section", has=public.locator("#h-edition"))).to_contain_text("version 2")
    expect(public.locator("tr", has_text="sessionid").first).to_contain_text("3 days")
    old = visitor().open(f"{desk.origin}/terms/cookies-policy/versions/1/")
    expect(old.locator("tr", has_text="sessionid").first).to_contain_text("browser session")


@OWNER_SCRIPT
def test_a_change_is_undone_in_one_click(desk: Running, visitor: NewVisitor, script: bool) -> None:
    """Rules: REG-09"""
    owner = visitor(script=script)
    page = sign_in(owner, desk)
    owner.open(f"{desk.origin}/backoffice/civis/declarations/")
    page.get_by_role("main").get_by_role("link", name="csrftoken", exact=True).click()
    page.get_by_label("Service provider").fill("Somebody else")
    save(page)
    expect(page.get_by_role("main")).to_contain_text("Somebody else")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_be_visible()
    owner.open(f"{desk.origin}/backoffice/civis/declarations/")
    expect(page.get_by_role("main")).not_to_contain_text("Somebody else")
    section(page, "Publish")
    expect(page.get_by_role("main")).to_contain_text("There is nothing to publish")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("Lifetime", "until I die", "until I die"), ("Names", "*", "*"), ("Names", "", "Write at least one name")],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_saved(
    platform: Running, visitor: NewVisitor, field: str, typed: str, said: str
) -> None:
    """Rules: REG-06, REG-11"""
    owner = visitor()
    page = sign_in(owner, platform)
    owner.open(f"{platform.origin}/backoffice/civis/declarations/")
    page.get_by_role("main").get_by_role("link", name="sessionid", exact=True).click()
    page.get_by_label(field, exact=True).fill(typed)
    page.get_by_role("button", name="Save the draft").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Not saved yet")
    expect(alert).to_contain_text(said)
    expect(alert).to_be_focused()
    alert.get_by_role("link", name=field).click()
    expect(page.get_by_label(field, exact=True)).to_be_focused()
    assert page.get_by_label(field, exact=True).get_attribute("aria-invalid") == "true"
    owner.open(f"{platform.origin}/backoffice/civis/publish/")
    expect(page.get_by_role("main")).to_contain_text("There is nothing to publish")


def test_an_overlapping_pattern_of_another_purpose_is_refused_with_its_cure(
    platform: Running, visitor: NewVisitor
) -> None:
    """Rules: REG-11"""
    owner = visitor()
    page = sign_in(owner, platform)
    owner.open(f"{platform.origin}/backoffice/town/declarations/")
    page.get_by_role("main").get_by_role("link", name="theme", exact=True).click()
    page.get_by_label("Names", exact=True).fill("pages_*")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("alert")).to_contain_text("pages_read")
    expect(page.get_by_role("alert")).to_contain_text("narrow one pattern")


def test_a_wider_consent_asks_again_and_a_stored_answer_to_it_no_longer_counts(
    desk: Running, visitor: NewVisitor
) -> None:
    """The rest of the answer is kept. Rules: REG-09, C14"""
    reader = visitor()
    town = reader.open(f"{desk.town}/")
    town.locator("[data-bredele-banner]").get_by_role("button", name="Accept all", exact=True).click()
    expect(town.locator("[data-bredele-banner]")).to_be_hidden()
    owner = visitor()
    page = sign_in(owner, desk)
    owner.open(f"{desk.origin}/backoffice/town/declarations/")
    page.get_by_role("main").get_by_role("link", name="theme", exact=True).click()
    page.get_by_label("Lifetime", exact=True).fill("12 months")
    save(page)
    section(page, "Publish")
    expect(page.get_by_role("main")).to_contain_text("Visitors who answered before are asked again about")
    page.get_by_role("button", name="Publish version 2").click()
    expect(page.get_by_role("status")).to_be_visible()
    reader.open(f"{desk.town}/news/")
    expect(town.locator("[data-bredele-banner]")).to_be_visible()
    town.locator("[data-town-season]").get_by_role("button", name="Advent").click()
    expect(town.locator("body")).to_have_attribute("data-season", "advent")
    assert "theme" not in reader.names()
    expect(town.locator("[data-town-box] iframe")).to_have_count(1)
