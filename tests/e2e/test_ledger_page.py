"""An owner at the ledger: counts, one visitor's records, the proof as a file, erasing; with scripts and without."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bredele.ledger.export_check import verify_export
from tests.e2e.conftest import OWNER_SCRIPT, NewVisitor
from tests.e2e.test_accessibility import PHONE_FIRST, fault_free, faults, follow
from tests.e2e.test_sign_in import sign_in
from tests.e2e.test_town import BANNER
from tests.serving import Demo, Running

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def desk(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server of this module's own."""
    with demo(tmp_path_factory.mktemp("ledger")) as server:
        yield server


def answered(desk: Running, visitor: NewVisitor) -> str:
    """Somebody accepts in the town; the proof id in their cookie."""
    reader = visitor(script=False)
    page = reader.open(f"{desk.town}/news/")
    page.locator(f"{BANNER} [value=accept]").click()
    page.wait_for_load_state()
    return str(reader.cookies()["cookies_preferences"]["value"]).rsplit(".", 1)[1]


@OWNER_SCRIPT
def test_an_owner_hands_over_the_proof_of_one_visitor_and_erases_it(
    desk: Running, visitor: NewVisitor, tmp_path: Path, script: bool
) -> None:
    """Rules: LED-14, LED-16"""
    proof_id = answered(desk, visitor)
    owner = visitor(script=script)
    page = sign_in(owner, desk)
    owner.open(f"{desk.origin}/backoffice/town/ledger/")
    page.get_by_label("Proof id").fill(proof_id)
    follow(page, page.get_by_role("button", name="Look it up"))
    expect(page.get_by_role("main")).to_contain_text("1 record,")
    assert proof_id not in page.url
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download the proof").click()
    coming.value.save_as(tmp_path / "proof.jsonl")
    with (tmp_path / "proof.jsonl").open("rb") as lines:
        assert verify_export(lines, ()).holds
    follow(page, page.get_by_role("button", name="Erase…"))
    follow(page, page.get_by_role("button", name="Erase for good"))
    expect(page.get_by_role("status")).to_contain_text("erased for good")
    expect(page.locator("#reads + ol li").first).to_contain_text("records of one proof id, 1 record")


@PHONE_FIRST
def test_no_page_of_the_ledger_has_a_fault(
    desk: Running, visitor: NewVisitor, axe_script: str, phone: bool, dark: bool
) -> None:
    proof_id = answered(desk, visitor)
    owner = visitor(phone=phone, dark=dark)
    page = sign_in(owner, desk)
    owner.open(f"{desk.origin}/backoffice/town/ledger/")
    found = faults(owner, axe_script)
    follow(page, page.get_by_role("link", name=datetime.now(UTC).date().isoformat()))
    found += faults(owner, axe_script)
    follow(page, page.get_by_role("button", name=f"Open the records of {proof_id}"))
    found += faults(owner, axe_script)
    follow(page, page.get_by_role("button", name="Erase…"))
    fault_free([*found, *faults(owner, axe_script)])
