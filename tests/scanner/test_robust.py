"""Whatever a site does, a scan ends, and its report says what is missing."""

import asyncio
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from bredele.core.observation import Observation
from bredele.core.settings import read_settings
from bredele.scanner import party, visit
from bredele.scanner.errors import CouldNotScan
from bredele.scanner.plan import Plan
from bredele.scanner.scan import observe
from tests.scanner.nasty import PAGES, nasty
from tests.scanner.scanning import named, rules, scan_of
from tests.scanner.site import Site
from tests.serving import command, environment, free_port

pytestmark = pytest.mark.e2e


@pytest.mark.trial
def test_a_site_that_does_everything_wrong_is_scanned_to_its_last_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit, "LOAD_MILLISECONDS", 9_000)  # the page that hangs costs it in full
    with nasty() as url:
        scan = scan_of(url, "no_choice", max_pages=len(PAGES) + 12, budget=240)
    assert scan.states == ("no_choice",)
    seen = set(named(scan))
    assert {f"from_{name}" for name in PAGES} <= seen
    assert {"from_circle", "from_login", "from_slow"} <= seen
    lost = " ".join(note for note in scan.notes if note.startswith("Not seen to its end: "))
    assert "/hangs: The page does not answer any more." in lost
    assert not {name for name in PAGES if f"/{name}:" in lost} - {"hangs"}


def test_a_target_that_is_down_is_an_error_with_its_place() -> None:
    with pytest.raises(CouldNotScan, match="Nothing answers"):
        scan_of(f"http://a.localhost:{free_port()}/", "no_choice")


def test_a_private_target_is_refused_where_it_is_not_allowed() -> None:
    with Site() as site, pytest.raises(CouldNotScan, match="private network or on this machine"):
        asyncio.run(observe(Plan(target=site.url), read_settings({}), lambda _: None))
    assert site.asked == []


def test_a_time_budget_ends_a_scan_with_what_was_seen_and_says_what_is_missing() -> None:
    with Site("early", banner=True) as site:
        scan = scan_of(site.url, "no_choice", "refused", "accepted", max_pages=20, budget=4.0)
    gaps = {gap.reason for gap in scan.not_tested}
    assert gaps == {"time-budget"}
    assert scan.incomplete
    assert not set(scan.states) & {gap.state for gap in scan.not_tested}


def test_ctrl_c_ends_a_scan_with_a_report_and_code_three() -> None:
    with Site(banner=True) as site:
        process = subprocess.Popen(
            command("scan", site.url, "--format", "json", "--max-pages", "20"),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(), start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while len(site.asked) < 6 and time.monotonic() < deadline:
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 3, err
    report = json.loads(out)
    assert {gap["reason"] for gap in report["not_tested"]} & {"interrupted", "crash"}


@pytest.mark.trial
def test_a_browser_that_is_killed_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[int] = []
    attempt = party.Party.attempt

    async def kill_once(self: party.Party, state: str, leads: bool) -> object:
        if not killed:
            killed.append(1)
            root = await self.engine.running()
            await root.close()
        return await attempt(self, state, leads)

    monkeypatch.setattr(party.Party, "attempt", kill_once)
    with Site("early") as site:
        scan = scan_of(site.url, "no_choice", max_pages=2)
    assert scan.states == ("no_choice",)
    assert "stats" in named(scan)


@pytest.mark.trial
def test_a_killed_scan_goes_on_where_it_was(tmp_path: Path) -> None:
    kept = tmp_path / "scan"
    with Site("early", "script", banner=True) as site:
        states = ("no_choice", "refused")
        asked = ("scan", site.url, "--states", ",".join(states), "--max-pages", "6", "--resume", str(kept))
        process = subprocess.Popen(
            command(*asked), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(), start_new_session=True
        )
        deadline = time.monotonic() + 120
        while not kept.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert kept.exists()
        before = len(site.asked)
        scan = scan_of(site.url, *states, max_pages=6, resume=kept, drive_forms=True)
        assert len(site.asked) > before
    assert not kept.exists()
    assert scan.states == states
    assert {("before-consent", "stats"), ("after-refusal", "stats"), ("after-refusal", "written")} <= rules(scan)
    assert len(scan.pages) == 6


def facts(item: Observation) -> tuple[object, ...]:
    """What an observation says, the literal names behind a pattern apart: they are random."""
    return (item.name, item.kind, item.host, item.path, item.states, item.set_by, item.pattern, item.attributes)


@pytest.mark.trial
def test_two_scans_of_the_same_site_read_the_same_names_that_vary_too() -> None:
    with Site("random", "storage", "script", "frame", banner=True) as site:
        first, second = (scan_of(site.url, "no_choice", "refused", max_pages=3) for _ in range(2))
    names = {item.name: item for item in first.observations if item.pattern}
    assert set(names) == {"visit_*"}
    assert [facts(item) for item in first.observations] == [facts(item) for item in second.observations]
    told = [[(one.rule, one.cookie, one.message) for one in scan.findings] for scan in (first, second)]
    assert told[0] == told[1]
    assert first.requests == second.requests
