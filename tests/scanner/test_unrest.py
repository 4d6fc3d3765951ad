"""When a page has come to rest, told by a clock of our own."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bredele.scanner import unrest
from bredele.scanner.recorder import Recorder
from bredele.scanner.targets import Target
from bredele.scanner.unrest import SIGHTINGS, Unrest


class Clock:
    """Time passes only where somebody waits; what is planned happens on its way."""

    def __init__(self) -> None:
        self.now = 100.0
        self.planned: list[tuple[float, Callable[[], object]]] = []

    def __call__(self) -> float:
        return self.now

    def at(self, seconds: float, act: Callable[[], object]) -> None:
        self.planned.append((100.0 + seconds, act))

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        due = [one for one in self.planned if one[0] <= self.now]
        self.planned = [one for one in self.planned if one[0] > self.now]
        for _, act in due:
            act()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(unrest.asyncio, "sleep", clock.sleep)
    return clock


def rested(page: Unrest, clock: Clock, **limits: Any) -> float:
    """Seconds until rest."""
    start = clock.now
    asyncio.run(page.rest(lambda: False, **limits))
    return clock.now - start


def test_a_still_page_is_left_at_once(clock: Clock) -> None:
    assert rested(Unrest(clock), clock) < 0.2


def test_an_answer_under_way_is_waited_for(clock: Clock) -> None:
    page = Unrest(clock)
    page.begin("1", "http://a/slow")
    clock.at(2.0, lambda: page.end("1"))
    assert 2.1 < rested(page, clock) < 2.4


def test_a_stream_costs_the_patience_once(clock: Clock) -> None:
    page = Unrest(clock)
    page.begin("1", "http://a/stream")
    assert 4.9 < rested(page, clock) < 5.2
    page.turn_page("http://a/")
    page.begin("2", "http://a/stream")
    assert rested(page, clock) < 0.3


def test_a_body_that_nobody_reads_costs_a_second_once(clock: Clock) -> None:
    page = Unrest(clock)
    page.begin("1", "http://a/told")
    clock.at(0.5, lambda: page.answer("1"))
    assert 1.5 < rested(page, clock) < 1.7
    page.turn_page("http://a/")
    page.begin("2", "http://a/told")
    clock.at(clock.now - 100 + 0.5, lambda: page.answer("2"))
    assert 0.5 < rested(page, clock) < 0.8, "the head of the answer is waited for all the same"


def test_a_body_that_comes_slowly_is_waited_for_to_its_end(clock: Clock) -> None:
    page = Unrest(clock)
    page.begin("1", "http://a/slow")
    page.answer("1")
    for moment in (0.8, 1.6, 2.4):
        clock.at(moment, lambda: page.receive("1"))
    clock.at(3.0, lambda: page.end("1"))
    assert 3.1 < rested(page, clock) < 3.4
    page.begin("2", "http://a/slow")
    page.answer("2")
    clock.at(clock.now - 100 + 0.9, lambda: page.end("2"))
    assert 0.9 < rested(page, clock) < 1.2, "it was read, so its body goes on being waited for"


def test_what_the_last_document_asked_for_is_not_waited_for_in_the_next(clock: Clock) -> None:
    page = Unrest(clock)
    page.begin("1", "http://a/consent")
    page.begin("2", "http://a/")
    page.begin("3", "http://a/picture")
    page.arrive("2")
    clock.at(0.5, lambda: page.end("2"))
    clock.at(0.8, lambda: page.end("3"))
    assert 0.8 < rested(page, clock) < 1.1


@pytest.mark.parametrize(("kind", "waits"), [("Fetch", False), ("XHR", False), ("Script", True), ("Image", True)])
def test_only_what_scripts_read_may_stay_unread(clock: Clock, kind: str, waits: bool) -> None:
    recorder = Recorder("no_choice", lambda host: False, "b", {})
    recorder.unrest = Unrest(clock)

    async def nothing(method: str, params: dict[str, Any]) -> None:
        return None

    target = Target(nothing, recorder.hear, "page", "http://a/", main=True)
    told = {"requestId": "1", "type": kind, "request": {"url": "http://a/x"}}
    target.receive("Network.requestWillBeSent", told)
    target.receive("Network.responseReceived", told)
    assert (rested(recorder.unrest, clock) > 4.9) is waits
    assert (rested(recorder.unrest, clock) > 0.5) is False


@pytest.mark.parametrize(("frame", "waits"), [("main", False), ("other", True)])
def test_only_the_pages_own_next_document_ends_the_last_one(clock: Clock, frame: str, waits: bool) -> None:
    recorder = Recorder("no_choice", lambda host: False, "b", {})
    recorder.unrest, recorder.main_frame = Unrest(clock), "main"

    async def nothing(method: str, params: dict[str, Any]) -> None:
        return None

    target = Target(nothing, recorder.hear, "page", "http://a/", main=True)
    told = {"requestId": "2", "type": "Document", "frameId": frame, "request": {"url": "http://a/next"}}
    target.receive(
        "Network.requestWillBeSent", {"requestId": "1", "type": "Script", "request": {"url": "http://a/x.js"}}
    )
    for method in ("Network.requestWillBeSent", "Network.responseReceived", "Network.loadingFinished"):
        target.receive(method, told)
    assert (rested(recorder.unrest, clock) > 4.9) is waits


def test_a_timer_is_waited_for_until_its_line_is_known(clock: Clock) -> None:
    page = Unrest(clock)
    for place in range(SIGHTINGS):
        page.turn_page(f"http://a/{place}")
        page.timer("at a.js:1:1", 3.0, repeated=False)
        assert 3.0 < rested(page, clock) < 3.3
    page.turn_page("http://a/")
    page.timer("at a.js:1:1", 3.0, repeated=False)
    assert rested(page, clock) < 0.3


def test_a_timer_too_far_away_is_not_waited_for(clock: Clock) -> None:
    page = Unrest(clock)
    page.timer("at a.js:1:1", 60.0, repeated=False)
    assert rested(page, clock) < 0.3


def test_a_repeated_timer_is_waited_for_three_times(clock: Clock) -> None:
    page = Unrest(clock)
    page.timer("at a.js:1:1", 1.0, repeated=True)
    assert 3.0 < rested(page, clock) < 3.3


def test_what_a_timer_starts_is_waited_for_too(clock: Clock) -> None:
    page = Unrest(clock)
    page.timer("at a.js:1:1", 1.0, repeated=False)
    clock.at(1.0, lambda: page.begin("1", "http://a/late"))
    clock.at(1.8, lambda: page.end("1"))
    assert 1.9 < rested(page, clock) < 2.2


def test_a_heartbeat_is_no_unrest(clock: Clock) -> None:
    page = Unrest(clock)
    for beat in range(100):
        clock.at(beat / 10, lambda: page.stir("beat"))
    assert rested(page, clock) < 1.0


def test_timers_have_a_budget_and_then_only_short_ones_are_waited_for(clock: Clock) -> None:
    page = Unrest(clock)
    spent = 0.0
    for place in range(100):
        page.turn_page("http://a/")
        page.timer(f"at page{place}:1:1", 5.0, repeated=False)
        spent += rested(page, clock)
    assert 40 < spent < 70


def test_a_page_that_is_gone_is_not_waited_for(clock: Clock) -> None:
    page = Unrest(clock)
    page.begin("1", "http://a/")
    asyncio.run(page.rest(lambda: True))
    assert clock.now == 100.0


def test_a_second_view_of_a_page_waits_for_new_timers_only(clock: Clock) -> None:
    page = Unrest(clock)
    page.turn_page("http://a/")
    page.timer("at a.js:1:1", 3.0, repeated=False)
    assert rested(page, clock) > 3.0
    page.turn_page("http://a/")
    page.timer("at a.js:1:1", 3.0, repeated=False)
    assert rested(page, clock) < 0.3
    page.timer("at a.js:2:1", 2.0, repeated=False)
    assert rested(page, clock) > 2.0
    page.turn_page("http://a/other")
    page.timer("at a.js:1:1", 3.0, repeated=False)
    assert rested(page, clock) > 3.0


def test_a_timer_that_sets_itself_again_is_waited_for_within_one_view(clock: Clock) -> None:
    page = Unrest(clock)
    page.turn_page("http://a/")
    page.timer("at a.js:1:1", 1.0, repeated=False)
    clock.at(1.0, lambda: page.timer("at a.js:1:1", 1.0, repeated=False))
    assert rested(page, clock) > 2.0


@pytest.mark.parametrize(("views", "seconds"), [(1, 3.0), (2, 0.0)])
def test_after_an_answer_a_page_seen_once_is_waited_for_again(clock: Clock, views: int, seconds: float) -> None:
    page = Unrest(clock)
    for _ in range(views):
        page.turn_page("http://a/")
        page.timer("at a.js:1:1", 3.0, repeated=False)
    page.turn_page("http://a/other")
    page.decide()
    page.turn_page("http://a/")
    page.timer("at a.js:1:1", 3.0, repeated=False)
    assert seconds <= rested(page, clock) < seconds + 0.3
