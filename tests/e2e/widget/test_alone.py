"""The widget on a site of another kind: one tag, the platform behind the site's own proxy, pages any cache may keep."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewVisitor
from tests.e2e.widget.conftest import BANNER, CHOICE, LANGUAGES, choice, in_focus, press, quiet, until
from tests.e2e.widget.test_banner import violations
from tests.projects.plain import TAG, Plain
from tests.projects.tracker import Tracker
from tests.serving import Running

pytestmark = pytest.mark.e2e
FOOT = (
    '<p><a href="/bredele/cookies/preferences/" data-bredele-open>Manage my cookies</a></p>'
    '<form method="post" action="/bredele/consent" hidden data-bredele-withdraw>'
    '<input type="hidden" name="next" value="/bredele/cookies/preferences/">'
    '<button name="choice" value="refuse">Withdraw my consent</button></form>'
)
LOG = "window.order = (window.order || []).concat"


def held(name: str, code: str = "", purpose: str = "advertising", **more: str) -> str:
    """A script that waits."""
    facts = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in more.items())
    return f'<script type="text/plain" data-purpose="{purpose}"{facts}>{code or f"{LOG}({name!r})"}</script>'


def order(page: Page) -> list[str]:
    """What ran, in order."""
    ran: list[str] = page.evaluate("window.order || []")
    return ran


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_tag_brings_the_servers_own_banner(
    visitor: NewVisitor, plain: Plain, language: str, axe_script: str
) -> None:
    """Rules: BAN-02, BAN-13, BAN-28"""
    reader = visitor()
    page = reader.open(plain.show(FOOT, language=language))
    expect(page.locator(BANNER)).to_be_visible()
    words = {"en": "Refuse all", "fr": "Tout refuser", "ar": "رفض الكل"}[language]
    assert page.get_by_role("button", name=words, exact=True).is_visible()
    assert violations(page, axe_script) == []
    assert [asked for asked in plain.asked if "consent" not in asked] == [
        "/bredele/bredele.js",
        f"/bredele/bredele.json?lang={language}",
    ]
    page.set_viewport_size({"width": 320, "height": 500})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    press(page, "refuse")
    cookie = reader.cookies()[CHOICE]
    assert (cookie["domain"], cookie["path"], choice(reader)) == ("plain.site.localhost", "/", "00")
    reader.open(plain.origin + "/")
    page.wait_for_timeout(400)
    expect(page.locator(BANNER)).to_have_count(0)


def test_what_runs_runs_in_the_pages_order(visitor: NewVisitor, plain: Plain, tracker: Tracker) -> None:
    """Rules: BAN-15"""
    slow = tracker.origin + "/slow.js"
    body = (
        held("first")
        + held("", " ", data_src=slow)
        + held("after the file", f"{LOG}('after ' + typeof window.TRACKER)")
        + f'<template data-purpose="advertising"><p id="in">in</p><script>{LOG}("template")</script></template>'
        + held("module", data_type="module", code=f"{LOG}(import.meta.url ? 'module' : '')")
        + held("other purpose", purpose="measurement advertising")
        + '<script type="application/json" data-other>{}</script>'
    )
    page = visitor().open(plain.show(body))
    assert order(page) == []
    press(page, "accept")
    page.wait_for_function("(window.order || []).length === 5")
    assert [one for one in order(page) if one != "module"] == ["first", "after string", "template", "other purpose"]
    assert page.locator("#in").is_visible()


def test_nonce_and_trusted_types_hold_on_the_plain_site_too(
    visitor: NewVisitor, plain: Plain, tracker: Tracker
) -> None:
    policy = (
        f"default-src 'none'; script-src 'self' 'nonce-abc' {tracker.origin}; style-src 'self'; "
        f"img-src {tracker.origin}; connect-src 'self'; require-trusted-types-for 'script'; trusted-types bredele"
    )
    body = held("inline", nonce="abc") + held("", " ", data_src=tracker.origin + "/ext.js")
    page = visitor().open(plain.show(body, Content_Security_Policy=policy))
    press(page, "accept")
    until(page, tracker, "ext-beat")
    assert order(page) == ["inline"]


def test_an_embed_shows_who_would_learn_what_and_its_button_grants_its_purpose(
    visitor: NewVisitor, plain: Plain, tracker: Tracker, axe_script: str
) -> None:
    """Rules: BAN-15"""
    facts = f'data-purpose="advertising" data-src="{tracker.origin}/frame.html"'
    frame = f'<iframe title="A film" width="320" height="200" {facts}></iframe>'
    reader = visitor()
    page = reader.open(plain.show(frame + held("measured", purpose="measurement")))
    box = page.locator(".bredele-placeholder")
    expect(box).to_contain_text(
        f"A film: this content is blocked. {tracker.origin[7:]} would learn that you read this page."
    )
    assert violations(page, axe_script) == []
    box.get_by_role("button", name="Allow: Advertising").click()
    until(page, tracker, "frame")
    expect(box).to_have_count(0)
    expect(page.locator("iframe")).to_be_visible()
    assert (order(page), choice(reader)) == ([], "01")


def test_content_that_comes_later_waits_too(visitor: NewVisitor, plain: Plain, tracker: Tracker) -> None:
    """Rules: BAN-15"""
    page = visitor().open(plain.show("<div id=more></div>"))
    expect(page.locator(BANNER)).to_be_visible()
    add = "(html) => document.querySelector('#more').insertAdjacentHTML('beforeend', html)"
    frame = f'<iframe title="A film" data-purpose="advertising" data-src="{tracker.origin}/frame.html"></iframe>'
    page.evaluate(add, held("early") + frame)
    expect(page.locator(".bredele-placeholder")).to_have_count(1)
    assert order(page) == []
    press(page, "accept")
    page.wait_for_function("(window.order || []).length === 1")
    page.evaluate(add, held("late"))
    page.wait_for_function("(window.order || []).length === 2")
    assert order(page) == ["early", "late"]


def test_a_single_page_site_cannot_lose_the_question(visitor: NewVisitor, plain: Plain) -> None:
    page = visitor().open(plain.show(FOOT))
    expect(page.locator(BANNER)).to_be_visible()
    page.evaluate("history.pushState({}, '', '/elsewhere'); document.body.replaceChildren('Elsewhere')")
    expect(page.locator(BANNER)).to_be_visible()
    assert page.locator(BANNER).count() == 1
    press(page, "refuse")
    page.evaluate("document.body.replaceChildren('Home')")
    page.wait_for_timeout(200)
    expect(page.locator(BANNER)).to_have_count(0)


def test_withdrawing_is_one_click_and_the_platform_tells_what_is_gone(
    visitor: NewVisitor, plain: Plain, tracker: Tracker
) -> None:
    """Rules: BAN-09, BAN-16"""
    reader = visitor()
    page = reader.open(plain.show(held("", " ", data_src=tracker.origin + "/ext.js") + FOOT))
    expect(page.locator(BANNER)).to_be_visible()
    assert not page.locator("[data-bredele-withdraw]").is_visible()
    press(page, "accept")
    until(page, tracker, "ext-beat")
    reader.open(plain.origin + "/")
    until(page, tracker, "ext-beat")
    page.locator("[data-bredele-withdraw] button").click()
    page.wait_for_load_state("networkidle")
    assert page.url.startswith(plain.origin + "/bredele/cookies/preferences/")
    expect(page.locator("[data-bredele-withdrawn]")).to_contain_text("mk_host")
    assert quiet(page, tracker)
    assert not {"mk_host", "mk_path"} & set(reader.cookies())
    assert page.evaluate("Object.keys(localStorage)") == []
    assert choice(reader) == "00"


def test_the_centre_opens_on_a_later_visit_with_what_is_stored(visitor: NewVisitor, plain: Plain) -> None:
    """Rules: BAN-10"""
    reader = visitor()
    page = reader.open(plain.show(FOOT))
    press(page, "accept")
    reader.open(plain.origin + "/")
    page.locator("[data-bredele-open]").click()
    assert [box.is_checked() for box in page.locator("dialog [type=checkbox]").all()] == [True, True]
    expect(page.locator("dialog time")).not_to_be_empty()
    page.keyboard.press("Escape")
    assert in_focus(page) == "a"


def test_the_signal_of_the_browser_is_honoured_in_words_and_nothing_is_written(
    visitor: NewVisitor, plain: Plain
) -> None:
    """Rules: BAN-19, BAN-20, BAN-21"""
    reader = visitor()
    reader.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })"
    )
    page = reader.open(plain.show(FOOT))
    expect(page.locator("[data-bredele-signal]")).to_be_visible()
    assert page.locator(BANNER).is_visible()
    assert reader.names() == []
    reader = visitor()
    page = reader.open(plain.origin + "/")
    expect(page.locator(BANNER)).to_be_visible()
    expect(page.locator("[data-bredele-signal]")).to_be_hidden()


def test_a_page_of_a_cache_carries_nobodys_choice(visitor: NewVisitor, plain: Plain) -> None:
    """The same bytes serve who accepted, who refused and who was never asked: only the browser tells them apart."""
    plain.show(held("ran") + FOOT)
    states = {}
    for value in ("accept", "refuse", ""):
        reader = visitor()
        page = reader.open(plain.origin + "/")
        if value:
            press(page, value)
            reader.open(plain.origin + "/")
        page.wait_for_timeout(500)
        states[value] = (order(page), page.locator(BANNER).count())
    assert states == {"accept": (["ran"], 0), "refuse": ([], 0), "": ([], 1)}


def test_a_block_in_the_page_saves_the_request(
    visitor: NewVisitor, plain: Plain, server: tuple[Running, Tracker]
) -> None:
    said = server[0].ask("/bredele.json?lang=en", host="plain.site.localhost").body.replace("<", "\\u003c")
    assert json.loads(said)["version"] == 1
    block = f'<script type="application/json" data-bredele-config>{said}</script>'
    page = visitor().open(plain.show(FOOT, head=block + TAG))
    expect(page.locator(BANNER)).to_be_visible()
    assert plain.asked == ["/bredele/bredele.js"]


@pytest.mark.parametrize("value", ["x", "1.zzzz.11", "9.1g0.11", "1.1g0.1", "1.1g0.111", "1" * 3000])
def test_a_forged_choice_is_none(visitor: NewVisitor, plain: Plain, value: str) -> None:
    """Rules: BAN-01"""
    reader = visitor()
    address = plain.show(held("ran"))
    reader.context.add_cookies([{"name": CHOICE, "value": value, "url": address}])
    page = reader.open(address)
    expect(page.locator(BANNER)).to_be_visible()
    assert order(page) == []


def test_consent_modes_are_denied_first_and_follow_the_choice(visitor: NewVisitor, plain: Plain) -> None:
    """Rules: BAN-31"""
    tag = TAG.replace(
        " defer", ' data-google="ad_storage:advertising analytics_storage:measurement security_storage:necessary"'
    )
    early = "<script>window.dataLayer = window.dataLayer || []; dataLayer.push('tag')</script>"
    page = visitor().open(plain.show(FOOT, head=tag + early))
    press(page, "accept")
    page.wait_for_function("window.dataLayer.length === 4")
    said = page.evaluate("window.dataLayer.map((call) => typeof call === 'string' ? call : [...call])")
    denied = {"ad_storage": "denied", "analytics_storage": "denied", "security_storage": "denied"}
    assert said[0] == ["consent", "default", denied]
    assert said[1] == "tag"
    assert said[2] == ["consent", "update", {**denied, "security_storage": "granted"}]
    assert said[3] == ["consent", "update", dict.fromkeys(denied, "granted")]


def test_page_code_is_told(visitor: NewVisitor, plain: Plain) -> None:
    listen = (
        "<script>window.told = []; for (const name of ['ready', 'choice']) document.addEventListener('bredele:' + name,"
        " (event) => told.push([name, event.detail.granted.length]))</script>"
    )
    page = visitor().open(plain.show(FOOT, head=listen + TAG))
    press(page, "accept")
    page.wait_for_function("window.told.length === 2")
    assert page.evaluate("window.told") == [["ready", 0], ["choice", 2]]
    assert page.evaluate("window.bredele.open()")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_if_our_files_do_not_come_everything_stays_blocked(visitor: NewVisitor, plain: Plain, tracker: Tracker) -> None:
    """Rules: BAN-01"""
    reader = visitor()
    reader.page.route("**/bredele.js*", lambda route: route.abort())
    frame = f'<iframe title="A film" data-purpose="advertising" data-src="{tracker.origin}/frame.html"></iframe>'
    page = reader.page
    page.goto(plain.show(held("ran") + frame))
    page.wait_for_timeout(300)
    assert (order(page), tracker.hits) == ([], [])
    reader.complaints.clear()
