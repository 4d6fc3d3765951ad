"""The policy document: every row and every claim follows from the registry, in each language alike."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from bredele.core.declaration import Declaration
from bredele.core.document import PolicyDocument, Row, Section
from bredele.core.errors import BredeleError
from bredele.core.lifetime import Lifetime
from bredele.core.policy import build, lifetime_text, purpose_description, purpose_label, type_label
from bredele.core.registry import Registry, Site, Version
from bredele.core.wording import WORDINGS, knows, wording
from bredele.core.wording.joining import spans
from bredele.core.wording.shape import Wording
from bredele.core.wording.stop_words import detect, foreign
from bredele.formats.domains import registrable_domain
from bredele.formats.policy_text import import_policy
from bredele.formats.policy_writing import as_html, as_text
from bredele.formats.toml import read_registry
from tests.arabic import with_arabic

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
MOMENT = datetime(2026, 11, 24, 12, tzinfo=UTC)
CIVIS = with_arabic(read_registry((ROOT / "examples" / "civis" / "cookies.toml").read_bytes()))
LANGUAGES = sorted(WORDINGS)
BANNED = (
    "essential", "improve your experience", "certified", "essentiel", "améliorer votre expérience", "certifié",
    "تحسين تجربتك", "معتمد",
)  # fmt: skip


def document(registry: Registry = CIVIS, language: str = "en") -> PolicyDocument:
    """The policy of version 1."""
    return build(Version(number=1, published=MOMENT, registry=registry), language, registrable_domain)


def with_cookies(*entries: dict[str, object], **site: object) -> Registry:
    """A registry with these entries, FR preset, statistics off unless stated."""
    facts = {"name": {"en": "Town", "fr": "Ville"}, "origin": "https://town.example", "languages": ("en", "fr")}
    return Registry(
        site=msgspec.convert({**facts, "jurisdiction": "FR", "statistics": "off", **site}, Site),
        cookies=tuple(msgspec.convert(entry, Declaration) for entry in entries),
    )


def rows(found: PolicyDocument) -> list[Row]:
    """Every row, in order."""
    return [row for section in found.sections for table in section.tables for row in table.rows]


def section(found: PolicyDocument, identifier: str) -> Section:
    """A section by its id."""
    return next(part for part in found.sections if part.id == identifier)


def said(found: PolicyDocument) -> str:
    """Everything the document says."""
    return as_text(found)


def texts(value: object) -> Iterator[str]:
    """Every text inside a wording's value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)


STATISTICAL = {
    "names": ["_pk_*"], "provider": "Matomo", "purpose": ["measurement"], "lifetime": {"iso8601": "P13M"},
    "function": {"en": "Statistics"}, "purpose_text": {"en": "Counts visits"}, "third_party_access": ["Hoster"],
    "refreshed": True,
}  # fmt: skip
ADVERT = {"names": ["ad"], "purpose": ["advertising"], "hosts": ["ads.example"], "third_party_access": ["Ads"]}
THEME = {"names": ["theme"], "purpose": ["personalisation"], "kind": "local_storage", "lifetime": {"persistent": True}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_of_the_example_is_the_golden_file(language: str) -> None:
    """The document's parts in the document's order.

    Rules: V1, POL-01, POL-02, POL-03
    """
    assert said(document(language=language)) == (GOLDEN / f"civis.{language}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_come_in_the_document_s_order(language: str) -> None:
    """Rules: V1, POL-02"""
    found = document(language=language)
    assert [part.id for part in found.sections] == [
        "what-is-a-cookie", "cookies", "measurement", "choices", "browser", "responsible"
    ]  # fmt: skip
    assert [word for word, _ in found.sections[0].terms] == [WORDINGS[language].kinds[kind][0] for kind in (
        "necessary", "statistical", "first-party", "third-party"
    )]  # fmt: skip
    assert [span.href for span in section(found, "cookies").heading if span.href] == ["http://localhost:8000"]
    assert len(section(found, "cookies").tables[0].columns) == len(Row.__struct_fields__) - 1


def test_rows_are_the_registry_s_rows_in_every_language() -> None:
    """Both differences are empty: nothing hand-typed, nothing left out, exempt entries included.

    Rules: POL-03, POL-04, V3, POL-01
    """
    registry = with_cookies(STATISTICAL, ADVERT, THEME, {"names": ["sid"], "purpose": ["necessary"]})
    for one in (CIVIS, registry):
        for language in LANGUAGES:
            shown = [row.names for row in rows(document(one, language))]
            assert sorted(shown) == sorted(entry.names for entry in one.cookies)
    assert [row.names[0] for row in rows(document())] == [
        "sessionid", "django_language", "csrftoken", "cookies_preferences"
    ]  # fmt: skip


def test_a_row_says_everything_a_visitor_must_know() -> None:
    """Rules: POL-03, REG-06, REG-07, REG-05"""
    (row,) = rows(document(with_cookies(STATISTICAL)))
    assert row == Row(
        provider="Matomo",
        function_and_location="Statistics",
        names=("_pk_*",),
        purpose="Counts visits",
        lifetime="13 months, renewed at each visit",
        category="Audience measurement",
        type="Statistical",
        party="This site (first party)",
        consent="Asked first",
        access="Hoster",
        kind="Cookie",
        slugs=("measurement",),
    )


def test_the_document_s_four_columns_come_first_and_the_lifetime_next() -> None:
    """Rules: V1"""
    columns = section(document(), "cookies").tables[0].columns
    assert columns[:5] == ("Provider", "Function and location", "Name(s)", "Purposes", "Lifetime")
    first = rows(document())[0]
    assert first.function_and_location == "Authentication (front and back office)"
    assert rows(document(language="fr"))[0].function_and_location == "Authentification (front-office et back-office)"


def test_groups_without_entries_are_not_shown() -> None:
    found = document(with_cookies(ADVERT, THEME, STATISTICAL))
    assert [table.type for table in section(found, "cookies").tables] == ["statistical", "first-party", "third-party"]
    empty = section(document(with_cookies()), "cookies")
    assert empty.tables == ()
    assert "nothing on your device" in empty.paragraphs[0][0].text


@pytest.mark.parametrize(
    ("registry", "named"),
    [
        (with_cookies({"names": ["sid"], "purpose": ["necessary"]}), False),
        (with_cookies(ADVERT), False),
        (with_cookies(STATISTICAL), True),
        (with_cookies(statistics="pageviews"), True),
        (with_cookies(STATISTICAL, statistics="visitors"), True),
    ],
)
def test_web_analytics_is_named_only_where_something_measures(registry: Registry, named: bool) -> None:
    """Rules: V2, REG-16"""
    assert ("web analytics" in document(registry).introduction) is named
    assert ("audience" in document(registry, "fr").introduction) is named


def test_the_introduction_is_made_of_facts() -> None:
    """Rules: V2, V6"""
    assert document(with_cookies()).introduction == "Town stores nothing on your device."
    both = document(with_cookies(THEME, {"names": ["sid"], "purpose": ["necessary", "games"]}))
    assert both.introduction == (
        "Town uses cookies and other storage on your device to work properly, to adapt to your preferences and "
        "for “games”."
    )
    assert "other ways" in said(both)
    assert "other ways" not in said(document())


def test_site_and_provider_are_variables() -> None:
    """Rules: V6"""
    site = msgspec.structs.replace(CIVIS.site, name={"en": "Zorbax", "fr": "Zorbax"}, origin="https://zorbax.example")
    other = msgspec.structs.replace(CIVIS, site=site)
    assert "Civis open data" not in document(other).introduction
    assert document(other).introduction.startswith("Zorbax ")
    assert "https://zorbax.example" in said(document(other))
    assert "Bredele" not in said(document(with_cookies(ADVERT)))


def test_exempt_measurement_is_described_with_a_way_to_object() -> None:
    """Rules: POL-07, ANA-24"""
    found = section(document(), "measurement")
    assert any(span.href == "/cookies/preferences/#counting" for text in found.paragraphs for span in text)
    assert "no cookie, no IP address" in said(document())
    assert dict(found.terms)["How long the sums are kept"] == "At most 25 months."
    assert all(part.id != "measurement" for part in document(with_cookies(STATISTICAL)).sections)
    visitors = section(document(with_cookies(STATISTICAL, statistics="visitors")), "measurement")
    assert "One cookie, listed above" in visitors.paragraphs[0][0].text


@pytest.mark.parametrize("registry", [CIVIS, with_cookies(ADVERT)])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("accept", "refus", "withdraw")),
        ("fr", ("accepter", "refus", "retirer")),
        ("ar", ("تقبل", "ترفض", "سحب")),
    ],
)
def test_accepting_refusing_and_withdrawing_are_explained_beside_the_control(
    registry: Registry, language: str, words: tuple[str, ...]
) -> None:
    """Rules: POL-05, POL-13, BAN-11"""
    found = section(document(registry, language), "choices")
    text = " ".join(span.text for paragraph in found.paragraphs for span in paragraph)
    assert all(word in text for word in words)
    assert lifetime_text(Lifetime(iso8601="P6M"), language) in text
    assert any(span.href == "/cookies/preferences/" for paragraph in found.paragraphs for span in paragraph)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_answers_for_the_site_is_said_in_full(language: str) -> None:
    """Rules: POL-06"""
    terms = section(document(language=language), "responsible").terms
    assert len(terms) == 8
    assert all(meaning and meaning != wording(language).unstated for _, meaning in terms)
    facts = dict(terms)
    assert facts[wording(language).controller_word] == CIVIS.site.controller[language]
    assert "CNIL" in facts[wording(language).authority_word]


def test_the_site_s_own_words_go_before_the_preset_s() -> None:
    """Rules: POL-06"""
    registry = with_cookies(ADVERT, authority={"en": "Ask the king."}, rights={"en": "All of them."})
    facts = dict(section(document(registry), "responsible").terms)
    assert facts["Complaints"] == "Ask the king."
    assert facts["Your rights"] == "All of them."
    assert facts["Recipients"] == "Ads"
    assert facts["Purposes and legal basis"] == "Advertising: your consent (GDPR, Article 6(1)(a))."
    assert facts["Controller"] == "Not stated"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_complete_and_has_the_same_shape(language: str) -> None:
    """Rules: POL-08, POL-09"""
    english, translation = document(language="en"), document(language=language)
    assert (english.language, translation.language) == ("en", language)
    for one, other in zip(english.sections, translation.sections, strict=True):
        assert (one.id, len(one.paragraphs), len(one.terms), len(one.tables)) == (
            other.id, len(other.paragraphs), len(other.terms), len(other.tables)
        )  # fmt: skip
        links = [[span.href for text in part.paragraphs for span in text if span.href] for part in (one, other)]
        assert links[0] == links[1]
    assert detect(said(translation)) == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", [field for field in Wording.__struct_fields__ if field != "plural"])
def test_no_word_is_missing_or_of_another_language(language: str, field: str) -> None:
    """Rules: POL-08, REG-14, POL-14"""
    value = getattr(WORDINGS[language], field)
    if isinstance(value, dict):
        assert list(value) == list(getattr(WORDINGS["en"], field))
    for text in texts(value):
        plain = text.replace("{what}", "")
        assert text.strip()
        assert foreign(plain, language) == []
        assert not any(word in text.lower() for word in BANNED)
    if field != "units":
        assert len(list(texts(value))) == len(list(texts(getattr(WORDINGS["en"], field))))


def test_a_language_without_words_is_refused_not_replaced() -> None:
    """Rules: POL-08"""
    with pytest.raises(BredeleError) as caught:
        document(language="tlh")
    assert "en, fr, ar" in caught.value.cure
    assert knows("fr-CH")
    assert build(Version(number=1, published=MOMENT, registry=CIVIS), "fr-CH", registrable_domain).language == "fr-CH"


def test_labels_are_the_law_s_or_the_site_s_own() -> None:
    """Rules: REG-14"""
    assert purpose_label(CIVIS, "necessary", "en") == "Strictly necessary"
    assert type_label("necessary", "fr") == "Strictement nécessaire"
    own = msgspec.convert({"purposes": [{"id": "games", "label": {"en": "Games"}}]}, Registry)
    assert purpose_label(own, "games", "en") == "Games"
    assert purpose_label(own, "games", "fr") == "games"
    assert purpose_description("games", "en") == ""
    assert purpose_description("measurement", "fr").startswith("Compter")


def test_a_fact_filled_in_never_becomes_a_link() -> None:
    found = spans("{site} and [more](/more)", site="[x](https://evil.example)")
    assert [(span.text, span.href) for span in found] == [
        ("[x](https://evil.example) and ", ""), ("more", "/more")
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", [as_text, as_html])
def test_what_is_written_imports_again_without_a_fault(language: str, write: object) -> None:
    """The policy this makes has none of the faults the importer knows.

    Rules: REG-16, REG-06, REG-07, POL-05, POL-06, POL-08
    """
    assert callable(write)
    imported = import_policy(write(document(language=language)).encode())
    assert [warning.code for warning in imported.warnings] == []
    assert [row.names for row in imported.declarations] == [entry.names for entry in CIVIS.cookies]
    assert all(row.lifetime and (row.lifetime.session or row.lifetime.seconds) for row in imported.declarations)
    assert imported.site == CIVIS.site.origin


def test_html_escapes_what_a_person_wrote() -> None:
    site = msgspec.structs.replace(CIVIS.site, name={"en": "<script>alert(1)</script>"})
    page = as_html(document(msgspec.structs.replace(CIVIS, site=site)))
    assert "<script" not in page
    assert '<html lang="en" dir="ltr">' in page
