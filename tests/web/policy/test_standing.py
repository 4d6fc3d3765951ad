"""The line that says whether a browser has proved the version in force."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from bredele.core.observation import Finding, NotTested, Scan
from bredele.core.registry import Version
from bredele.web.scans import proofs

pytestmark = pytest.mark.django_db
WHEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LYING = Finding(rule="undeclared", severity="error", cookie="spy")


def scan(version: int = 1, *findings: Finding, gaps: tuple[NotTested, ...] = ()) -> Scan:
    """A finished scan of the platform."""
    return Scan(
        target="http://localhost:8000/",
        started=WHEN,
        browser="Chromium",
        states=("no_choice",),
        findings=findings,
        not_tested=gaps,
        registry_version=version,
    )


def said(client: Client, path: str = "/terms/cookies-policy/") -> str:
    """The line's words."""
    page = client.get(path).content.decode()
    return page[page.index("data-bredele-standing") :].split("</p>")[0]


@pytest.mark.parametrize("path", ["/", "/terms/cookies-policy/"])
def test_a_conform_scan_of_this_version_verifies_it(client: Client, published_site: Version, path: str) -> None:
    """Rules: V3"""
    proofs.record("civis", scan(), WHEN)
    assert "Verified" in said(client, path)
    assert "24 November 2026" in said(client, path)
    assert 'href="/proof/"' in said(client, path)


def test_nothing_is_claimed_before_a_scan(client: Client, published_site: Version) -> None:
    assert "Not verified yet" in said(client)


def test_a_finding_contradicts_the_policy_in_words(client: Client, published_site: Version) -> None:
    """Rules: BAN-28"""
    proofs.record("civis", scan(1, LYING), WHEN)
    assert "Contradicted" in said(client)


def test_a_scan_that_could_not_try_everything_says_so(client: Client, published_site: Version) -> None:
    proofs.record("civis", scan(gaps=(NotTested(state="refused", reason="no-banner"),)), WHEN)
    assert "Partly verified" in said(client)


def test_a_scan_of_another_version_proves_nothing_about_this_one(client: Client, published_site: Version) -> None:
    proofs.record("civis", scan(7), WHEN)
    assert "Not verified yet" in said(client)
