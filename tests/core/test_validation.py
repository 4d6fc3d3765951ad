"""Consistency checks: each rule broken on purpose, found at its place, with a cure."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from bredele.core.declaration import Declaration
from bredele.core.registry import Purpose, Registry, Site
from bredele.core.validation import Problem, problems
from bredele.formats.domains import registrable_domain
from bredele.formats.toml import read_registry
from tests.formats.strategies import registries

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*/cookies.toml"))
SITE = {
    "name": {"en": "Town"}, "origin": "https://town.example", "jurisdiction": "FR", "controller": {"en": "Town hall"},
    "contact": {"en": "dpo@town.example"}, "retention": {"en": "Six months."}, "statistics": "off",
}  # fmt: skip
SID = {
    "names": ["sid"], "provider": "Town", "function": {"en": "Sign-in"}, "location": ["front office"],
    "purpose": ["necessary"], "purpose_text": {"en": "To keep you signed in"}, "lifetime": {"session": True},
    "exemption": {"kind": "strictly_necessary", "reason": {"en": "You asked for it."}}, "third_party_access": [],
}  # fmt: skip
COUNTER = {**SID, "names": ["_pk_*"], "purpose": ["measurement"], "exemption": None, "lifetime": {"iso8601": "P13M"}}
AD = {**SID, "names": ["ad"], "purpose": ["advertising"], "exemption": None, "hosts": ["ads.example"], "secure": True,
      "third_party_access": ["Ads"]}  # fmt: skip


def registry(*entries: dict[str, object], purposes: tuple[Purpose, ...] = (), **site: object) -> Registry:
    """A registry without fault, but for what is changed."""
    cookies = tuple(msgspec.convert(entry, Declaration) for entry in entries)
    return Registry(site=msgspec.convert({**SITE, **site}, Site), purposes=purposes, cookies=cookies)


def found(declared: Registry, *, publishing: bool = True) -> dict[tuple[str, str], str]:
    """Code and place to severity."""
    return {(problem.code, problem.where): problem.severity for problem in check(declared, publishing=publishing)}


def check(declared: Registry, *, publishing: bool = True) -> tuple[Problem, ...]:
    """The problems."""
    return problems(declared, publishing=publishing, registrable_domain=registrable_domain)


def with_entry(base: dict[str, object] | None = None, **facts: object) -> dict[tuple[str, str], str]:
    """Problems of a registry with one entry changed."""
    return found(registry({**(SID if base is None else base), **facts}))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_examples_publish_without_a_problem(example: Path) -> None:
    """Rules: V5, POL-06"""
    assert [one for one in check(read_registry(example.read_bytes())) if one.severity == "error"] == []


def test_a_registry_that_says_everything_has_no_problem() -> None:
    assert found(registry(SID, COUNTER, AD)) == {}


@pytest.mark.parametrize(
    ("field", "empty", "code"),
    [
        ("names", [], "names-missing"),
        ("provider", None, "provider-missing"),
        ("function", {}, "function-missing"),
        ("location", [], "location-missing"),
        ("purpose", [], "purpose-missing"),
        ("purpose_text", {}, "purpose-text-missing"),
        ("lifetime", None, "lifetime-missing"),
        ("third_party_access", None, "third-party-access-missing"),
        ("exemption", None, "exemption-missing"),
    ],
)
def test_an_entry_with_a_fact_missing_cannot_be_published(field: str, empty: object, code: str) -> None:
    """Rules: REG-01, REG-03, REG-06, REG-07"""
    assert with_entry(**{field: empty})[code, f"cookies[0].{field}"] == "error"


def test_a_bare_check_needs_names_purpose_and_lifetime_only() -> None:
    bare = registry({"names": ["sid"], "purpose": ["necessary"], "lifetime": {"session": True}}, name={}, origin="")
    assert set(found(bare, publishing=False).values()) == {"note"}
    assert "error" in found(bare, publishing=True).values()
    nothing = found(registry({"names": ["sid"]}), publishing=False)
    assert {code for (code, _), severity in nothing.items() if severity == "error"} == {
        "purpose-missing", "lifetime-missing"
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["pixel", "beacon", "fingerprint"])
def test_what_leaves_nothing_on_the_device_needs_no_lifetime(kind: str) -> None:
    """Rules: REG-02, REG-06"""
    assert with_entry(kind=kind, lifetime=None) == {}


def test_no_consent_needs_a_written_reason() -> None:
    """Rules: REG-03"""
    assert with_entry(exemption={"kind": "transmission"})["exemption-reason", "cookies[0].exemption.reason"] == "error"


@pytest.mark.parametrize(
    ("purpose", "kind", "code", "severity"),
    [
        (["advertising"], "strictly_necessary", "exemption-kind", "error"),
        (["measurement"], "transmission", "exemption-kind", "error"),
        (["necessary"], "audience", "exemption-kind", "error"),
        (["necessary", "advertising"], "strictly_necessary", "exemption-partial", "warning"),
    ],
)
def test_an_exemption_covers_only_what_it_can(purpose: list[str], kind: str, code: str, severity: str) -> None:
    """Rules: REG-03, REG-04"""
    problem = with_entry(purpose=purpose, exemption={"kind": kind, "reason": {"en": "Because."}})
    assert [value for (name, _), value in problem.items() if name == code] == [severity]


def test_audience_measurement_is_exempt_only_where_the_law_says_so() -> None:
    """Rules: ANA-23, PLT-11"""
    entry = {**COUNTER, "exemption": {"kind": "audience", "reason": {"en": "Only sums."}}}
    assert found(registry(entry)) == {}
    assert found(registry(entry, jurisdiction="EU")) == {("audience-not-exempt", "cookies[0].exemption.kind"): "error"}
    assert found(registry(statistics="pageviews")) == {}
    assert found(registry(statistics="pageviews", jurisdiction="EU")) == {
        ("statistics-not-exempt", "site.statistics"): "error"
    }


def test_statistics_that_are_claimed_must_be_declared() -> None:
    """Rules: REG-16"""
    claimed = (Purpose(id="measurement", label={"en": "Audience measurement"}),)
    assert found(registry(SID, purposes=claimed))["measurement-undeclared", "purposes[0].id"] == "error"
    assert found(registry(SID, COUNTER, purposes=claimed)) == {}
    assert found(registry(SID, purposes=claimed, statistics="pageviews")) == {}
    assert found(registry(SID, statistics="visitors"))["measurement-undeclared", "site.statistics"] == "error"
    other = found(registry(SID, COUNTER, statistics="visitors"))  # another cookie that measures is not that one
    assert other["measurement-undeclared", "site.statistics"] == "error"
    day = {**COUNTER, "names": ["audience_day"], "lifetime": {"iso8601": "P1M"}}
    assert found(registry(SID, day, statistics="visitors")) == {}
    stored = found(registry(SID, {**day, "kind": "local_storage"}, statistics="visitors"))
    assert stored["measurement-undeclared", "site.statistics"] == "error"


@pytest.mark.parametrize(
    ("lifetime", "purpose", "expected"),
    [
        ("P13M", "measurement", {}),
        ("P393D", "measurement", {}),
        ("P13M1D", "measurement", {("lifetime-measurement", "cookies[0].lifetime"): "error"}),
        ("P14M", "measurement", {("lifetime-measurement", "cookies[0].lifetime"): "error"}),
        ("P400D", "personalisation", {}),
        ("P401D", "personalisation", {("lifetime-400-days", "cookies[0].lifetime"): "warning"}),
        ("P9999Y", "personalisation", {("lifetime-400-days", "cookies[0].lifetime"): "warning"}),
    ],
)
def test_a_lifetime_is_within_law_and_browser(lifetime: str, purpose: str, expected: dict[object, str]) -> None:
    """Rules: REG-12"""
    assert with_entry(COUNTER, lifetime={"iso8601": lifetime}, purpose=[purpose]) == expected


def test_a_cookie_always_ends() -> None:
    """Rules: REG-06"""
    assert with_entry(lifetime={"persistent": True}) == {("lifetime-endless", "cookies[0].lifetime"): "error"}
    assert with_entry(lifetime={"persistent": True}, kind="local_storage") == {}
    endless = with_entry(COUNTER, lifetime={"persistent": True}, kind="local_storage")
    assert endless == {("lifetime-measurement", "cookies[0].lifetime"): "error"}


def test_exempt_measurement_does_not_slide() -> None:
    """Rules: ANA-23"""
    exempt = {**COUNTER, "exemption": {"kind": "audience", "reason": {"en": "Only sums."}}, "refreshed": True}
    assert found(registry(exempt)) == {("exemption-refreshed", "cookies[0].refreshed"): "error"}


@pytest.mark.parametrize("name", ["*", "a*b", "a b", ""])
def test_a_bare_wildcard_is_an_error_wherever_it_comes_from(name: str) -> None:
    """Rules: REG-11"""
    assert with_entry(names=[name])["pattern", "cookies[0].names[0]"] == "error"


def test_one_pattern_never_covers_two_purposes() -> None:
    """Rules: REG-11"""
    assert found(registry(COUNTER, {**SID, "names": ["x", "_pk_id"]})) == {("overlap", "cookies[1].names[1]"): "error"}
    assert found(registry({**SID, "names": ["_pk_id"]}, COUNTER)) == {("overlap", "cookies[1].names[0]"): "error"}
    assert found(registry(COUNTER, {**COUNTER, "names": ["_pk_id*"]})) == {}
    assert found(registry(COUNTER, {**SID, "names": ["_pk_id"], "kind": "local_storage"})) == {}
    assert found(registry(COUNTER, {**AD, "names": ["_pk_id"]})) == {}
    both = found(
        registry({**AD, "names": ["a*"]}, {**AD, "names": ["*z"], "purpose": ["social"], "hosts": ["x.ads.example"]})
    )
    assert both == {("overlap", "cookies[1].names[0]"): "error"}


def test_a_name_is_declared_once() -> None:
    """Rules: REG-01"""
    assert found(registry(SID, SID)) == {("duplicate-name", "cookies[1].names[0]"): "error"}
    assert found(registry(SID, {**SID, "path": "/shop"})) == {}


@pytest.mark.parametrize("field", ["name", "controller", "contact", "retention"])
def test_publishing_is_blocked_while_the_site_does_not_say_who_answers(field: str) -> None:
    """Rules: POL-06"""
    assert found(registry(SID, **{field: {}})) == {(f"{field}-missing", f"site.{field}"): "error"}
    assert found(registry(SID, **{field: {}}), publishing=False) == {(f"{field}-missing", f"site.{field}"): "note"}


@pytest.mark.parametrize(
    ("origin", "code"),
    [("", "origin-missing"), ("town", "origin-missing"), ("http://[", "origin-missing"),
     ("http://town.example", "origin-insecure")],
)  # fmt: skip
def test_the_site_has_an_address_that_is_safe(origin: str, code: str) -> None:
    assert found(registry(SID, origin=origin)) == {(code, "site.origin"): "error"}
    assert found(registry(SID, origin="http://town.localhost:8000")) == {}


def test_every_language_of_the_site_has_every_text() -> None:
    """A missing translation blocks; nothing fills in.

    Rules: POL-08, V5
    """
    problem = found(registry(SID, languages=["en", "fr"]))
    assert {where for code, where in problem if code == "translation-missing"} == {
        "site.name.fr", "site.controller.fr", "site.contact.fr", "site.retention.fr", "cookies[0].function.fr",
        "cookies[0].purpose_text.fr", "cookies[0].exemption.reason.fr",
    }  # fmt: skip
    assert set(problem.values()) == {"error"}
    assert found(registry(SID, languages=["tlh"]))["language-unknown", "site.languages"] == "error"
    unused = with_entry(function={"en": "Sign-in", "fr": "Connexion"})
    assert unused == {("translation-unused", "cookies[0].function.fr"): "warning"}


def test_a_fragment_of_another_language_is_told_by_cell() -> None:
    """The fault of the seed document: "front et back office" in an English row.

    Rules: POL-08
    """
    assert with_entry(function={"en": "API (front et back)"}) == {
        ("mixed-language", "cookies[0].function.en"): "warning"
    }
    assert with_entry(function={"en": "Sign-in of “Les amis du musée”"}) == {}
    assert found(registry(SID, controller={"en": "La Poste, 1 rue du Louvre"})) == {}


@pytest.mark.parametrize(
    ("words", "language"), [("Essential", "en"), ("To improve your experience", "en"), ("Cookies essentiels", "fr")]
)
def test_a_label_that_says_nothing_is_refused(words: str, language: str) -> None:
    """Rules: REG-14"""
    own = registry({**AD, "purpose": ["own"]}, purposes=(Purpose(id="own", label={language: words}),))
    assert found(own)["wording-vague", f"purposes[0].label.{language}"] == "error"
    assert with_entry(purpose_text={"en": "Essential for the basket"}) == {
        ("wording-vague", "cookies[0].purpose_text.en"): "warning"
    }


@pytest.mark.parametrize(
    "words", ["Certified by us", "Validated by the CNIL", "Bandeau certifié", "Validé par la CNIL"]
)
def test_nobody_certifies_a_site(words: str) -> None:
    """Rules: POL-14"""
    assert found(registry(SID, controller={"en": words}))["wording-certified", "site.controller.en"] == "error"


def test_an_own_purpose_has_a_label() -> None:
    """Rules: REG-14"""
    own = {**AD, "purpose": ["games"]}
    assert found(registry(own)) == {("purpose-label", "purposes"): "error"}
    assert found(registry(own, purposes=(Purpose(id="games"),))) == {("purpose-label", "purposes[0].label"): "error"}
    labelled = (Purpose(id="games", label={"en": "Games"}), Purpose(id="unused", label={"en": "Unused"}))
    assert found(registry(own, purposes=labelled)) == {("purpose-unused", "purposes[1].id"): "note"}


def test_a_choice_holds_twelve_purposes_at_most() -> None:
    purposes = tuple(Purpose(id=f"p{number}", label={"en": f"Number {number}"}) for number in range(13))
    entries = [{**AD, "names": [purpose.id], "purpose": [purpose.id]} for purpose in purposes]
    assert found(registry(*entries, purposes=purposes)) == {("purposes-too-many", "purposes"): "error"}
    assert found(registry(*entries[1:], purposes=purposes[1:])) == {}


@pytest.mark.parametrize("facts", [{"same_site": "None"}, {"partitioned": True}])
@pytest.mark.parametrize("secure", [None, False])
def test_a_cookie_for_other_sites_is_secure(facts: dict[str, object], secure: bool | None) -> None:
    assert with_entry(**facts, secure=secure) == {("secure-missing", "cookies[0].secure"): "error"}
    assert with_entry(**facts, secure=True) == {}


def test_a_prefix_keeps_its_promise() -> None:
    assert with_entry(names=["__Secure-a"], secure=False) == {("prefix-secure", "cookies[0].secure"): "error"}
    assert with_entry(names=["__Host-a"], secure=True, path="/x") == {("prefix-path", "cookies[0].path"): "error"}
    assert with_entry(names=["__Host-a"], secure=True, path="/") == {}


@pytest.mark.parametrize(
    ("base", "erase", "expected"),
    [
        (AD, "https://ads.example/erase", {}),
        (AD, "http://ads.example/erase", {("erase-address", "cookies[0].erase"): "error"}),
        (AD, "http://[", {("erase-address", "cookies[0].erase"): "error"}),
        (AD, "/erase", {("erase-address", "cookies[0].erase"): "error"}),
        (AD, "https://other.example/", {("erase-host", "cookies[0].erase"): "warning"}),
        (SID, "https://town.example/", {("erase-first-party", "cookies[0].erase"): "error"}),
        ({**AD, "hosts": ["partner.localhost"]}, "http://partner.localhost:8000/erase", {}),
    ],
)
def test_only_a_third_party_is_asked_to_erase_and_over_a_safe_way(
    base: dict[str, object], erase: str, expected: dict[object, str]
) -> None:
    assert with_entry(base, erase=erase) == expected


def test_what_the_imported_page_called_it_is_compared() -> None:
    """Rules: REG-05"""
    assert with_entry(AD, stated_type="necessary") == {("type-differs", "cookies[0].stated_type"): "note"}
    assert with_entry(stated_type="necessary") == {}


def test_an_unknown_law_is_told_and_the_strictest_applied() -> None:
    """Rules: PLT-11"""
    problem = found(registry(SID, jurisdiction="Mars", statistics="pageviews"))
    assert problem == {
        ("jurisdiction", "site.jurisdiction"): "error",
        ("statistics-not-exempt", "site.statistics"): "error",
    }


def test_errors_come_first_and_places_in_their_order() -> None:
    entries = [{**SID, "names": [f"sid{number}"], "provider": None} for number in range(11)]
    listed = check(registry(*entries, purposes=(Purpose(id="x", label={"en": "X"}),)))
    assert [one.where for one in listed] == [*(f"cookies[{number}].provider" for number in range(11)), "purposes[0].id"]


@settings(max_examples=40)
@given(registries())
def test_any_registry_gets_an_answer_and_every_problem_a_place_and_a_cure(declared: Registry) -> None:
    for publishing in (True, False):
        for problem in check(declared, publishing=publishing):
            assert problem.where
            assert problem.message
            assert problem.cure
