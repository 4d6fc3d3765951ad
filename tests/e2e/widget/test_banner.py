"""The banner a server renders and the widget enhances: what a visitor sees, does and keeps, with scripts and not."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewVisitor
from tests.e2e.widget.conftest import BANNER, CHOICE, LANGUAGES, SCRIPT, choice, in_focus, press, quiet, until
from tests.projects.tracker import Tracker

pytestmark = pytest.mark.e2e
TEXTS = ("h2", "p >> nth=0", "li", "p >> nth=1", "a[href$='cookies-policy/']")
"""Who asks, for what in words, what an answer does and that it can be taken back, where third parties are listed."""


@pytest.mark.parametrize("language", LANGUAGES)
@SCRIPT
def test_it_is_there_at_once_and_refusing_is_one_click(
    visitor: NewVisitor, address: str, tracker: Tracker, language: str, script: bool
) -> None:
    """Rules: BAN-01, BAN-02, BAN-11, BAN-28, BAN-30, PLT-08"""
    reader = visitor(script=script)
    page = reader.open(f"{address}?lang={language}")
    assert page.locator(BANNER).is_visible()
    assert page.locator("html").get_attribute("lang") == language
    assert (reader.names(), tracker.hits) == ([], [])
    press(page, "refuse")
    assert reader.names() == [CHOICE]
    assert choice(reader) == "00"
    assert len(f"{CHOICE}={reader.cookies()[CHOICE]['value']}") <= 40
    reader.open(address)
    expect(page.locator(BANNER)).to_have_count(0)
    assert tracker.hits == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_layer_one_must_say_is_seen_at_320_pixels(
    visitor: NewVisitor, address: str, language: str, axe_script: str
) -> None:
    """Rules: BAN-13, BAN-25, BAN-26"""
    page = visitor().open(f"{address}?lang={language}")
    page.set_viewport_size({"width": 320, "height": 640})
    for text in TEXTS:
        found = page.locator(BANNER).locator(text).first
        found.scroll_into_view_if_needed()
        box = found.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for button in page.locator(f"{BANNER} button, {BANNER} summary").all():
        if button.is_visible():
            assert (button.bounding_box() or {"height": 0})["height"] >= 24
    assert violations(page, axe_script) == []
    page.locator(f"{BANNER} summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page, axe_script) == []


def violations(page: Page, axe_script: str) -> list[str]:
    """What axe finds: WCAG and best practice."""
    page.evaluate(f"{axe_script}; 0")
    found: list[dict[str, Any]] = page.evaluate("axe.run().then((result) => result.violations)")
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found]


def test_accept_refuse_and_choose_are_equal(visitor: NewVisitor, address: str) -> None:
    """Rules: BAN-02, BAN-03, BAN-04, BAN-06"""
    page = visitor().open(address)
    looks = page.evaluate(
        """() => [...document.querySelectorAll("[data-bredele-banner] .bredele-button")].slice(0, 3).map((e) => {
        const s = getComputedStyle(e), b = e.getBoundingClientRect();
        return [
        b.width, b.height, s.fontSize, s.fontWeight, s.fontFamily, s.color, s.backgroundColor, s.borderColor,
        ]; })"""
    )
    assert looks[0] == looks[1] == looks[2]
    order = page.evaluate(
        """() => document.querySelector("[data-bredele-banner] li").compareDocumentPosition(
        document.querySelector("[data-bredele-banner] button"))"""
    )
    assert order & 4


@SCRIPT
def test_choosing_grants_one_purpose_and_no_other(
    visitor: NewVisitor, address: str, tracker: Tracker, script: bool
) -> None:
    """Rules: BAN-05, BAN-06, BAN-15"""
    reader = visitor(script=script)
    page = reader.open(address)
    page.locator(f"{BANNER} summary").click()
    form = page.locator("dialog" if script else BANNER)
    assert [box.is_checked() for box in form.locator("[type=checkbox]").all()] == [False, False]
    form.locator("[value=measurement]").check()
    with page.expect_response("**/consent"):
        form.locator("[value=save]").click()
    expect(page.locator(BANNER)).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert choice(reader) == "10"
    assert ("st_host" in reader.cookies()) is script
    assert tracker.hits == []


def test_nothing_but_a_click_answers(visitor: NewVisitor, address: str, tracker: Tracker) -> None:
    """Rules: BAN-07"""
    reader = visitor()
    page = reader.open(address)
    page.mouse.wheel(0, 2000)
    page.keyboard.press("Escape")
    page.locator(f"{BANNER} summary").click()
    page.locator("dialog [value=advertising]").check()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    page.locator(f"{BANNER} summary").click()
    page.locator("dialog [formmethod=dialog]").click()
    expect(page.locator("dialog")).to_have_count(0)
    page.locator("#c").click()
    page.go_back()
    reader.open(address)
    assert page.locator(BANNER).is_visible()
    assert (reader.names(), tracker.hits) == ([], [])


def test_the_keyboard_alone_goes_all_the_way(visitor: NewVisitor, address: str) -> None:
    """Rules: BAN-23, BAN-24, BAN-27"""
    reader = visitor()
    page = reader.open(address)
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(in_focus(page))
        covered = page.evaluate(
            """() => { const e = document.activeElement, b = e.getBoundingClientRect();
            const top = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);
            return top !== null && !e.contains(top) && !top.contains(e); }"""
        )
        assert not covered
    assert stops[:4] == ["a", "button=accept", "button=refuse", "summary"]
    assert "a#reopen" in stops, "the banner is no trap"
    page.locator(f"{BANNER} summary").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    assert dialog.get_attribute("aria-label")
    assert page.evaluate("document.querySelector('dialog').matches(':modal')")
    for _ in range(15):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.matches('main *, header *, footer *')")
    page.keyboard.press("Escape")
    assert in_focus(page) == "summary"
    page.locator("#reopen").focus()
    page.locator(f"{BANNER} [value=refuse]").focus()
    with page.expect_response("**/consent"):
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Your answer is saved.")
    assert in_focus(page) == "a#reopen"


def test_the_centre_reopens_with_what_was_answered(visitor: NewVisitor, address: str) -> None:
    """Rules: BAN-10, POL-05"""
    page = visitor().open(address)
    page.locator(f"{BANNER} summary").click()
    page.locator("dialog [value=measurement]").check()
    with page.expect_response("**/consent"):
        page.locator("dialog [value=save]").click()
    expect(page.get_by_role("status")).not_to_be_empty()
    page.locator("#reopen").click(timeout=4000)  # what is said lies over it for eight seconds, and lets a click through
    ticks = {box.get_attribute("value"): box.is_checked() for box in page.locator("dialog [type=checkbox]").all()}
    assert ticks == {"measurement": True, "advertising": False}
    assert page.locator("dialog time").is_visible()
    page.keyboard.press("Escape")
    assert in_focus(page) == "a#reopen"


def test_without_a_script_the_way_back_is_a_page(visitor: NewVisitor, address: str) -> None:
    """Rules: BAN-09, BAN-30, POL-05"""
    page = visitor(script=False).open(address)
    page.locator("#reopen").click()
    assert page.url.endswith("/cookies/preferences/")


def test_nothing_moves_by_itself(visitor: NewVisitor, address: str) -> None:
    page = visitor(moving=True).open(address)
    page.evaluate(
        """() => { window.moved = 0; new PerformanceObserver((list) => { for (const e of list.getEntries())
        if (!e.hadRecentInput) window.moved += e.value; }).observe({ type: "layout-shift", buffered: true }); }"""
    )
    page.wait_for_timeout(300)
    press(page, "refuse")
    page.wait_for_timeout(700)
    assert page.evaluate("window.moved") == 0
    assert page.evaluate("document.getAnimations().length") == 0


def test_an_answer_that_cannot_be_kept_is_not_pretended(visitor: NewVisitor, address: str, tracker: Tracker) -> None:
    reader = visitor()
    page = reader.open(address)
    page.route("**/consent", lambda route: route.fulfill(status=503))
    page.locator(f"{BANNER} [value=accept]").click()
    expect(page.get_by_role("status")).to_have_text("Your answer could not be saved: please try again.")
    expect(page.locator(BANNER)).to_be_visible()
    assert (reader.names(), tracker.hits) == ([], [])
    page.unroute("**/consent")
    press(page, "accept")
    until(page, tracker, "ext-beat")


def test_who_has_answered_carries_nothing(visitor: NewVisitor, address: str, tracker: Tracker) -> None:
    reader = visitor()
    page = reader.open(address)
    for value in ("refuse", "accept"):
        if value == "accept":
            reader.context.clear_cookies()
            reader.open(address)
        press(page, value)
        reader.forget_requests()
        reader.open(address)
        assert not [one.url for one in reader.requests if "bredele.js" in one.url or one.url.endswith("bredele.json")]
        assert "data-bredele-banner" not in page.content()


def test_one_click_withdraws_and_nothing_is_left(visitor: NewVisitor, address: str, tracker: Tracker) -> None:
    """Rules: BAN-09, BAN-16, ENF-08"""
    reader = visitor()
    page = reader.open(address)
    press(page, "accept")
    until(page, tracker, "ext-beat", "frame")
    assert {"st_host", "st_parent", "mk_host", "mk_path"} <= set(reader.cookies())
    reader.open(address)
    page.locator("[data-bredele-withdraw] button").click()
    page.wait_for_load_state("networkidle")
    assert quiet(page, tracker)
    own = {name for name, cookie in reader.cookies().items() if "site.localhost" in cookie["domain"]}
    assert own == {CHOICE}
    assert choice(reader) == "00"
    assert page.evaluate("Object.keys(localStorage)") == []
    reader.open(address)
    assert quiet(page, tracker)


def test_unticking_in_the_centre_withdraws_too(visitor: NewVisitor, address: str, tracker: Tracker) -> None:
    """Rules: BAN-09, BAN-16"""
    reader = visitor()
    page = reader.open(address)
    press(page, "accept")
    until(page, tracker, "ext-beat")
    page.locator("#reopen").click()
    page.locator("dialog [value=advertising]").uncheck()
    with page.expect_navigation():
        page.locator("dialog [value=save]").click()
    page.wait_for_load_state("networkidle")
    assert quiet(page, tracker)
    assert choice(reader) == "10"
    assert "mk_host" not in reader.cookies()
    assert "st_host" in reader.cookies()
