"""The self-assessment is made from what is true now: settings, last checks, last scan, deletions; in both languages."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from pytest_django import Settings as SettingsWrapper

from bredele.collector.checks import kept
from bredele.collector.checks.outcome import Outcome
from bredele.collector.checks.running import CHECKS
from bredele.core.jurisdictions import PRESETS
from bredele.core.registry import Registry, Site, Version
from bredele.stats.catalogue import SINGLE
from bredele.stats.event import Hourly
from bredele.web.reports.assessment.document import Assessment, Criterion
from bredele.web.reports.assessment.making import as_pdf, assessment
from bredele.web.reports.assessment.words import CRITERIA, LABELS, NAMES
from bredele.web.scans.models import Proof
from bredele.web.statistics.store import statistics_store
from tests.web.conftest import Publish, registry
from tests.web.publishing import MOMENT

FINE = tuple(Outcome(rule=rule, ok=True, message="fine") for rule in CHECKS)
ORIGIN = "http://town.localhost:8000"


def made(language: str = "en") -> Assessment:
    """The document of the town."""
    return assessment("town", ORIGIN, Registry(), language, MOMENT)


def of(document: Assessment, rule: str) -> Criterion:
    """The criterion of a rule."""
    return next(one for one in document.criteria if rule in one.rules)


@pytest.fixture
def conform(town: Version, data: Path) -> Assessment:
    """All checks pass, and a browser found the version true."""
    kept.keep(data, FINE, MOMENT - timedelta(hours=1))
    Proof.objects.create(
        site="town", verdict="ok", when=MOMENT, target=ORIGIN, version=town.number, file="x", sha256=""
    )
    return made()


def test_fourteen_criteria_and_five_purposes_with_evidence_and_date(conform: Assessment) -> None:
    """Rules: ANA-25, ANA-01"""
    assert conform.conform
    assert conform.summary == "14 of 14 criteria met"
    assert len(conform.purposes) == 5
    assert sum(len(names.split(", ")) for _, names in conform.purposes) == len(SINGLE) + 1  # one purpose is not used
    assert set(NAMES) == set(SINGLE)
    assert all(one.evidence and one.checked == "24 November 2026" for one in conform.criteria)
    assert {check for asked in CRITERIA if (check := asked.check) not in ("", "scan")} <= set(CHECKS)
    assert "anonymous" in conform.notices[0]


def test_a_failed_check_is_told_with_what_it_saw(conform: Assessment, data: Path) -> None:
    """Rules: ANA-25, ANA-28"""
    broken = tuple(
        msgspec.structs.replace(one, ok=False, message="town 2026-11-10: 1 cells under 10")
        if one.rule == "ANA-16"
        else one
        for one in FINE
    )
    kept.keep(data, broken, MOMENT)
    document = made()
    assert (of(document, "ANA-16").state, of(document, "ANA-16").evidence) == (
        "failed",
        "town 2026-11-10: 1 cells under 10",
    )
    assert not document.conform
    assert "No page of this site says" in document.notices[0]
    assert "the balance is open" in document.interest[2][1][-1]


def test_before_the_first_check_nothing_is_claimed(town: Version) -> None:
    """Rules: ANA-25"""
    document = made()
    assert {one.state for one in document.criteria} == {"met", "open"}
    assert of(document, "ANA-09").checked == "never"
    assert "no check was made yet" in document.notices[0]


@pytest.mark.parametrize(
    ("verdict", "version", "state"),
    [("ok", 1, "met"), ("findings", 1, "failed"), ("incomplete", 1, "open"), ("ok", 7, "open")],
)
def test_information_and_objection_are_what_a_browser_found(
    town: Version, verdict: str, version: int, state: str
) -> None:
    """Rules: ANA-08, ANA-25"""
    Proof.objects.create(site="town", verdict=verdict, when=MOMENT, target=ORIGIN, version=version, file="x", sha256="")
    assert of(made(), "ANA-08").state == state


def test_settings_of_the_site_and_the_server_are_in_it(
    conform: Assessment, settings: SettingsWrapper, publish: Publish
) -> None:
    """Rules: ANA-25, ANA-32"""
    assert "Nothing is stored on the device." in of(conform, "ANA-06").evidence
    assert of(conform, "ANA-10").evidence.endswith("content: none.")
    settings.BREDELE = msgspec.structs.replace(settings.BREDELE, content_parameters=("page", "q"))
    assert of(made(), "ANA-10").evidence.endswith("content: page, q.")
    what = registry(origin=ORIGIN)
    strict = msgspec.structs.replace(what.site, jurisdiction="EU", statistics="off")
    publish("town", msgspec.structs.replace(what, site=strict))
    notices = " ".join(made().notices)
    assert "asks consent even for such measurement" in notices
    assert "counts nothing now" in notices


def test_what_was_deleted_is_on_record(town: Version) -> None:
    """Rules: ANA-07, ANA-25"""
    assert made().deletions == ()
    store = statistics_store()
    store.add((Hourly("town", "2024-10-01T10", "views", 50),))
    store.forget(MOMENT.date() - timedelta(days=761), MOMENT.date())
    assert made().deletions == ("2026-11-24: 1 rows of before 2024-10-24",)


def test_the_legitimate_interest_has_its_three_steps(conform: Assessment) -> None:
    """Rules: ANA-32"""
    assert [title for title, _ in conform.interest] == ["1. Purpose", "2. Need", "3. Balance"]
    text = " ".join(paragraph for _, paragraphs in conform.interest for paragraph in paragraphs)
    for said in (ORIGIN, "Nothing is stored on the device.", "25 months", f"{ORIGIN}/cookies/preferences/"):
        assert said in text
    assert "{" not in text


def test_it_is_whole_in_french(conform: Assessment) -> None:
    """Rules: ANA-25, ANA-32"""
    french = made("fr")
    assert french.summary == "14 critères remplis sur 14"
    assert french.criteria[0].question == "Les chiffres servent les cinq finalités admises et aucune autre."
    assert all(one.evidence != other.evidence for one, other in zip(french.criteria, conform.criteria, strict=True))
    assert {language for text in LABELS.values() for language in text} == {"en", "fr"}
    assert all(set(text) == {"en", "fr"} for asked in CRITERIA for text in (asked.question, asked.evidence))


@pytest.mark.django_db
@pytest.mark.parametrize("jurisdiction", PRESETS)
def test_every_preset_names_its_authority_and_says_whether_it_exempts(jurisdiction: str) -> None:
    """Rules: ANA-23, ANA-25"""
    draft = Registry(site=Site(jurisdiction=jurisdiction))
    for language in ("en", "fr"):
        document = assessment("draft", ORIGIN, draft, language, MOMENT)
        known = dict(document.facts)
        preset = PRESETS[jurisdiction]
        assert known[document.labels["authority"]] == preset.authority[language]
        assert preset.legal_basis_exempt[language] in known[document.labels["basis"]]
        assert (document.labels["not exempt"] in document.notices) is not preset.audience_exempt
        assert document.sources == preset.source


@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_paper(conform: Assessment, language: str) -> None:
    paper = as_pdf(made(language))
    assert paper.startswith(b"%PDF")
    assert as_pdf(made(language)) == paper


def test_the_page_shows_it_checks_and_prints(signed_in: Client, conform: Assessment, data: Path) -> None:
    """Rules: ANA-25"""
    page = signed_in.get("/backoffice/town/assessment/?lang=fr").content.decode()
    assert 'lang="fr"' in page
    assert "14 critères remplis sur 14" in page
    assert signed_in.get("/backoffice/town/assessment.pdf?lang=fr").content.startswith(b"%PDF")
    token = signed_in.get("/backoffice/town/assessment/").context["csrf_token"]
    answer = signed_in.post("/backoffice/town/assessment/check/", {"csrfmiddlewaretoken": str(token)})
    assert answer.headers["Location"] == "/backoffice/town/assessment/?done=checked"
    results = kept.read(data)
    assert results is not None
    assert results.outcomes != FINE
    assert results.failed == ()
    signed_in.logout()
    assert signed_in.get("/backoffice/town/assessment.pdf").status_code == 302
