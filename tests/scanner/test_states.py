"""The states of consent, driven in a real browser on a small site of two hosts."""

import pytest

from bredele.scanner.sign_in import SignIn
from tests.scanner.scanning import named, rules, scan_of
from tests.scanner.site import Site

RIGHT = "open sesame"
pytestmark = pytest.mark.e2e


def recipe(site: Site, password: str = RIGHT) -> SignIn:
    fields = {"login": "x", "password": password}
    return SignIn(url=site.url + "accounts/login/", fields=fields, sign_out="/accounts/logout/")


@pytest.mark.trial
def test_a_clean_site_has_exactly_its_four_cookies_in_every_state_and_conforms() -> None:
    """Rules: SCN-01, SCN-10"""
    with Site(banner=True) as site:
        scan = scan_of(site.url, drive_forms=True, sign_in=recipe(site))
    assert scan.not_tested == ()
    assert scan.states == ("no_choice", "refused", "accepted", "withdrawn", "gpc", "signed_in", "no_script")
    found = named(scan)
    assert set(found) == {"cookies_preferences", "csrftoken", "django_language", "sessionid"}
    assert found["cookies_preferences"].states == ("refused", "accepted", "withdrawn")
    assert found["sessionid"].states == ("signed_in",)
    assert scan.findings == ()
    assert not scan.incomplete
    assert "s3cr3t" not in repr(scan)


def test_each_state_shows_its_own_fault_and_no_other() -> None:
    """Rules: SCN-01, BAN-01"""
    with Site("refusal", "granted", "keeps", "gpc", banner=True) as site:
        scan = scan_of(site.url, "no_choice", "refused", "accepted", "withdrawn", "gpc", max_pages=3)
    assert scan.not_tested == ()
    assert rules(scan) == {
        ("after-refusal", "stats"),
        ("after-withdrawal", "stats"),
        ("gpc-ignored", "tracked"),
    }


def test_global_privacy_control_goes_along_by_header_and_by_property_in_pages_frames_and_workers() -> None:
    """Rules: SCN-11"""
    with Site("signal", banner=True) as site:
        scan = scan_of(site.url, "gpc", max_pages=1)
    assert scan.states == ("gpc",)
    said = {path.rpartition("/")[2]: header for path, header in site.signals if "-says-" in path}
    assert said == {"page-says-true": "1", "frame-says-true": "1", "worker-says-true": "1"}
    pages = [header for path, header in site.signals if path.endswith((" /", "/signal.js", "/signal-worker.js"))]
    assert set(pages) == {"1"}


@pytest.mark.trial
def test_no_signal_goes_along_in_any_other_state() -> None:
    """Rules: SCN-11"""
    with Site("signal", banner=True) as site:
        scan_of(site.url, "no_choice", max_pages=1)
    assert {header for _, header in site.signals} == {""}
    assert any(path.endswith("page-says-undefined") for path, _ in site.signals)


@pytest.mark.trial
def test_each_purpose_the_banner_offers_is_granted_alone() -> None:
    """Rules: SCN-01"""
    with Site("ads", banner=True) as site:
        scan = scan_of(site.url, purposes=True, max_pages=1)
    assert scan.states[-2:] == ("purpose:advertising", "purpose:measurement")
    assert named(scan)["ads"].states == ("purpose:advertising",)
    assert not scan.incomplete


@pytest.mark.trial
def test_a_purpose_nobody_offers_is_nothing_to_choose() -> None:
    with Site(banner=True) as site:
        scan = scan_of(site.url, "no_choice", "purpose:social", max_pages=1)
    assert [(gap.state, gap.reason) for gap in scan.not_tested] == [("purpose:social", "nothing-to-choose")]


@pytest.mark.trial
def test_consent_can_be_withdrawn_from_every_web_page_or_it_is_a_finding() -> None:
    """A JSON file that a page links to can carry no control and is no fault. Rules: BAN-09"""
    with Site("facts", "no-way-back", banner=True) as site:
        scan = scan_of(site.url, "withdrawn")
    assert any(asked.endswith(" /facts") for asked in site.asked)
    assert [(one.rule, one.evidence["pages"]) for one in scan.findings if one.severity == "error"] == [
        ("banner-no-withdrawal", "1")
    ]
    assert "/news/" in next(one.message for one in scan.findings if one.rule == "banner-no-withdrawal")


@pytest.mark.trial
def test_without_a_banner_the_linked_preference_page_is_driven() -> None:
    with Site("granted") as site:
        scan = scan_of(site.url, "no_choice", "refused", "accepted", "withdrawn", max_pages=2)
    assert scan.states == ("no_choice", "refused", "accepted", "withdrawn")
    assert named(scan)["stats"].states == ("accepted",)


@pytest.mark.trial
def test_with_neither_banner_nor_page_there_is_nothing_to_choose_and_nothing_fails() -> None:
    with Site(preferences=False) as site:
        scan = scan_of(site.url, "no_choice", "refused", "accepted", max_pages=2)
    assert {gap.reason for gap in scan.not_tested} == {"nothing-to-choose"}
    assert not scan.incomplete


def test_a_sign_in_that_takes_long_is_waited_for() -> None:
    """Rules: SCN-01"""
    with Site("slow-sign-in") as site:
        scan = scan_of(site.url, "signed_in", max_pages=1, sign_in=recipe(site))
    assert scan.not_tested == ()
    assert "sessionid" in named(scan)


@pytest.mark.trial
def test_a_sign_in_that_fails_is_said_and_leaves_the_scan_incomplete() -> None:
    with Site() as site:
        scan = scan_of(site.url, "no_choice", "signed_in", max_pages=1, sign_in=recipe(site, "wrong"))
    assert [(gap.state, gap.reason) for gap in scan.not_tested] == [("signed_in", "not-driven")]
    assert scan.incomplete
    assert "wrong" not in scan.not_tested[0].message


@pytest.mark.trial
def test_with_javascript_off_only_what_needs_none_is_seen() -> None:
    """Rules: SCN-01"""
    with Site("noscript", "script") as site:
        scan = scan_of(site.url, "no_choice", "no_script", max_pages=3)
    found = named(scan)
    assert found["pixel"].states == ("no_script",)
    assert found["written"].states == ("no_choice",)
