"""The owner asks the server for a scan, follows it, stops it or waits, and reads what it proved."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cli.test_serve import run
from tests.e2e.conftest import NewVisitor
from tests.e2e.test_accessibility import fault_free, faults
from tests.e2e.test_sign_in import sign_in
from tests.serving import Demo

pytestmark = pytest.mark.e2e
A_STATE_IS_DONE = re.compile(r"\w: \d+ pages? in")
"""The first one: there are always some left that have not begun."""
MINUTES = 4 * 60_000


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.trial)], ids=["script", "no script"])
def test_a_scan_is_asked_for_followed_and_read(
    demo: Demo, tmp_path: Path, visitor: NewVisitor, axe_script: str, script: bool
) -> None:
    """Rules: SCN-07"""
    allowed = {"BREDELE_PRIVATE_SITES": "town", "BREDELE_SCAN_AS_ROOT": "true"}
    with demo(tmp_path, **allowed) as server:
        owner = visitor(script=script)
        page = sign_in(owner, server)
        address = f"{server.origin}/backoffice/town/scans/"
        owner.open(address)
        page.get_by_label("Pages at most").fill("1")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("button", name="Scan now").click()
        expect(page.get_by_role("status")).to_contain_text("A scan was asked for.")
        expect(page.get_by_role("button", name="Stop, and keep what was seen")).to_be_visible()
        if script:
            expect(page.get_by_role("log")).to_contain_text("Scanning", timeout=60_000)
            fault_free(faults(owner, axe_script))
            expect(page.get_by_role("log")).to_contain_text(A_STATE_IS_DONE, timeout=MINUTES)
            page.get_by_role("button", name="Stop, and keep what was seen").click()
            expect(page.get_by_role("button", name="Scan now")).to_be_visible(timeout=MINUTES)
            expect(page.get_by_role("main")).to_contain_text("incomplete")
        else:
            known, further = (page.get_by_role("link", name=name) for name in ("What it found", "See how far it is"))
            for _ in range(MINUTES // 1000):
                expect(known.or_(further).first).to_be_visible()
                if known.count():
                    break
                page.wait_for_timeout(1000)
                further.click()
        page.get_by_role("link", name="What it found, and what changed").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Scan of")
        expect(page.get_by_role("main")).to_contain_text(re.compile("Chromium"))
        if script:
            fault_free(faults(owner, axe_script))
            with page.expect_download() as waiting:
                page.get_by_role("link", name="Signed evidence").click()
            waiting.value.save_as(tmp_path / "evidence.zip")
            assert run("evidence", "verify", str(tmp_path / "evidence.zip"), data=tmp_path).returncode == 0
            expect(page.get_by_role("link", name="Declare this")).to_have_count(0)


@pytest.mark.trial
def test_a_site_on_a_private_network_is_refused_without_the_operators_word(
    demo: Demo, tmp_path: Path, visitor: NewVisitor
) -> None:
    """Rules: SCN-12"""
    with demo(tmp_path, BREDELE_SCAN_AS_ROOT="true") as server:
        owner = visitor()
        page = sign_in(owner, server)
        owner.open(f"{server.origin}/backoffice/partner/scans/")
        page.get_by_role("button", name="Scan now").click()
        expect(page.get_by_role("main")).to_contain_text("is on a private network", timeout=60_000)
        expect(page.get_by_role("button", name="Scan now")).to_be_visible()
