"""A scan held against a registry: each rule shown by the smallest scan that breaks it, and none invented."""

from datetime import UTC, datetime

import msgspec
import pytest

from bredele.core.declaration import Declaration
from bredele.core.findings import compare
from bredele.core.lifetime import Lifetime
from bredele.core.observation import Finding, NotTested, Observation, Rejection, Request, Scan, Setter
from bredele.core.registry import Registry, Site
from bredele.formats.domains import registrable_domain

NOW = datetime(2026, 8, 31, 12, tzinfo=UTC)
DAY = 86_400
SITE = Site(origin="https://www.town.example", jurisdiction="FR", statistics="off")
NECESSARY = {"purpose": ("necessary",), "exemption": {"kind": "strictly_necessary"}}
ADS = {"purpose": ("advertising",)}


def declared(name: str, **facts: object) -> Declaration:
    return msgspec.convert({"names": (name,), **facts}, Declaration)


def seen(
    name: str = "a", host: str = "www.town.example", states: tuple[str, ...] = ("accepted",), **facts: object
) -> Observation:
    return Observation(
        name=name, host=host, states=states, set_by=Setter(url=f"https://{host}/", how="response"), **facts
    )  # type: ignore[arg-type]  # facts are whatever the test needs


def found(entries: tuple[Declaration, ...] | None, *items: Observation, **facts: object) -> tuple[Finding, ...]:
    """The findings, notes on names never seen apart."""
    states = ("no_choice", "refused", "accepted", "withdrawn")
    scan = msgspec.structs.replace(
        Scan(target="https://www.town.example/", started=NOW, browser="", states=states, observations=items), **facts
    )
    registry = None if entries is None else Registry(site=SITE, cookies=entries)
    told = compare(registry, scan, site_host="www.town.example", registrable_domain=registrable_domain)
    return tuple(one for one in told if one.rule != "not-seen")


def rules(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.rule, one.severity) for one in findings]


def test_what_is_declared_nowhere_is_an_error_that_names_who_set_it() -> None:
    """Rules: SCN-03"""
    (finding,) = found((), seen("lie"))
    assert (finding.rule, finding.severity, finding.cookie) == ("undeclared", "error", "lie")
    assert "https://www.town.example/" in finding.message
    assert finding.evidence["how"] == "response"
    assert finding.cure


def test_what_is_declared_and_never_seen_is_a_note() -> None:
    """Rules: SCN-03"""
    registry = Registry(site=SITE, cookies=(declared("a*", **NECESSARY), declared("b", **NECESSARY)))
    scan = Scan(
        target="https://www.town.example/", started=NOW, browser="", states=("no_choice",), observations=(seen("a1"),)
    )
    told = compare(registry, scan, site_host="www.town.example", registrable_domain=registrable_domain)
    assert [(one.rule, one.severity, one.cookie) for one in told] == [("not-seen", "note", "b")]


@pytest.mark.parametrize(
    ("state", "rule"),
    [("no_choice", "before-consent"), ("no_script", "before-consent"), ("signed_in", "before-consent"),
     ("refused", "after-refusal"), ("withdrawn", "after-withdrawal"), ("gpc", "gpc-ignored"),
     ("purpose:measurement", "after-refusal")],
)  # fmt: skip
def test_an_item_that_needs_consent_is_an_error_in_every_state_without_it(state: str, rule: str) -> None:
    """Rules: SCN-01, BAN-01"""
    (finding,) = found((declared("a", **ADS),), seen(states=(state, "accepted")))
    assert (finding.rule, finding.severity, finding.state) == (rule, "error", state)


@pytest.mark.parametrize("state", ["accepted", "purpose:advertising"])
def test_an_item_is_welcome_where_its_purpose_was_granted(state: str) -> None:
    assert found((declared("a", **ADS),), seen(states=(state,))) == ()


def test_an_exempt_item_is_welcome_everywhere() -> None:
    assert (
        found((declared("a", **NECESSARY),), seen(states=("no_choice", "gpc", "refused", "withdrawn", "purpose:x")))
        == ()
    )


def test_without_a_registry_nothing_is_said_of_a_single_purpose() -> None:
    assert found(None, seen(states=("purpose:measurement",))) == ()


@pytest.mark.parametrize(
    ("name", "occasions", "known"),
    [("sessionid", ("sign_in",), True), ("sessionid", ("visit",), False), ("csrftoken", ("token_form",), True),
     ("django_language", ("language",), True), ("django_language", ("visit", "language"), False),
     ("cookies_preferences", ("choice",), True), ("cookies_preferences", ("visit",), False),
     ("sessionid", (), False), ("anything", ("sign_in",), False)],
)  # fmt: skip
def test_without_a_registry_a_necessary_cookie_is_known_by_name_and_behaviour(
    name: str, occasions: tuple[str, ...], known: bool
) -> None:
    item = seen(name, states=("no_choice",), occasions=occasions)
    assert rules(found(None, item)) == ([] if known else [("before-consent", "error")])


def test_another_site_s_cookie_is_never_known_by_its_name() -> None:
    item = seen("sessionid", host=".ads.example", states=("no_choice",), occasions=("sign_in",))
    assert rules(found(None, item)) == [("before-consent", "error")]


def test_declared_as_first_party_but_another_s_is_an_error() -> None:
    """Rules: REG-05"""
    (finding,) = found((declared("a", **NECESSARY),), seen(host=".ads.example"))
    assert (finding.rule, finding.severity) == ("party", "error")
    assert "ads.example" in finding.message


@pytest.mark.parametrize(
    ("lifetime", "seconds", "expected"),
    [("P6M", 181 * DAY, []),  # from 31 August to 28 February
     ("P6M", 182 * DAY, []),
     ("P6M", 183 * DAY, [("lifetime", "error")]),
     ("P6M", 179 * DAY, [("lifetime", "warning")]),
     ("P13M", 396 * DAY + 2 * DAY, [("lifetime", "error")]),
     ("PT30M", 1800, []), ("PT30M", 3601, [("lifetime", "error")])],
)  # fmt: skip
def test_lifetimes_are_compared_as_calendar_durations_within_a_day(
    lifetime: str, seconds: int, expected: list[tuple[str, str]]
) -> None:
    """Rules: SCN-04"""
    entry = declared("a", **NECESSARY, lifetime={"iso8601": lifetime})
    assert rules(found((entry,), seen(declared_lifetime=seconds))) == expected


def test_session_and_duration_are_not_the_same() -> None:
    """Rules: SCN-04"""
    session, lasting = Lifetime(session=True), Lifetime(iso8601="P1D")
    of_session = (declared("a", **NECESSARY, lifetime=msgspec.to_builtins(session)),)
    of_lasting = (declared("a", **NECESSARY, lifetime=msgspec.to_builtins(lasting)),)
    assert found(of_session, seen(session=True)) == ()
    assert rules(found(of_session, seen(declared_lifetime=DAY))) == [("lifetime", "error")]
    assert rules(found(of_lasting, seen(session=True))) == [("lifetime", "warning")]


def test_the_browser_s_cut_at_400_days_is_a_note_and_the_stated_lifetime_is_compared() -> None:
    """Rules: SCN-05"""
    entry = declared("a", **NECESSARY, lifetime={"iso8601": "P500D"})
    item = seen(declared_lifetime=500 * DAY, effective_lifetime=400 * DAY)
    (finding,) = found((entry,), item)
    assert (finding.rule, finding.severity) == ("lifetime", "note")
    assert "500 days" in finding.message
    assert "400 days" in finding.message


@pytest.mark.parametrize(
    ("fact", "value", "other"),
    [("secure", True, False), ("http_only", True, False), ("same_site", "Lax", "Strict"), ("partitioned", True, False)],
)
def test_a_declared_attribute_that_differs_is_an_error_and_an_absent_one_is_not_compared(
    fact: str, value: object, other: object
) -> None:
    """Rules: SCN-04"""
    stated = (declared("a", **NECESSARY, **{fact: value}),)
    assert found(stated, seen(attributes={fact: value})) == ()
    assert rules(found(stated, seen(attributes={fact: other}))) == [("attributes", "error")]
    assert found((declared("a", **NECESSARY),), seen(attributes={fact: other})) == ()


def test_secure_is_not_compared_over_http_on_loopback() -> None:
    stated = (declared("a", **NECESSARY, secure=True),)
    item = seen(host="a.localhost", attributes={"secure": False})
    scan = Scan(target="http://a.localhost:8000/", started=NOW, browser="", states=("accepted",), observations=(item,))
    told = compare(
        Registry(site=SITE, cookies=stated), scan, site_host="a.localhost", registrable_domain=registrable_domain
    )
    assert told == ()


def test_each_refused_attempt_is_one_warning_with_the_browser_s_reason() -> None:
    """Rules: SCN-06"""
    setter = Setter(url="https://www.town.example/", how="response")
    tried = [
        Rejection(name=name, host="www.town.example", state=state, reason="SameSiteNoneInsecure", set_by=setter)
        for name in ("x", "y")
        for state in ("no_choice", "refused")
    ]
    told = found((), rejections=tuple(tried))
    assert [(one.rule, one.severity, one.cookie) for one in told] == [
        ("rejected", "warning", "x"),
        ("rejected", "warning", "y"),
    ]
    assert told[0].evidence["states"] == "no_choice, refused"


def request(state: str, url: str = "https://ads.example/p?q=1", **facts: object) -> Request:
    return Request(url=url, host="ads.example", state=state, **facts)  # type: ignore[arg-type]  # as in `seen`


@pytest.mark.parametrize("kind", ["pixel", "beacon"])
def test_what_stores_nothing_is_covered_by_any_entry_of_its_host_or_its_own(kind: str) -> None:
    """Rules: SCN-03, REG-02"""
    picture = seen("/p.gif", "ads.example", kind=kind)
    cookie = declared("_ad", hosts=("ads.example",), **ADS)
    assert found((cookie,), picture) == ()
    assert rules(found((declared("_ad", hosts=("other.example",), **ADS),), picture)) == [("undeclared", "error")]
    assert rules(found((declared("_ad", **ADS),), seen("/p.gif", kind=kind))) == [("undeclared", "error")]
    assert found((declared("/p.gif", kind=kind, **ADS),), seen("/p.gif", kind=kind)) == ()
    stored = seen("/p.gif", "ads.example", kind="local_storage")
    assert rules(found((cookie,), stored)) == [("undeclared", "error")]


def test_a_request_to_a_third_party_is_an_error_once_a_host_and_moment() -> None:
    """Rules: BAN-01, SCN-02"""
    told = found((), requests=(request("no_choice"), request("no_script"), request("accepted"), request("gpc")))
    assert [(one.rule, one.state) for one in told] == [
        ("third-party-request", "gpc"),
        ("third-party-request", "no_choice"),
    ]
    assert told[1].evidence["states"] == "no_choice, no_script"


def test_an_exempt_entry_allows_its_host_and_a_purpose_its_own_state() -> None:
    necessary = (declared("a", **NECESSARY, hosts=("ads.example",)),)
    assert found(necessary, requests=(request("no_choice"),)) == ()
    ads = (declared("a", **ADS, hosts=("ads.example",)),)
    assert found(ads, requests=(request("purpose:advertising"),)) == ()
    assert rules(found(ads, requests=(request("purpose:measurement"),))) == [("third-party-request", "error")]


def test_one_request_to_a_declared_erase_address_may_answer_a_withdrawal() -> None:
    entry = (declared("a", **ADS, hosts=("ads.example",), erase="https://ads.example/erase"),)
    answer = request("withdrawn", "https://ads.example/erase", after_withdrawal=True)
    assert found(entry, requests=(answer,)) == ()
    assert rules(found(entry, requests=(msgspec.structs.replace(answer, count=2),))) == [
        ("third-party-request", "error")
    ]
    assert rules(found(entry, requests=(request("withdrawn", "https://ads.example/erase"),)))


def test_a_third_party_s_leftover_is_a_warning_until_it_is_sent_again() -> None:
    entry = (declared("a", **ADS, hosts=("ads.example",)),)
    left = seen(host="ads.example", states=("accepted", "withdrawn"), resent=False)
    assert rules(found(entry, left)) == [("after-withdrawal", "warning")]
    assert rules(found(entry, msgspec.structs.replace(left, resent=True))) == [("after-withdrawal", "error")]


def test_names_behind_a_pattern_are_looked_up_one_by_one() -> None:
    family = seen("id_*", pattern="^id_[0-9]+$", names=("id_1", "id_2"))
    assert found((declared("id_*", **NECESSARY),), family) == ()
    (finding,) = found((declared("id_1", **NECESSARY),), family)
    assert (finding.rule, finding.cookie) == ("undeclared", "id_2")


def test_banner_findings_of_the_scan_are_kept_and_errors_come_first() -> None:
    banner = Finding(rule="banner-unequal", severity="warning", message="m")
    told = found((), seen("z"), seen("a"), findings=(banner,))
    assert [(one.rule, one.cookie) for one in told] == [
        ("undeclared", "a"),
        ("undeclared", "z"),
        ("banner-unequal", None),
    ]


def test_nothing_to_choose_leaves_a_scan_complete_and_any_other_gap_does_not() -> None:
    scan = Scan(target="https://x.example/", started=NOW, browser="", states=())
    nothing = NotTested(state="refused", reason="nothing-to-choose")
    assert not msgspec.structs.replace(scan, not_tested=(nothing,)).incomplete
    assert msgspec.structs.replace(scan, not_tested=(nothing, NotTested(state="a", reason="crash"))).incomplete
