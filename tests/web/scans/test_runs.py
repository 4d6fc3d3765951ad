"""Scans on their way: asked for once, carried out once, resumed after a crash, ended on request, told of."""

import asyncio
import threading
import time
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from pytest_django import Settings as SettingsWrapper

from bredele.core.observation import NotTested, Scan
from bredele.core.registry import Version
from bredele.formats.knowledge import store
from bredele.formats.knowledge.fact import Base, Fact, Source
from bredele.scanner.errors import CouldNotScan
from bredele.scanner.evidence import container, signing
from bredele.scanner.evidence.witness import Witness
from bredele.scanner.plan import Plan
from bredele.web.alerts.models import Delivery
from bredele.web.scans import bundles, proofs, runs
from bredele.web.scans.carrying import BUDGET, Sink, by_browser, carry, tell
from bredele.web.scans.drift import previous, since
from bredele.web.scans.models import Proof, Run, Schedule
from bredele.web.scans.working import waits
from tests.web.scans.conftest import NOW, item, seen


def carried(scan: Scan, minutes: int = 0, plans: list[Plan] | None = None) -> Proof | None:
    """A run from asking to its end, with this outcome."""

    def look(plan: Plan, sink: Sink) -> Scan:
        sink.say("looking")
        if plans is not None:
            plans.append(plan)
        return scan

    moment = NOW + timedelta(minutes=minutes)
    runs.ask("town", "owner", moment)
    run = runs.claim(moment)
    assert run is not None
    return carry(run, lambda: moment, look)


def test_a_second_click_asks_for_no_second_scan(town: Version) -> None:
    first = runs.ask("town", "a", NOW)
    assert runs.ask("town", "b", NOW) == first
    assert runs.ask("village", "b", NOW) != first


def test_a_run_is_carried_out_by_one_process_only(town: Version) -> None:
    runs.ask("town", "", NOW)
    run = runs.claim(NOW)
    assert run is not None
    assert (run.state, run.attempts) == (Run.RUNNING, 1)
    assert runs.claim(NOW) is None
    assert not waits(lambda: NOW)


def test_a_run_that_went_silent_goes_on_where_it_stopped(town: Version) -> None:
    runs.ask("town", "", NOW)
    first = runs.claim(NOW)
    assert first is not None
    path = runs.resume_path(first)
    path.parent.mkdir(parents=True)
    path.write_text("progress")
    later = NOW + runs.SILENCE + timedelta(seconds=1)
    assert waits(lambda: later)
    second = runs.claim(later)
    assert second == first
    assert second is not None
    assert second.attempts == 2
    assert path.exists()


def test_a_run_that_is_interrupted_again_and_again_fails(town: Version) -> None:
    runs.ask("town", "", NOW)
    moment = NOW
    for _ in range(runs.ATTEMPTS):
        assert runs.claim(moment) is not None
        moment += timedelta(minutes=5)
    assert runs.claim(moment) is None
    run = Run.objects.get()
    assert (run.state, run.message) == (Run.FAILED, "It was interrupted 3 times.")


def test_the_calendar_asks_once_for_all_days_it_missed(town: Version) -> None:
    Schedule.objects.create(site="town", every="daily", due=NOW - timedelta(days=10, hours=1))
    assert runs.ask_due(NOW) == 1
    assert Run.objects.count() == 1
    assert Schedule.objects.get().due == NOW + timedelta(hours=23)
    assert runs.ask_due(NOW) == 0


def test_months_are_of_the_calendar() -> None:
    moment = NOW.replace(month=1, day=31)
    assert runs.next_due("monthly", moment) == moment.replace(month=2, day=28)
    assert runs.next_due("weekly", moment) == moment + timedelta(days=7)
    assert runs.next_due("never", moment) is None


def test_a_scan_becomes_a_proof_of_the_version_in_force(town: Version) -> None:
    plans: list[Plan] = []
    proof = carried(seen(item("sessionid", occasions=("sign_in",))), plans=plans)
    assert proof is not None
    assert (proof.version, proof.verdict) == (town.number, "ok")
    run = Run.objects.get()
    assert (run.state, run.proof, run.lines) == (Run.DONE, proof, ["looking"])
    (plan,) = plans
    assert (plan.target, plan.from_server, plan.allow_private) == ("http://town.localhost:8000", True, False)
    assert (plan.max_pages, plan.budget) == (50, BUDGET)


def test_private_addresses_are_reached_only_where_the_operator_said_so(
    town: Version, settings: SettingsWrapper
) -> None:
    plans: list[Plan] = []
    settings.BREDELE = msgspec.structs.replace(settings.BREDELE, private_sites=("town",))
    carried(seen(), plans=plans)
    assert plans[0].allow_private


def test_the_server_refuses_its_own_network_for_real(town: Version) -> None:
    """The scanner itself says no, before any browser is started."""
    runs.ask("town", "", NOW)
    run = runs.claim(NOW)
    assert run is not None
    assert carry(run, lambda: NOW, by_browser) is None
    run.refresh_from_db()
    assert run.state == Run.FAILED
    assert "private network" in run.message or "as root" in run.message


def test_a_scan_that_cannot_be_made_says_why_and_is_told(town: Version) -> None:
    Schedule.objects.create(site="town", mail=["dpo@example.org"])

    def look(*_: object) -> Scan:
        raise CouldNotScan("Nothing answers.", where="town", cure="Start the site.")

    runs.ask("town", "", NOW)
    run = runs.claim(NOW)
    assert run is not None
    assert carry(run, lambda: NOW, look) is None
    run.refresh_from_db()
    assert run.message == "town: Nothing answers. Start the site."
    assert Delivery.objects.get().subject == "town: the scan could not be made"


def test_a_crash_of_the_driver_ends_the_run(town: Version) -> None:
    def look(*_: object) -> Scan:
        raise RuntimeError("secret words of a driver")

    runs.ask("town", "", NOW)
    run = runs.claim(NOW)
    assert run is not None
    assert carry(run, lambda: NOW, look) is None
    run.refresh_from_db()
    assert run.message == "A fault of the scanner itself: RuntimeError."


def test_stopping_ends_a_scan_with_what_it_has(town: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bredele.web.scans.carrying.PULSE_SECONDS", 0.05)
    stopped = threading.Event()
    partial = seen(not_tested=(NotTested(state="refused", reason="interrupted"),))

    def look(_: Plan, sink: Sink) -> Scan:
        sink.cancel = stopped.set
        sink.say("begun")
        assert stopped.wait(10)
        return partial

    runs.ask("town", "", NOW)
    run = runs.claim(NOW)
    assert run is not None
    runs.stop("town", NOW)
    begun = time.monotonic()
    proof = carry(run, lambda: NOW, look)
    assert proof is not None
    assert proof.verdict == "incomplete"
    assert time.monotonic() - begun < 10
    assert Run.objects.get().lines == ["begun"]


def test_a_scan_that_takes_its_time_to_end_is_asked_once(town: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bredele.web.scans.carrying.PULSE_SECONDS", 0.02)
    asked: list[int] = []

    def look(_: Plan, sink: Sink) -> Scan:
        time.sleep(0.1)  # not to be stopped yet
        sink.cancel = lambda: asked.append(1)
        time.sleep(0.3)
        return seen(not_tested=(NotTested(state="refused", reason="interrupted"),))

    runs.ask("town", "", NOW)
    run = runs.claim(NOW)
    assert run is not None
    runs.stop("town", NOW)
    assert carry(run, lambda: NOW, look) is not None
    assert asked == [1]


def test_a_scan_stopped_before_its_first_page_says_so_and_alarms_nobody(town: Version) -> None:
    Schedule.objects.create(site="town", mail=["owner@town.example"])

    def look(*_: object) -> Scan:
        raise asyncio.CancelledError

    runs.ask("town", "", NOW)
    run = runs.claim(NOW)
    assert run is not None
    assert carry(run, lambda: NOW, look) is None
    run.refresh_from_db()
    assert (run.state, "stopped before it had seen anything" in run.message) == (Run.FAILED, True)
    assert not Delivery.objects.exists()


def test_a_word_to_a_loop_that_is_closed_is_no_fault() -> None:
    loop = asyncio.new_event_loop()
    loop.close()
    tell(loop, loop.stop)


def test_what_waits_is_stopped_before_it_begins(town: Version) -> None:
    runs.ask("town", "", NOW)
    runs.stop("town", NOW)
    assert Run.objects.get().message == "Stopped before it began."
    assert runs.claim(NOW) is None


def test_new_and_gone_are_told_apart(town: Version) -> None:
    first = carried(seen(item("one"), item("two")))
    second = carried(seen(item("two"), item("three")), minutes=5)
    assert first is not None
    assert second is not None
    assert previous(first) is None
    assert previous(second) == first
    drift = since(second, previous(second))
    assert drift is not None
    assert [found.cookie for found in drift.new if found.rule == "undeclared"] == ["three"]
    assert [found.cookie for found in drift.gone if found.rule == "undeclared"] == ["one"]
    assert ([one.name for one in drift.appeared], [one.name for one in drift.vanished]) == (["three"], ["one"])
    assert since(first, None) is None


def test_evidence_that_is_gone_stops_no_comparison(town: Version, data: Path) -> None:
    first = carried(seen(item("one")))
    second = carried(seen(), minutes=5)
    assert first is not None
    assert second is not None
    (proofs.directory("town") / first.file).unlink()
    assert since(second, first) is None


def subjects() -> list[str]:
    """What was written to people, in order."""
    return list(Delivery.objects.filter(kind="mail").order_by("pk").values_list("subject", flat=True))


def test_only_news_is_told(town: Version) -> None:
    Schedule.objects.create(site="town", mail=["dpo@example.org"], webhook="https://hooks.example/s3cr3t")
    carried(seen(item("one")))
    assert subjects() == ["town: 1 new finding"]
    carried(seen(item("one")), minutes=5)
    assert len(subjects()) == 1
    carried(seen(item("one"), item("two")), minutes=10)
    assert subjects()[1:] == ["town: 1 new finding"]
    carried(seen(), minutes=15)
    assert subjects()[2:] == ["town: conform again"]
    hooks = Delivery.objects.filter(kind="webhook").order_by("pk")
    body = msgspec.json.decode(hooks[1].body)
    assert body["event"] == "scan"
    assert [one["cookie"] for one in body["new"]] == ["two"]
    assert body["link"].startswith("http://localhost:8000/backoffice/town/proofs/")
    assert "s3cr3t" not in hooks[1].body
    text = Delivery.objects.filter(kind="mail").order_by("pk")[1].body
    assert "New since the last scan:" in text
    assert "two" in text


def test_a_first_scan_that_finds_nothing_is_no_news(town: Version) -> None:
    Schedule.objects.create(site="town", mail=["dpo@example.org"])
    carried(seen())
    assert not Delivery.objects.exists()


def test_loaded_knowledge_is_in_the_proof(town: Version, data: Path) -> None:
    source = Source(title="A list", licence="MIT", url="https://l.example", form="test")
    store.write(
        data, Base(source=source, facts=(Fact(name="one_of_theirs", provider="Theirs", purpose="advertising"),))
    )
    proof = carried(seen(item("one_of_theirs")))
    assert proof is not None
    (finding,) = [found for found in proofs.scan_of(proof).findings if found.rule == "undeclared"]
    assert finding.evidence["suggested_provider"] == "Theirs"


def test_old_runs_go_and_proofs_stay(town: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "KEPT", 2)
    for number in range(4):
        carried(seen(), minutes=number)
    assert Run.objects.count() == 2
    assert Proof.objects.count() == 4


def witnessed(town: Version) -> Proof:
    """A proof of a run that a witness stood beside."""

    def look(_: Plan, sink: Sink) -> Scan:
        sink.witness = Witness()
        return seen(item("one"))

    runs.ask("town", "", NOW)
    run = runs.claim(NOW)
    assert run is not None
    proof = carry(run, lambda: NOW, look)
    assert proof is not None
    return proof


def test_signed_evidence_is_kept_beside_the_proof(town: Version, data: Path) -> None:
    """Rules: SCN-07"""
    path = bundles.path_of(witnessed(town))
    files = container.read(path)
    assert signing.verify(files, signing.own_public(data)).name == "localhost/evidence"
    assert b"theme" in files["cookies.toml"]
    assert Run.objects.get().message == ""


def test_a_lost_key_costs_the_evidence_and_not_the_proof(town: Version, data: Path) -> None:
    signing.own_key(data, "localhost")
    for file in (data / signing.KEYS).iterdir():
        file.unlink()
    proof = witnessed(town)
    run = Run.objects.get()
    assert (run.state, run.proof) == (Run.DONE, proof)
    assert "could not be signed" in run.message
    assert "backup" in run.message
    assert not bundles.path_of(proof).exists()
