"""`POST /collect`: what is counted, for which site, and what is refused."""

import base64
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from bredele.core.consent import choose, encode
from bredele.stats.catalogue import EVENTS
from tests.collector.conftest import FIREFOX, Desk, publish

PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/147.0.0.0 Mobile Safari/537.36"


def test_a_view_is_answered_once_durable_and_counted_in_every_dimension(desk: Desk) -> None:
    """Rules: ANA-10, ANA-11, ANA-21"""
    reply = desk.view(
        "http://town.example/news/?utm_source=x#frag",
        referrer="https://www.search.example/?q=private",
        h_accept_language="fr-CA,en;q=0.5",
        h_user_agent=PHONE,
        client="8.8.8.8",
    )
    assert (reply.status, reply.body) == (202, b"")
    assert "set-cookie" not in reply.headers
    assert desk.totals() == {"views": 1, "visits": 1}
    expected = {
        "page": "/news/",
        "referrer": "search.example",
        "country": "US",
        "device": "mobile",
        "browser": "Chrome",
        "language": "fr",
        "screen": "large",
        "page+referrer": ("/news/", "search.example"),
        "page+country": ("/news/", "US"),
        "page+device": ("/news/", "mobile"),
        "referrer+country": ("search.example", "US"),
        "referrer+device": ("search.example", "mobile"),
        "country+device": ("US", "mobile"),
    }
    for dimension, value in expected.items():
        assert desk.cells(dimension) == {value: 1}, dimension


def test_json_and_plain_text_are_read_alike(desk: Desk) -> None:
    body = msgspec.json.encode({"name": "view", "url": "http://town.example/", "referrer": "", "width": 1})
    for kind in ("text/plain", "application/json", ""):
        assert desk.send(body, content_type=kind).status == 202
    assert desk.totals()["views"] == 3


def test_a_visit_begins_with_a_view_that_came_from_elsewhere(desk: Desk) -> None:
    """A reload or a step back begins none."""
    desk.view(referrer="")
    desk.view(referrer="http://town.example/a")
    desk.view(referrer="https://elsewhere.example/", again=True)
    assert desk.totals() == {"views": 3, "visits": 1}
    assert desk.cells("referrer", "visits") == {"direct": 1}


def test_leaving_tells_exit_bounce_time_and_load(desk: Desk) -> None:
    url = "http://town.example/a"
    desk.view(url)
    desk.view(url, name="leave", seconds=42.4, load=800, exit=True, entry=True)
    desk.view(url, name="leave", seconds=1e9, load=-5)
    assert desk.totals() == {
        "views": 1, "visits": 1, "exits": 1, "bounces": 1, "leaves": 2, "seconds": 3642, "loads": 1, "load_ms": 800,
    }  # fmt: skip
    assert desk.cells("time", "events") == {"30-60 s": 1, "> 10 min": 1}
    assert desk.cells("load", "events") == {"0.5-1 s": 1}
    assert desk.cells("page", "exits") == {"/a": 1}


def test_actions_are_counted_by_host_path_or_kind(desk: Desk) -> None:
    """Rules: ANA-13"""
    desk.view(name="outbound", target="https://www.other.example/page?user=me")
    desk.view(name="download", target="/files/report.pdf?token=1")
    desk.view(name="error", target="not-found")
    assert desk.totals() == {"outbound": 1, "download": 1, "error": 1}
    assert desk.cells("outbound", "events") == {"other.example": 1}
    assert desk.cells("download", "events") == {"/files/report.pdf": 1}
    assert desk.view(name="error", target="my own words").status == 422


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b"\x00" * 100, b'{"name": "view"}', b'{"name": "view", "url": 7}',
        b'{"name": "purchase", "url": "/"}', b'{"name": "view", "url": "/", "email": "a@b.example"}',
        b'{"name": "view", "url": "/", "first": {"day": 1}}', b'{"name": "view", "url": "/", "first": {"year": true}}',
        b'{"name": "view", "url": "' + b"a" * 2500 + b'"}',
    ],
)  # fmt: skip
def test_what_is_no_event_is_refused_and_the_three_types_are_named(desk: Desk, body: bytes) -> None:
    """Rules: ANA-13, ANA-15"""
    reply = desk.send(body)
    assert reply.status == 422
    for kind in set(EVENTS.values()):
        assert kind in reply.body.decode()
    assert desk.totals() == {}


def test_a_body_of_a_megabyte_is_refused(desk: Desk) -> None:
    assert desk.send(b" " * 1_000_000).status == 413
    assert desk.totals() == {}


def test_numbers_out_of_all_bounds_are_no_fault(desk: Desk) -> None:
    for width in ("1e308", "-1", "0", "1e999"):
        body = b'{"name": "view", "url": "/", "width": ' + width.encode() + b"}"
        assert desk.send(body).status in (202, 422)
    assert set(desk.cells("screen")) == {"unknown"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec_fetch_site": "same-origin"}, 202),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"origin": "http://town.example"}, 202),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 202),
    ],
)
def test_only_the_sites_own_pages_may_send(desk: Desk, headers: dict[str, str], status: int) -> None:
    assert desk.view(**{f"h_{name}": value for name, value in headers.items()}).status == status
    assert desk.totals().get("views", 0) == (status == 202)


def test_the_site_is_the_hosts_and_an_unknown_one_is_none(desk: Desk) -> None:
    """Rules: ANA-02, ANA-03"""
    assert desk.view("http://shop.example/", h_host="shop.example").status == 202
    assert desk.view("http://nowhere.example/", h_host="nowhere.example").status == 404
    assert desk.view("http://town.example/", site="nowhere").status == 404
    assert desk.totals("town") == {}
    assert desk.totals("shop")["views"] == 1


def test_a_named_site_counts_only_for_an_origin_it_lists(desk: Desk) -> None:
    """Another site's key does not let anybody count there."""
    away = {"h_host": "stats.example", "h_sec_fetch_site": "cross-site"}
    assert desk.view("http://shop.example/", site="shop", h_origin="http://shop.example", **away).status == 202
    assert desk.view("http://evil.example/", site="shop", h_origin="http://evil.example", **away).status == 403
    assert desk.view("http://shop.example/", site="shop", h_host="stats.example").status == 403
    assert desk.view("http://shop.example/", site="shop", h_origin="http://town.example", **away).status == 403
    assert desk.totals("shop")["views"] == 1


def test_the_address_of_another_site_is_refused(desk: Desk) -> None:
    assert desk.view("http://shop.example/").status == 422
    assert desk.view("/only/a/path").status == 202
    assert desk.cells("page") == {"/only/a/path": 1}


@pytest.mark.parametrize("headers", [{"h_sec_gpc": "1"}, {"h_dnt": "1"}])
def test_a_signal_wins_before_anything_is_counted(desk: Desk, headers: dict[str, str]) -> None:
    """Rules: ANA-22, C17"""
    assert desk.view(**headers).status == 202
    assert desk.totals() == {}


def test_a_signal_of_another_value_is_none(desk: Desk) -> None:
    """Rules: C17"""
    desk.view(h_sec_gpc="0")
    desk.view(h_sec_gpc="true")
    assert desk.totals()["views"] == 2


def test_an_objection_wins_and_an_agreement_counts(desk: Desk) -> None:
    """Rules: ANA-08, POL-07"""
    site = desk.collect.index.by_slug("town")
    assert site is not None
    assert site.version is not None
    for granted in ((), ("measurement",)):
        cookie = f"cookies_preferences={encode(choose(site.version, granted, desk.moment[0].date()))}"
        assert desk.view(h_cookie=cookie).status == 202
    assert desk.totals()["views"] == 1


def test_a_site_that_counts_nothing_stores_nothing(desk: Desk) -> None:
    """Rules: PLT-11, ANA-23"""
    assert desk.view("http://quiet.example/", h_host="quiet.example").status == 202
    assert desk.totals("quiet") == {}
    assert desk.counting.inbox.empty()


def test_robots_are_counted_apart(desk: Desk) -> None:
    """Rules: ANA-30"""
    desk.view(h_user_agent="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
    desk.view(h_user_agent="")
    assert desk.totals() == {"bots": 2}
    assert desk.cells("page") == {}


def test_one_address_cannot_flood_and_is_let_in_again_later(desk: Desk) -> None:
    flood = [desk.view(client="8.8.8.8").status for _ in range(310)]
    assert flood == [202] * 300 + [429] * 10
    assert desk.view(client="9.9.9.9").status == 202
    desk.seconds[0] += 1
    assert desk.view(client="8.8.8.8").status == 202
    assert desk.totals()["views"] == 302


def test_a_network_of_ipv6_is_one_sender_and_a_proxy_is_none(desk: Desk) -> None:
    """The last half of an IPv6 address is its owner's to choose."""
    flood = [desk.view(client=f"2606:4700::{number:x}").status for number in range(1, 311)]
    assert flood == [202] * 300 + [429] * 10
    assert desk.view(client="2606:4700:0:1::1").status == 202
    assert {desk.view(client="10.0.0.1").status for _ in range(310)} == {202}


def test_the_visitors_address_is_the_proxys_word_only_where_it_is_trusted(
    tmp_path: Path, open_desk: Callable[..., Desk]
) -> None:
    publish(tmp_path, ("town", "town.example", "pageviews"))
    told = {"h_x_forwarded_for": "1.1.1.1, 8.8.8.8", "client": "10.0.0.1"}
    desk = open_desk()
    desk.view(**told)
    assert desk.cells("country") == {"unknown": 1}
    trusting = open_desk(trusted_proxies=("10.0.0.0/8",))
    trusting.view(**told)
    assert trusting.cells("country") == {"unknown": 1, "US": 1}


def test_an_image_counts_a_page_without_javascript(desk: Desk) -> None:
    reply = desk.send(
        b"",
        "GET",
        "referrer=https%3A%2F%2Fsearch.example%2F",
        referer="http://town.example/a?x=1",
        sec_fetch_site="same-origin",
    )
    assert (reply.status, reply.headers["content-type"]) == (200, "image/gif")
    assert reply.body.startswith(b"GIF89a")
    assert reply.headers["cache-control"] == "no-store"
    assert desk.cells("page") == {"/a": 1}
    assert desk.cells("referrer", "visits") == {"search.example": 1}
    assert desk.send(b"", "GET").status == 422
    assert desk.send(b"", "PUT").status == 405


def test_hours_and_days_are_the_installations(tmp_path: Path, open_desk: Callable[..., Desk]) -> None:
    publish(tmp_path, ("town", "town.example", "pageviews"))
    desk = open_desk(time_zone="Pacific/Auckland")
    desk.view()
    day = desk.counting.now().date()
    assert [*desk.counting.fresh_store().hourly("town", day, day)] == [
        ("2026-11-25T01", "views"),
        ("2026-11-25T01", "visits"),
    ]


def test_query_parameters_that_are_content_stay(tmp_path: Path, open_desk: Callable[..., Desk]) -> None:
    """Rules: ANA-11"""
    publish(tmp_path, ("town", "town.example", "pageviews"))
    desk = open_desk(content_parameters=("page", "utm_source"))
    desk.view("http://town.example/list?utm_source=x&page=2&q=me")
    assert desk.cells("page") == {"/list?page=2": 1}


def test_nothing_that_identifies_reaches_a_file(desk: Desk, tmp_path: Path) -> None:
    """Rules: ANA-09, ANA-10, ANA-11, C18, PLT-12"""
    desk.view(
        "http://town.example/canary?email=CANARY-QUERY",
        referrer="https://other.example/?q=CANARY-REFERRER",
        h_user_agent=f"{FIREFOX} CANARY-AGENT",
        client="203.0.113.77",
    )
    for _ in range(2):
        written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        for mark in (b"CANARY", b"203.0.113.77", bytes([203, 0, 113, 77]), base64.b64encode(b"203.0.113.77")):
            assert mark not in written
        assert b"/canary" in written
        assert desk.totals()["views"] == 1
