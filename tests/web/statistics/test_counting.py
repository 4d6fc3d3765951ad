"""What is counted, what is not, and what is never written."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from django.test import Client

from bredele.core.consent import choose, encode
from bredele.core.registry import Version
from bredele.web.statistics.store import statistics_store
from tests.web.conftest import Publish, browser, registry

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0"
VISIT = {"user-agent": FIREFOX, "sec-fetch-dest": "document"}
POLICY = "/terms/cookies-policy/"


def hourly(site: str = "civis") -> Mapping[str, int]:
    """Exact totals of today by metric."""
    day = datetime.now(UTC).date()
    totals: dict[str, int] = {}
    for (_, metric), total in statistics_store().hourly(site, day.replace(day=1), day).items():
        totals[metric] = totals.get(metric, 0) + total
    return totals


def pages(site: str = "civis") -> dict[str, int]:
    """Exact totals by page."""
    day = datetime.now(UTC).date()
    rows = statistics_store().daily(site, "page", day.replace(day=1), day).items()
    return {page: sums.views for (_, page, _), sums in rows}


def test_a_visit_is_counted_for_the_hour_and_the_page(client: Client, published_site: Version) -> None:
    """Rules: C18"""
    for address in (POLICY, POLICY, "/"):
        answer = client.get(address, headers=VISIT)
        assert not answer.cookies
    assert hourly() == {"views": 3, "visits": 3}
    assert pages() == {POLICY: 2, "/": 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-gpc": "1"},
        {"dnt": "1"},
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"sec-purpose": "prefetch"},
        {"sec-fetch-dest": "iframe"},
        {"sec-fetch-dest": "empty"},
    ],
)
def test_what_is_no_persons_visit_or_objects_is_not_counted(
    client: Client, published_site: Version, headers: dict[str, str]
) -> None:
    """Rules: BAN-21"""
    assert client.get(POLICY, headers={**VISIT, **headers}).status_code == 200
    assert hourly() == {}


def test_an_objection_is_kept_to(client: Client, published_site: Version) -> None:
    """Rules: POL-07"""
    objecting = choose(published_site, (), datetime.now(UTC).date())
    client.cookies["cookies_preferences"] = encode(objecting)
    client.get(POLICY, headers=VISIT)
    assert hourly() == {}
    client.cookies["cookies_preferences"] = encode(choose(published_site, ("measurement",), datetime.now(UTC).date()))
    client.get(POLICY, headers=VISIT)
    assert hourly() == {"views": 1, "visits": 1}


@pytest.mark.parametrize(
    "address",
    ["/no-such-page/", "/terms/cookies-policy.json", "/accounts/login/", "/data/views.csv"],
)
def test_only_public_pages_that_were_answered_count(client: Client, published_site: Version, address: str) -> None:
    client.get(address, headers=VISIT)
    client.head(POLICY, headers=VISIT)
    assert hourly() == {}


def test_a_page_read_again_from_the_cache_is_a_view_too(client: Client, published_site: Version) -> None:
    first = client.get(POLICY, headers=VISIT)
    assert client.get(POLICY, headers={**VISIT, "if-none-match": first["ETag"]}).status_code == 304
    assert hourly() == {"views": 2, "visits": 2}


def test_a_banner_is_counted_where_it_was_shown(asking_site: Version) -> None:
    visitor = browser("town.localhost:8000")
    visitor.get("/", headers=VISIT)
    visitor.get("/cookies/preferences/", headers=VISIT)
    assert hourly("town") == {"views": 2, "visits": 2, "shown": 1}


def test_a_site_that_counts_nothing_stores_nothing(publish: Publish) -> None:
    """Rules: PLT-11"""
    what = registry(origin="http://quiet.localhost:8000")
    quiet = msgspec.structs.replace(what, site=msgspec.structs.replace(what.site, statistics="off"))
    publish("quiet", quiet, "quiet.localhost")
    browser("quiet.localhost:8000").get("/", headers=VISIT)
    assert hourly("quiet") == {}


def test_nothing_that_identifies_is_written_anywhere(client: Client, published_site: Version, data: Path) -> None:
    """Rules: C18, PLT-12"""
    marks = {
        "user-agent": f"{FIREFOX} MARKED-AGENT",
        "referer": "https://elsewhere.example/MARKED-REFERRER",
        "x-forwarded-for": "203.0.113.77",
    }
    client.get(f"{POLICY}?q=MARKED-QUERY", headers={**VISIT, **marks}, REMOTE_ADDR="203.0.113.77")
    assert hourly() == {"views": 1, "visits": 1}
    written = b"".join(path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file())
    for mark in (b"MARKED", b"203.0.113.77", b"Firefox/147"):
        assert mark not in written
    assert POLICY.encode() in written
