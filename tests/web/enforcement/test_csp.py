"""The browser refuses what the visitor did not grant."""

import pytest
from django.utils import timezone

from bredele.core.consent import choose, encode
from bredele.core.registry import Version
from bredele.web.enforcement.csp import source
from tests.web.conftest import browser

PREFERENCES = "/cookies/preferences/"


def policy(version: Version, *granted: str) -> dict[str, str]:
    """The directives the town sends to a visitor who answered so."""
    made = browser("town.localhost:8000")
    made.cookies["cookies_preferences"] = encode(choose(version, granted, timezone.now().date()))
    header = made.get(PREFERENCES)["Content-Security-Policy"]
    return dict(directive.split(" ", 1) for directive in header.split("; "))


def test_nothing_inline_and_no_foreign_source_without_a_grant(asking_site: Version) -> None:
    directives = policy(asking_site)
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["frame-src"] == "'self'"
    assert directives["require-trusted-types-for"] == "'script'"
    assert directives["trusted-types"] == "bredele"
    assert "unsafe" not in str(directives)


def test_a_partner_may_be_framed_only_after_a_grant(asking_site: Version) -> None:
    """Rules: ENF-10, C17, BAN-01"""
    assert "partner" not in str(policy(asking_site, "personalisation"))
    assert policy(asking_site, "advertising")["frame-src"] == "'self' http://partner.localhost:8000"


def test_the_etag_changes_with_the_policy(asking_site: Version) -> None:
    made = browser("town.localhost:8000")
    before = made.get("/terms/cookies-policy/")
    made.cookies["cookies_preferences"] = encode(choose(asking_site, ["advertising"], timezone.now().date()))
    after = made.get("/terms/cookies-policy/", headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]


@pytest.mark.parametrize(
    ("host", "origin", "expected"),
    [
        ("video.example", "https://town.example", "https://video.example"),
        (".video.example", "https://town.example:8443", "https://video.example"),
        ("partner.localhost", "http://town.localhost:8000", "http://partner.localhost:8000"),
        ("partner.localhost", "http://town.localhost", "http://partner.localhost"),
    ],
)
def test_a_host_source_has_the_scheme_and_port_it_is_reached_at(host: str, origin: str, expected: str) -> None:
    assert source(host, origin) == expected
