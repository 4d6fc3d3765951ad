"""What a real browser tells of a visit, in each mode of statistics, and what it keeps: against the exact store."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bredele.collector.audience import end_of
from tests.e2e.conftest import Launch, NewVisitor
from tests.e2e.counted import MODES, POLICY, Counted, counted_sites, grown
from tests.projects.plain import Plain, plain_site
from tests.serving import command, environment

pytestmark = pytest.mark.e2e
PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36"
"""A headless browser calls itself one, and is counted as a robot."""
TAG = '<script src="/bredele/bredele-audience.js" defer{facts}></script>'


@pytest.fixture(scope="module")
def browser(launch: Launch) -> Iterator[Browser]:
    """Chromium that is a person's to the last word: what a page sends while it goes away has no emulated name."""
    started = launch(f"--user-agent={PERSON}")
    yield started
    started.close()


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    """The three sites, served."""
    with counted_sites(tmp_path_factory.mktemp("counted")) as sites:
        yield sites


@pytest.fixture
def plain(counted: Counted) -> Iterator[Plain]:
    """A site of another kind that counts page views, behind its own proxy."""
    with plain_site(counted.server.port, "pageviews.plain.localhost") as site:
        yield site


def test_a_visit_of_two_pages_is_one_visit_one_exit_and_no_bounce(visitor: NewVisitor, counted: Counted) -> None:
    """Rules: ANA-24"""
    before = counted.read("pageviews")
    reader = visitor()
    page = reader.open(counted.origin("pageviews") + POLICY)
    page.get_by_role("link", name="My cookies").first.click()
    page.wait_for_load_state("load")
    page.wait_for_timeout(300)
    page.close(run_before_unload=True)
    found = grown(before, counted.totals("pageviews"))
    assert {name: found.get(name, 0) for name in ("views", "visits", "leaves", "exits", "bounces", "loads")} == {
        "views": 2, "visits": 1, "leaves": 2, "exits": 1, "bounces": 0, "loads": 2,
    }  # fmt: skip
    assert reader.cookies() == {}


def test_one_page_and_gone_is_a_bounce(visitor: NewVisitor, counted: Counted) -> None:
    before = counted.read("pageviews")
    reader = visitor()
    page = reader.open(counted.origin("pageviews") + POLICY)
    page.wait_for_timeout(300)
    page.close(run_before_unload=True)
    found = grown(before, counted.totals("pageviews"))
    assert {name: found.get(name, 0) for name in ("views", "visits", "leaves", "exits", "bounces")} == dict.fromkeys(
        ("views", "visits", "leaves", "exits", "bounces"), 1
    )


@pytest.mark.parametrize("mode", MODES)
def test_without_javascript_a_page_is_counted_once(visitor: NewVisitor, counted: Counted, mode: str) -> None:
    """By the server, or in the mode `visitors` by an image; never by both."""
    before = counted.read(mode)
    reader = visitor(script=False)
    reader.open(counted.origin(mode) + POLICY)
    found = grown(before, counted.totals(mode))
    first = {f"visitors_{span}": 1 for span in ("day", "week", "month")}
    assert (
        found
        == {
            "pageviews": {"views": 1, "visits": 1},
            "visitors": {"views": 1, "visits": 1, **first},
            "off": {},
        }[mode]
    )


def test_visitors_are_told_by_a_date_that_ends_with_the_period(visitor: NewVisitor, counted: Counted) -> None:
    """Rules: ANA-06"""
    before = counted.read("visitors")
    reader = visitor()
    page = reader.open(counted.origin("visitors") + POLICY)
    page.wait_for_timeout(500)
    now = datetime.now(UTC)
    cookie = reader.cookies()["audience_day"]
    assert cookie["value"] == now.date().isoformat()
    assert abs(cookie["expires"] - end_of(now).timestamp()) < 120
    page.reload()
    page.wait_for_timeout(500)
    assert reader.cookies()["audience_day"]["expires"] == cookie["expires"]
    found = grown(before, counted.totals("visitors"))
    assert [found.get(name, 0) for name in ("views", "visits", "visitors_day", "visitors_week", "visitors_month")] == [
        2, 1, 1, 1, 1,
    ]  # fmt: skip
    assert set(reader.cookies()) == {"audience_day"}


@pytest.mark.parametrize("mode", ["pageviews", "visitors"])
def test_an_objection_ends_all_telling(visitor: NewVisitor, counted: Counted, mode: str) -> None:
    """Rules: ANA-08, POL-07"""
    reader = visitor()
    page = reader.open(counted.origin(mode) + "/cookies/preferences/")
    page.get_by_role("button", name="Do not count my visits").click()
    page.wait_for_load_state("load")
    page.wait_for_timeout(300)
    assert set(reader.cookies()) == {"cookies_preferences"}
    before = counted.totals(mode)
    reader.forget_requests()
    page = reader.open(counted.origin(mode) + POLICY)
    page.get_by_role("link", name="My cookies").first.click()
    page.wait_for_load_state("load")
    page.close(run_before_unload=True)
    assert grown(before, counted.totals(mode)) == {}
    assert not [one.url for one in reader.requests if "/collect" in one.url]


def test_a_signal_silences_the_script(visitor: NewVisitor, plain: Plain, counted: Counted) -> None:
    """Rules: ANA-22"""
    before = counted.read("pageviews")
    reader = visitor()
    reader.page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })")
    page = reader.open(plain.show("<p>Hello</p>", head=TAG.format(facts="")))
    page.close(run_before_unload=True)
    assert grown(before, counted.totals("pageviews")) == {}
    assert plain.asked == ["/bredele/bredele-audience.js"]


def test_single_page_navigation_links_and_errors_of_a_page_any_cache_may_keep(
    visitor: NewVisitor, plain: Plain, counted: Counted
) -> None:
    """Under a strict policy with Trusted Types."""
    before = counted.read("pageviews")
    reader = visitor()
    reader.context.route("**/other.example/**", lambda route: route.abort())
    body = (
        '<a id="away" href="http://other.example/private" target="_blank">away</a>'
        '<a id="file" href="/report.pdf" download>report</a><script src="/fails.js"></script>'
    )
    plain.pages["/fails.js"] = "throw new Error('private words')"
    page = reader.open(
        plain.show(
            body,
            head=TAG.format(facts=""),
            Content_Security_Policy="default-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
        )
    )
    page.evaluate("history.pushState({}, '', '/second?x=1#a')")
    page.evaluate("history.replaceState({}, '', '/second-again')")
    page.evaluate("history.pushState({}, '', '/third')")
    page.go_back()
    page.wait_for_timeout(200)
    page.locator("#file").click()
    page.close(run_before_unload=True)
    reader.complaints.clear()  # the page's own error is meant
    found = grown(before, counted.totals("pageviews"))
    assert {name: found.get(name, 0) for name in ("views", "visits", "leaves", "exits", "bounces", "download")} == {
        "views": 4, "visits": 1, "leaves": 4, "exits": 1, "bounces": 0, "download": 1,
    }  # fmt: skip
    assert {asked for asked in plain.asked if asked.startswith("/bredele/")} == {
        "/bredele/bredele-audience.js",
        "/bredele/collect",
    }


@pytest.mark.parametrize(
    "mode", [pytest.param(one, marks=() if one == "visitors" else pytest.mark.trial) for one in MODES]
)
def test_the_policy_lists_what_the_mode_stores_and_the_check_agrees(
    visitor: NewVisitor, counted: Counted, mode: str, tmp_path: Path
) -> None:
    """Rules: POL-01, ANA-24"""
    reader = visitor()
    page = reader.open(counted.origin(mode) + POLICY)
    listed = {name for name in ("audience_day", "cookies_preferences") if page.get_by_text(name, exact=True).count()}
    assert listed == {"cookies_preferences"} | ({"audience_day"} if mode == "visitors" else set())
    page.wait_for_timeout(500)
    assert set(reader.cookies()) == ({"audience_day"} if mode == "visitors" else set())
    against = str(counted.server.data / f"{mode}.toml")
    states = ("--states", "no_choice,refused", "--max-pages", "3")
    checked = subprocess.run(
        command("check", counted.origin(mode) + "/", "--against", against, *states),
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
