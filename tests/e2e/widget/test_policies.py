"""Under strict policies: no violation, and what was granted works (a violation is a complaint, and fails the test)."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewVisitor
from tests.e2e.widget.conftest import BANNER, press, until
from tests.projects.tracker import Tracker
from tests.serving import Running

pytestmark = pytest.mark.e2e
RAN = "window.ranInline || 0"


@pytest.mark.parametrize("policy", ["tt", *(pytest.param(one, marks=pytest.mark.trial) for one in ("self", "nonce"))])
def test_a_strict_policy_is_never_broken_and_the_granted_items_work(
    visitor: NewVisitor, address: str, tracker: Tracker, policy: str
) -> None:
    """Rules: BAN-15"""
    reader = visitor()
    page = reader.open(f"{address}?csp={policy}")
    assert page.locator(BANNER).is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('[data-bredele-banner] button')).minHeight") == "44px"
    press(page, "accept")
    until(page, tracker, "ext-file", "ext-beat", "frame")
    assert page.evaluate(RAN) == (0 if policy == "self" else 1), "no policy of 'self' lets inline code run"
    page.locator("#reopen").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_timeout(300)


def test_a_purpose_alone_lets_out_what_is_its_own(visitor: NewVisitor, address: str, tracker: Tracker) -> None:
    """Rules: BAN-15"""
    page = visitor().open(address)
    page.locator("[data-bredele-placeholder] button").click()
    until(page, tracker, "ext-file", "frame")
    expect(page.locator(BANNER)).to_be_hidden()
    expect(page.locator("[data-bredele-placeholder]")).to_have_count(0)
    assert page.evaluate(RAN) == 0


def test_the_placeholder_works_without_a_script(visitor: NewVisitor, address: str, tracker: Tracker) -> None:
    """Rules: BAN-30"""
    page = visitor(script=False).open(address)
    expect(page.locator("[data-bredele-placeholder]")).to_contain_text("Tracker would learn that you read this page")
    page.locator("[data-bredele-placeholder] button").click()
    until(page, tracker, "frame")
    expect(page.locator("[data-bredele-placeholder]")).to_have_count(0)


def test_where_the_policy_depends_on_the_choice_one_reload_makes_it_work(
    visitor: NewVisitor, platform: Running
) -> None:
    """Rules: BAN-15"""
    page = visitor().open(f"{platform.town}/film/")
    loads: list[str] = []
    page.on("load", lambda: loads.append(page.url))
    press(page, "accept")
    expect(page.locator("iframe.screen")).to_be_visible()
    page.wait_for_timeout(500)
    assert len(loads) == 1
    reader = visitor()
    page = reader.open(f"{platform.town}/film/")
    again: list[str] = []
    page.on("load", lambda: again.append(page.url))
    press(page, "refuse")
    page.wait_for_timeout(500)
    assert again == []
