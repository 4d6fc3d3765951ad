"""The statistics as people use them: by keyboard, without JavaScript, on a phone, in the dark, on paper, in a frame."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from bredele.stats.closing import close_periods
from bredele.stats.sqlite import SqliteStore
from tests.e2e.conftest import OWNER_SCRIPT, NewVisitor
from tests.e2e.test_accessibility import PHONE_FIRST, fault_free, walk
from tests.e2e.test_sign_in import sign_in
from tests.serving import Demo, Running
from tests.stats.town import sums

pytestmark = pytest.mark.e2e
PAGE = "/backoffice/town/statistics/"
NARROW = {"width": 320, "height": 720}
DASHBOARDS = (
    PAGE,
    f"{PAGE}?period=month&compare=before",
    f"{PAGE}?only=country:FR&compare=before",
    f"{PAGE}notes/",
    f"{PAGE}sharing/",
    "/backoffice/civis/statistics/",
)
MORE_DASHBOARDS = (
    f"{PAGE}?period=today",
    f"{PAGE}?period=12m&compare=year",
    f"{PAGE}?panel=pages",
    f"{PAGE}?only=country:FR&only=device:mobile",
    f"{PAGE}?from=2026-01-01&to=2026-01-02",
    "/backoffice/partner/statistics/",
)
"""The same parts with other figures."""
PUBLIC = (
    "/statistics/?lang=fr&period=month&compare=before",
    *(f"/statistics/embed/{name}/" for name in ("figures", "chart", "pages")),
    "/data/?lang=fr",
)
MORE_PUBLIC = ("/statistics/", "/statistics/?only=country:FR", "/statistics/embed/load/")


@pytest.fixture(scope="module")
def counted(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A demo whose town was read for three months; its owner shows the figures."""
    data: Path = tmp_path_factory.mktemp("counted")
    with demo(data) as server:
        today = datetime.now(UTC).date()
        store = SqliteStore(data / "statistics.sqlite3")
        store.add(sums(7, today - timedelta(days=95), 96, 150))
        close_periods(store, today)
        store.close()
        yield server


def make_public(page: Page, server: Running, frames: str = "") -> None:
    """As an owner does, through the form."""
    page.goto(f"{server.origin}{PAGE}sharing/")
    page.get_by_label("Anybody may see them").check()
    page.get_by_label("Sites that may show a panel in a frame").fill(frames)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")


@PHONE_FIRST
def test_no_page_of_the_statistics_has_a_fault(
    counted: Running, visitor: NewVisitor, axe_script: str, phone: bool, dark: bool
) -> None:
    """Rules: POL-09"""
    owner = visitor(phone=phone, dark=dark)
    page = sign_in(owner, counted)
    make_public(page, counted)
    if phone:
        page.set_viewport_size(NARROW)
    found = walk(owner, counted.origin, DASHBOARDS if phone else (*DASHBOARDS, *MORE_DASHBOARDS), axe_script)
    reader = visitor(phone=phone, dark=dark)
    if phone:
        reader.page.set_viewport_size(NARROW)
    public = PUBLIC if phone else (*PUBLIC, *MORE_PUBLIC)
    fault_free([*found, *walk(reader, counted.town, public, axe_script)])


@OWNER_SCRIPT
def test_a_row_filters_a_chip_takes_it_back_and_days_are_chosen(
    counted: Running, visitor: NewVisitor, script: bool
) -> None:
    owner = visitor(script=script)
    page = sign_in(owner, counted)
    owner.open(f"{counted.origin}{PAGE}")
    main = page.get_by_role("main")
    main.get_by_role("link", name="France").click()
    expect(main.locator(".chip")).to_contain_text("Only France")
    expect(main).to_contain_text("Never counted together with this filter")
    main.get_by_role("link", name="Show all, not only France").click()
    expect(main.locator(".chip")).to_have_count(0)
    main.get_by_role("link", name="the period before").click()
    expect(main).to_contain_text("compared with")
    main.locator("summary", has_text="Other days").click()
    main.get_by_label("From", exact=True).fill("2026-11-01")
    main.get_by_label("To", exact=True).fill("2026-11-03")
    main.get_by_role("button", name="Show").click()
    expect(main.get_by_role("heading", name="1 November 2026 to 3 November 2026")).to_be_visible()
    expect(main).to_contain_text("compared with")
    main.locator("summary", has_text="The same as a table").click()
    expect(main.locator(".plot__table tbody tr")).to_have_count(3)
    main.locator(".plot__table").get_by_role("link").first.click()
    expect(main).to_contain_text("by hour")


def test_a_keyboard_reaches_a_filter_and_takes_it_back(counted: Running, visitor: NewVisitor) -> None:
    """Rules: POL-09"""
    owner = visitor()
    page = sign_in(owner, counted)
    owner.open(f"{counted.origin}{PAGE}")
    reach(page, "France")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_contain_text("France")
    reach(page, "Show all, not only France")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)


def reach(page: Page, name: str) -> None:
    """Press Tab until the link of this name has the focus, and see that it is seen."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim()") == name:
            break
    else:
        pytest.fail(f"{name} is not reached")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_on_paper_there_are_figures_and_no_controls(counted: Running, visitor: NewVisitor) -> None:
    owner = visitor()
    page = sign_in(owner, counted)
    owner.open(f"{counted.origin}{PAGE}")
    page.emulate_media(media="print")
    expect(page.locator(".controls")).to_be_hidden()
    expect(page.locator(".keys")).to_be_visible()
    expect(page.locator(".plot__drawing")).to_be_visible()
    expect(page.locator("#panel-pages")).to_be_visible()


def test_a_note_of_the_owner_stands_in_the_chart(counted: Running, visitor: NewVisitor) -> None:
    owner = visitor(script=False)
    page = sign_in(owner, counted)
    owner.open(f"{counted.origin}{PAGE}notes/")
    page.get_by_label("What happened").fill("New home page")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("status")).to_contain_text("It stands beside the figures now.")
    owner.open(f"{counted.origin}{PAGE}")
    expect(page.locator(".happened")).to_contain_text("New home page")
    expect(page.locator(".plot__mark")).not_to_have_count(0)


def test_a_frame_shows_a_panel_to_the_sites_that_may_hold_it_and_to_no_other(
    counted: Running, visitor: NewVisitor, holder: int
) -> None:
    """Frames of `localhost` are named, those of `127.0.0.1` are not."""
    owner = visitor()
    make_public(sign_in(owner, counted), counted, f"http://localhost:{holder}")
    shown = f"{counted.town}/statistics/embed/chart/"
    reader = visitor()
    reader.open(f"http://localhost:{holder}/?{shown}")
    expect(reader.page.frame_locator("iframe").get_by_role("heading", name="Views by day")).to_be_visible()
    assert reader.names() == []
    reader.open(f"http://127.0.0.1:{holder}/?{shown}")
    expect(reader.page.frame_locator("iframe").get_by_role("heading", name="Views by day")).to_have_count(0)
    assert [line for line in reader.complaints if "frame-ancestors" in line]
    reader.complaints.clear()


class Holder(BaseHTTPRequestHandler):
    """A page of another site: its query is the address of what it frames."""

    def do_GET(self) -> None:  # the library's name
        body = f'<!doctype html><title>x</title><iframe src="{urlsplit(self.path).query}" title="Views"></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def holder() -> Iterator[int]:
    """The port of another site."""
    server = HTTPServer(("127.0.0.1", 0), Holder)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()
