"""The mode `visitors`: one cookie whose value is a date, the same for everybody that day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bredele.collector.audience import audience_cookie, end_of, first_view
from bredele.collector.seen import First
from bredele.core.set_cookie import parse
from tests.collector.conftest import Desk

SHOP = {"h_host": "shop.example", "url": "http://shop.example/"}


def test_the_first_view_of_a_day_gets_the_date_and_the_next_ones_nothing(desk: Desk) -> None:
    """Rules: ANA-06"""
    first = desk.view(**SHOP)
    cookie = parse(first.headers["set-cookie"])
    assert (cookie.name, cookie.value, cookie.path, cookie.same_site) == ("audience_day", "2026-11-24", "/", "Lax")
    assert not cookie.secure
    again = desk.view(**SHOP, h_cookie="audience_day=2026-11-24")
    assert "set-cookie" not in again.headers
    totals = desk.totals("shop")
    assert totals == {"views": 2, "visits": 2, "visitors_day": 1, "visitors_week": 1, "visitors_month": 1}


def test_other_modes_store_nothing_on_the_device(desk: Desk) -> None:
    """Rules: ANA-24"""
    assert "set-cookie" not in desk.view(first={"day": True, "week": True, "month": True}).headers
    assert desk.totals() == {"views": 1, "visits": 1}


@pytest.mark.parametrize(
    ("last", "today", "firsts"),
    [
        ("2026-11-24", date(2026, 11, 24), (False, False, False)),
        ("2026-11-23", date(2026, 11, 24), (True, False, False)),
        ("2026-11-22", date(2026, 11, 23), (True, True, False)),
        ("2026-11-30", date(2026, 12, 1), (True, False, True)),
        ("2026-12-25", date(2026, 11, 24), (True, True, True)),
        ("yesterday", date(2026, 11, 24), (True, True, True)),
        ("", date(2026, 11, 24), (True, True, True)),
    ],
)
def test_the_cookies_date_decides_what_is_first(last: str, today: date, firsts: tuple[bool, bool, bool]) -> None:
    found = first_view({"audience_day": last}, None, today)
    assert (found.day, found.week, found.month) == firsts


def test_forged_flags_add_nothing_to_what_the_cookie_says() -> None:
    today, forged = date(2026, 11, 24), First(day=True, week=True, month=True)
    assert first_view({"audience_day": "2026-11-24"}, forged, today) == First()
    assert first_view({}, First(day=False, week=True, month=True), today) == First()
    assert first_view({}, First(), today) == First()


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (datetime(2026, 11, 24, 9), datetime(2026, 12, 1)),  # noqa: DTZ001  # the zone is added below
        (datetime(2026, 11, 30, 9), datetime(2026, 12, 7)),  # noqa: DTZ001  # the same
        (datetime(2026, 12, 31, 23, 59), datetime(2027, 1, 4)),  # noqa: DTZ001  # the same
    ],
)
def test_it_ends_with_the_later_of_month_and_week_in_the_sites_zone(now: datetime, end: datetime) -> None:
    """Rules: ANA-06"""
    zone = ZoneInfo("Europe/Paris")
    here = now.replace(tzinfo=zone)
    assert end_of(here) == end.replace(tzinfo=zone)
    cookie = parse(audience_cookie(here, secure=True))
    assert cookie.secure
    assert cookie.max_age is not None
    assert abs(cookie.max_age - (end_of(here).astimezone(UTC) - here.astimezone(UTC)).total_seconds()) <= 3600
