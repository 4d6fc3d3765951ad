"""The owner says who gets the figures, tries it, and prints the self-assessment; on any screen, without JavaScript."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cli.test_serve import run
from tests.e2e.conftest import NewVisitor
from tests.e2e.test_accessibility import PHONE_FIRST, fault_free, faults
from tests.e2e.test_sign_in import sign_in
from tests.serving import Demo, Running

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_receivers_are_kept_tried_and_stopped(platform: Running, visitor: NewVisitor, script: bool) -> None:
    owner = visitor(script=script)
    page = sign_in(owner, platform)
    address = f"{platform.origin}/backoffice/town/reports/"
    owner.open(address)
    page.get_by_label("Weekly mail to").fill("nobody")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("is no mail address")
    expect(page.get_by_label("Weekly mail to")).to_have_value("nobody")
    page.get_by_label("Weekly mail to").fill("mayor@example.org")
    page.get_by_label("Language of the mails").select_option("fr")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.get_by_label("Send a test to")).to_have_value("mayor@example.org")
    page.get_by_role("button", name="Send me a test").click()
    expect(page.get_by_role("status")).to_contain_text("The test is on its way.")
    expect(page.get_by_role("region", name="Sent")).to_contain_text("Essai")


@PHONE_FIRST
def test_both_pages_are_accessible(
    platform: Running, visitor: NewVisitor, axe_script: str, phone: bool, dark: bool
) -> None:
    owner = visitor(phone=phone, dark=dark)
    page = sign_in(owner, platform)
    for path in ("reports/", "assessment/", "assessment/?lang=fr"):
        owner.open(f"{platform.origin}/backoffice/town/{path}")
        for summary in page.locator("details > summary").all():
            summary.click()
        fault_free(faults(owner, axe_script))


def test_the_word_goes_when_a_check_fails_and_the_reason_is_told(
    demo: Demo, tmp_path: Path, visitor: NewVisitor, axe_script: str
) -> None:
    """Rules: ANA-25, ANA-28"""
    with demo(tmp_path) as server:
        owner = visitor()
        page = sign_in(owner, server)
        owner.open(f"{server.origin}/backoffice/town/assessment/")
        page.get_by_role("button", name="Check now").click()
        expect(page.get_by_role("status")).to_contain_text("checked just now")
        expect(page.get_by_role("main")).to_contain_text("The pages of this site say “anonymous”.")
        reader = visitor()
        front = reader.open(f"{server.town}/data/")
        expect(front.get_by_role("main")).to_contain_text("The statistics are anonymous")
        fault_free(faults(reader, axe_script))
        tamper(tmp_path)
        page.get_by_role("button", name="Check now").click()
        expect(page.get_by_role("main")).to_contain_text("the store has hourly.visitor, which is no sum")
        fault_free(faults(owner, axe_script))
        front.reload()
        expect(front.get_by_role("main")).not_to_contain_text("anonymous")
        expect(front.get_by_role("main")).to_contain_text("did not pass")
        fault_free(faults(reader, axe_script))
        told = run("stats", "self-assessment", "town", data=tmp_path)
        assert (told.returncode, "Not met" in told.stdout) == (1, True)


def tamper(data: Path) -> None:
    """Give the store a place for a visitor."""
    statement = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit(); c.close()"
    column = "ALTER TABLE hourly ADD COLUMN visitor TEXT"
    subprocess.run([sys.executable, "-c", statement, str(data / "statistics.sqlite3"), column], check=True, timeout=30)


def test_the_assessment_prints_without_its_buttons(platform: Running, visitor: NewVisitor) -> None:
    owner = visitor()
    page = sign_in(owner, platform)
    owner.open(f"{platform.origin}/backoffice/town/assessment/")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Check now")).to_be_hidden()
    expect(page.get_by_role("navigation", name="This site")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.get_by_role("article").bounding_box()["width"] > 900  # type: ignore[index]  # it is visible
    with page.expect_download() as waiting:
        page.emulate_media(media="screen")
        page.get_by_role("link", name="PDF").click()
    assert re.fullmatch(r"town-self-assessment-\d{8}-en\.pdf", waiting.value.suggested_filename)
