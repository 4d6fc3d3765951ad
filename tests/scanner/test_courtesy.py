"""What a scan owes to a site that is not one's own."""

import asyncio

import pytest
from protego import Protego

from bredele.scanner.courtesy import Courtesy
from bredele.scanner.site_map import ToldToCrawlers
from tests.scanner.scanning import named, scan_of
from tests.scanner.site import Site

TARGET = "https://x.example/"


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def told(robots: str) -> ToldToCrawlers:
    return ToldToCrawlers(Protego.parse(robots), ())


async def opened(courtesy: Courtesy, clock: Clock, pages: int) -> list[float]:
    """When each of some pages, all asked for at once, may be opened; seconds after the first."""

    async def one() -> float:
        await courtesy.turn()
        return clock.now - 100.0

    return sorted(await asyncio.gather(*(one() for _ in range(pages))))


@pytest.mark.parametrize(
    ("robots", "times"),
    [("", [0, 0, 0]), ("User-agent: *\nCrawl-delay: 2", [0, 2, 4]), ("User-agent: *\nCrawl-delay: 3600", [0, 10, 20]),
     ("User-agent: *\nRequest-rate: 1/3", [0, 3, 6]), ("User-agent: other\nCrawl-delay: 2", [0, 0, 0]),
     ("User-agent: *\nCrawl-delay: -2", [0, 0, 0])],
)  # fmt: skip
def test_the_pace_a_site_asks_for_holds_between_any_two_pages(robots: str, times: list[float]) -> None:
    """Rules: SCN-12"""
    clock = Clock()
    courtesy = Courtesy(told(robots), lambda: clock.now, clock.sleep)
    assert asyncio.run(opened(courtesy, clock, 3)) == times


def test_a_site_that_is_asked_too_often_gets_the_time_it_names_but_not_all_day() -> None:
    """Rules: SCN-12"""
    clock = Clock()
    courtesy = Courtesy(time=lambda: clock.now, sleep=clock.sleep)
    courtesy.hold(7)
    assert asyncio.run(opened(courtesy, clock, 2)) == [7, 7]
    courtesy.hold(86_400)
    assert asyncio.run(opened(courtesy, clock, 1)) == [37]
    (note,) = courtesy.notes(TARGET)
    assert note.startswith("The site said 2 times that it was asked too often")


def test_what_was_left_out_is_said_without_secrets_and_not_all_of_it() -> None:
    """Rules: SCN-12"""
    courtesy = Courtesy(told("User-agent: *\nDisallow: /private\nDisallow: /*?token="))
    assert courtesy.allows(TARGET)
    assert not courtesy.allows(TARGET + "private/page")
    assert not courtesy.allows(TARGET + "open?token=abcdefghijklmnopqrstuvwxyz")
    assert not any(courtesy.allows(f"{TARGET}private/{n}") for n in range(9))
    (note,) = courtesy.notes(TARGET)
    assert note.endswith(" and 6 more.")
    assert f"{TARGET}open?token=…" in note
    assert "abcdefgh" not in note


def test_a_page_asked_for_by_name_that_is_kept_from_crawlers_is_said() -> None:
    courtesy = Courtesy(told("User-agent: *\nDisallow: /"))
    assert not courtesy.allows(TARGET)
    assert [note.partition(";")[0] for note in courtesy.notes(TARGET)] == [
        "robots.txt keeps crawlers from the page that was asked for"
    ]


@pytest.mark.e2e
@pytest.mark.trial
def test_pages_kept_from_crawlers_are_visited_on_one_s_own_site_only() -> None:
    """Rules: SCN-12"""
    for own in (True, False):
        with Site("early", "script", robots="User-agent: *\nDisallow: /news/") as site:
            scan = scan_of(site.url, "no_choice", max_pages=4, own=own)
        assert ("a.localhost /news/" in site.asked) is own
        assert ("written" in named(scan)) is own
        assert "stats" in named(scan)
        assert any(note.endswith(f"{site.url}news/.") for note in scan.notes) is not own


@pytest.mark.trial
@pytest.mark.e2e
def test_a_site_that_says_too_many_is_asked_again_later() -> None:
    """Rules: SCN-12"""
    with Site("script", too_many=frozenset({"/news/"})) as site:
        scan = scan_of(site.url, "no_choice", max_pages=3)
    assert "written" in named(scan)
    assert "The site said once that it was asked too often, and was given the time it named." in scan.notes
    assert not any(note.startswith("Not seen") for note in scan.notes)
