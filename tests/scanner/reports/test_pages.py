"""HTML, PDF and HAR: what people read of a scan."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, sync_playwright

from bredele.core.observation import Finding, Observation
from bredele.scanner import chromium
from bredele.scanner.reports.har import as_har
from bredele.scanner.reports.html import as_html
from bredele.scanner.reports.pdf import as_pdf
from bredele.scanner.reports.subject import Subject
from tests.scanner.reports.conftest import SECRET, scan

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture(scope="module")
def page(browser_path: Path) -> Iterator[Page]:
    """A page without JavaScript of its own: the report needs none."""
    with sync_playwright() as playwright:
        flags = list(chromium.launch_flags("", root=chromium.is_root()))
        browser = playwright.chromium.launch(executable_path=str(browser_path), args=flags)
        yield browser.new_page(viewport={"width": 1200, "height": 900})
        browser.close()


def opened(page: Page, tmp_path: Path, content: bytes) -> Page:
    """The report as a file in the browser."""
    path = tmp_path / "report.html"
    path.write_bytes(content)
    page.goto(path.as_uri())
    return page


def test_the_page_asks_for_nothing_and_runs_nothing(subject: Subject) -> None:
    html = as_html(subject, {"Desktop": PNG}).decode()
    assert "<script" not in html
    assert not re.search(r"<(?:link|img|iframe|source)\b[^>]*(?:href|src)=\"(?!data:)", html)
    assert "default-src 'none'" in html


def test_what_a_site_says_never_becomes_markup(subject: Subject) -> None:
    html = as_html(subject).decode()
    assert "<b>" not in html
    assert "&lt;b&gt;&amp;" in html


def test_verdict_gaps_suggestions_and_lines_are_said(subject: Subject, clean: Subject) -> None:
    html = as_html(subject).decode()
    for words in (
        "Not conform", "There is no way to withdraw.", "there is nothing to choose on this site", "Only maps",
        "400 days (asked for 500 days)", "A list (MIT)", "legal/cookies.toml:17", "_meas_1, _meas_2", "InvalidPrefix",
    ):  # fmt: skip
        assert words in html, words
    assert "Conform" in as_html(clean).decode()
    assert "Not conform" not in as_html(clean).decode()


def test_no_value_of_a_cookie_is_in_any_report() -> None:
    """Rules: SCN-10"""
    item = Observation(name="a", host="h", states=("no_choice",), value=SECRET)
    finding = Finding(rule="undeclared", severity="error", cookie="a", message="x")
    planted = Subject(scan(observations=(item,), findings=(finding,)))
    for content in (as_html(planted), as_har(planted.scan), as_pdf(planted)):
        assert SECRET.encode() not in content


@pytest.mark.e2e
@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (1200, "dark"), (360, "light")])
def test_the_page_is_accessible_on_any_screen(
    page: Page, tmp_path: Path, subject: Subject, axe_script: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, media="screen")  # type: ignore[arg-type]  # light or dark
    opened(page, tmp_path, as_html(subject, {"Desktop": PNG}))
    page.evaluate(axe_script)
    violations = page.evaluate("axe.run().then(found => found.violations.map(one => one.id))")
    assert violations == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.e2e
def test_a_long_name_does_not_widen_a_phone(page: Page, tmp_path: Path) -> None:
    long = Finding(rule="undeclared", severity="error", cookie=f"/w/{'x' * 90}.js", message=f"/w/{'x' * 90}.js is new.")
    page.set_viewport_size({"width": 360, "height": 800})
    opened(page, tmp_path, as_html(Subject(scan(findings=(long,)))))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_findings_of_one_rule_stand_together_the_worst_first() -> None:
    found = [
        Finding(rule=rule, severity=severity, message=f"{rule} {number}")
        for number, (rule, severity) in enumerate(
            (("lifetime", "warning"), ("undeclared", "error"), ("before-consent", "error"), ("undeclared", "error"))
        )
    ]
    html = as_html(Subject(scan(findings=tuple(found)))).decode()  # type: ignore[arg-type]  # severities
    places = [html.index(f"<p>{finding.message}</p>") for finding in (found[1], found[3], found[2], found[0])]
    assert places == sorted(places)


@pytest.mark.e2e
def test_filters_work_without_a_script(page: Page, tmp_path: Path, subject: Subject) -> None:
    page.set_viewport_size({"width": 1200, "height": 800})
    opened(page, tmp_path, as_html(subject))
    assert page.locator(".finding:visible").count() == 5
    headings = page.locator("h3:visible").count()
    page.get_by_label("Errors (3)").uncheck()
    assert page.locator(".finding:visible").count() == 2
    assert page.locator("h3:visible").count() < headings
    rows = page.locator(".cards tr.item:visible")
    assert rows.count() == 3
    page.get_by_label("Only maps").check()
    assert rows.count() == 0
    page.get_by_label("Refused", exact=True).check()
    assert rows.count() == 1


@pytest.mark.e2e
def test_paper_shows_the_evidence_and_no_filter(page: Page, tmp_path: Path, subject: Subject) -> None:
    opened(page, tmp_path, as_html(subject))
    page.emulate_media(media="print")
    assert page.locator("fieldset.filter:visible").count() == 0
    assert page.locator("details dl").first.evaluate("one => one.getBoundingClientRect().height") > 0
    page.emulate_media(media="screen")


def test_the_pdf_is_tagged_titled_and_the_same_each_time(subject: Subject) -> None:
    document = as_pdf(subject)
    assert document.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in document
    assert b"/Marked true" in document
    assert as_pdf(subject) == document


def test_names_no_font_can_show_do_not_stop_the_pdf() -> None:
    odd = Observation(name="\U0001f36a漢字عربي\x00", host="ж.example", states=("no_choice",))
    finding = Finding(
        rule="undeclared", severity="error", cookie=odd.name, message='#raw("x") $1$ \\u0001 *not markup*'
    )
    assert as_pdf(Subject(scan(observations=(odd,), findings=(finding,)))).startswith(b"%PDF-")


def test_the_har_has_what_its_format_requires(subject: Subject) -> None:
    log = json.loads(as_har(subject.scan))["log"]
    assert (log["version"], log["creator"]["name"], log["browser"]) == (
        "1.2", "Bredele", {"name": "Chromium", "version": "156.0"}
    )  # fmt: skip
    pages = {page["id"] for page in log["pages"]}
    required = {"startedDateTime", "time", "request", "response", "cache", "timings"}
    for entry in log["entries"]:
        assert required <= entry.keys()
        assert entry["pageref"] in pages
        assert {"send", "wait", "receive"} <= entry["timings"].keys()
        for part in ("request", "response"):
            assert {"httpVersion", "cookies", "headers", "headersSize", "bodySize"} <= entry[part].keys()
    assert log["entries"][0]["request"]["url"] == "https://ads.example/p"


def test_a_report_can_be_made_of_a_scan_that_saw_nothing_at_all() -> None:
    empty = scan(observations=(), requests=(), findings=(), rejections=(), not_tested=(), states=(), pages=(), notes=())
    for make in (as_html, as_pdf):
        assert make(Subject(empty))
    assert msgspec.json.decode(as_har(empty))["log"]["entries"] == []
