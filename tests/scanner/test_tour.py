"""Which pages are visited, and what a site tells crawlers."""

import pytest

from bredele.scanner.site_map import Unavailable, told_by
from bredele.scanner.tour import Tour, worth_visiting
from bredele.scanner.visit import Link

ORIGIN = "https://x.example"


def link(url: str, text: str = "", *, download: bool = False) -> Link:
    return Link(url=url, text=text, download=download, rel="")


@pytest.mark.parametrize(
    "one",
    [link("https://y.example/"), link("https://x.example/a.pdf"), link("https://x.example/logout"), link("mailto:a@b"),
     link("https://x.example/a?action=delete"), link("https://x.example/a", "Sign out"), link("javascript:1"),
     link("https://x.example/yes", "Accept all"), link("https://x.example/no", "Tout refuser"),
     link("https://x.example/a", download=True), link("https://x.example/#top"), link("http://x.example/")],
)  # fmt: skip
def test_what_leads_away_downloads_or_changes_something_is_left_out(one: Link) -> None:
    assert worth_visiting([one], ORIGIN, ["https://x.example/"], 9) == []


def test_pages_that_differ_only_in_their_query_are_visited_four_times() -> None:
    calendar = [link(f"https://x.example/calendar?day={day}") for day in range(1000)]
    assert len(worth_visiting(calendar, ORIGIN, [], 999)) == 4


def test_ten_thousand_links_give_no_more_than_there_is_room_for() -> None:
    assert len(worth_visiting((link(f"https://x.example/{n}") for n in range(10_000)), ORIGIN, [], 25)) == 25


def test_the_sitemap_s_pages_come_last_and_then_the_tour_ends() -> None:
    tour = Tour("https://x.example/", 9)
    tour.mapped = ("https://x.example/hidden", "https://x.example/")
    tour.found([link("https://x.example/a")], ORIGIN)
    tour.end(ORIGIN)
    assert tour.pages == ["https://x.example/", "https://x.example/a", "https://x.example/hidden"]
    assert not tour.closed
    tour.end(ORIGIN)
    assert tour.closed


def test_a_tour_of_a_mapped_page_that_is_known_already_ends_at_once() -> None:
    tour = Tour("https://x.example/", 9)
    tour.mapped = ("https://x.example/",)
    tour.end(ORIGIN)
    assert tour.closed


def test_robots_and_sitemaps_are_read_an_index_too() -> None:
    """Rules: SCN-12"""
    files = {
        "/robots.txt": b"User-agent: *\nDisallow: /private\nCrawl-delay: 2\nSitemap: https://x.example/index.xml",
        "/index.xml": b"<sitemapindex><sitemap><loc>https://x.example/one.xml</loc></sitemap></sitemapindex>",
        "/one.xml": b"<urlset><url><loc> https://x.example/a?b=1&amp;c=2 </loc></url><url><loc>https://y.example/</loc></url></urlset>",
    }
    told = told_by(ORIGIN, lambda url: files.get(url.removeprefix(ORIGIN)), 10)
    assert told.pages == ("https://x.example/a?b=1&c=2",)
    assert not told.allows("https://x.example/private/page")
    assert told.allows("https://x.example/public")
    assert told.pause == 2.0


def test_a_server_that_fails_to_give_its_rules_keeps_everything_to_itself() -> None:
    """RFC 9309, 2.3.1.4. Rules: SCN-12"""

    def fails(_: str) -> bytes:
        raise Unavailable

    told = told_by(ORIGIN, fails, 10)
    assert not told.allows("https://x.example/")
    assert told.pages == ()


def test_a_tour_leaves_out_what_it_is_not_allowed_to_visit_and_finds_room_for_the_rest() -> None:
    """Rules: SCN-12"""
    tour = Tour(f"{ORIGIN}/", 3)
    tour.allows = lambda url: "/private" not in url
    tour.found([link(f"{ORIGIN}/private/{n}") for n in range(9)] + [link(f"{ORIGIN}/a"), link(f"{ORIGIN}/b")], ORIGIN)
    assert tour.pages == [f"{ORIGIN}/", f"{ORIGIN}/a", f"{ORIGIN}/b"]
    assert tour.worth_visiting([link(f"{ORIGIN}/private/x"), link(f"{ORIGIN}/c")], ORIGIN, (), 9) == [f"{ORIGIN}/c"]


@pytest.mark.parametrize("data", [b"", b"\x1f\x8bbroken", b"<urlset>" * 1000, b"\xff\xfe\x00"])
def test_a_broken_sitemap_is_no_page(data: bytes) -> None:
    told = told_by(ORIGIN, lambda _: data, 10)
    assert told.pages == ()
    assert told.allows("https://x.example/")


def test_a_sitemap_that_names_itself_ends() -> None:
    itself = b"<sitemapindex><loc>https://x.example/sitemap.xml</loc></sitemapindex>"
    assert told_by(ORIGIN, lambda url: None if "robots" in url else itself, 10).pages == ()
