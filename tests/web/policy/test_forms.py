"""Twins of the policy page: text, Markdown, CSV and JSON-LD hold the page's rows, version and language."""

import csv
import io
import json

import jsonschema
import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.formats.policy_text import import_policy
from tests.web.conftest import browser

pytestmark = pytest.mark.django_db
POLICY = "/terms/cookies-policy"
KINDS = {
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "jsonld": "application/ld+json",
}

DISCLOSURES = {
    "type": "object",
    "required": ["disclosures"],
    "additionalProperties": False,
    "properties": {
        "disclosures": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": [
                    "identifier", "type", "maxAgeSeconds", "cookieRefresh", "domains", "purposes", "description",
                    "optOut",
                ],
                "properties": {
                    "identifier": {"type": "string", "minLength": 1},
                    "type": {"enum": ["cookie", "web", "app"]},
                    "maxAgeSeconds": {"type": ["integer", "null"], "minimum": 0},
                    "cookieRefresh": {"type": ["boolean", "null"]},
                    "domains": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                    "purposes": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                    "description": {"type": "string"},
                    "optOut": {"type": "boolean"},
                },
            },
        }
    },
}  # fmt: skip


def names_of(version: Version) -> list[str]:
    """Every declared name."""
    return sorted(name for entry in version.registry.cookies for name in entry.names)


@pytest.mark.parametrize("form", KINDS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_twin_speaks_the_language_and_sets_nothing(
    client: Client, published_site: Version, form: str, language: str
) -> None:
    """Rules: POL-11, POL-08, C1"""
    answer = client.get(f"{POLICY}.{form}", {"lang": language})
    assert answer.status_code == 200
    assert answer["Content-Type"] == KINDS[form]
    assert answer["Content-Language"] == language
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["ETag"]
    assert not answer.cookies


def test_the_page_links_each_twin_in_its_language(client: Client, published_site: Version) -> None:
    """Rules: POL-11"""
    page = client.get(f"{POLICY}/", {"lang": "fr"}).content.decode()
    for form in ("json", *KINDS):
        assert f'href="{POLICY}.{form}?lang=fr"' in page
    assert f'rel="alternate" type="application/ld+json" href="{POLICY}.jsonld?lang=fr"' in page


def test_text_and_markdown_hold_the_rows_and_the_version(client: Client, asking_site: Version) -> None:
    """Rules: POL-11, POL-03"""
    visitor = browser("town.localhost:8000")
    text = visitor.get(f"{POLICY}.txt", {"lang": "en"}).content
    found = [name for row in import_policy(text).declarations for name in row.names]
    assert sorted(found) == names_of(asking_site)
    markdown = visitor.get(f"{POLICY}.md", {"lang": "en"}).content.decode()
    rows = [line.split(" | ") for line in markdown.splitlines() if line.startswith("| ")]
    tables = sum(row[0] == "| Provider" for row in rows)
    assert len(rows) == 2 * tables + len(asking_site.registry.cookies)
    for body in (text.decode(), markdown):
        assert f"Version {asking_site.number}, published on" in body


def test_csv_has_a_line_for_each_row_under_the_page_s_headings(client: Client, asking_site: Version) -> None:
    """Rules: API-03, POL-11"""
    body = browser("town.localhost:8000").get(f"{POLICY}.csv", {"lang": "en"}).content.decode()
    head, *lines = list(csv.reader(io.StringIO(body)))
    assert head[:5] == ["Provider", "Function and location", "Name(s)", "Purposes", "Lifetime"]
    assert sorted(name for line in lines for name in line[2].split(", ")) == names_of(asking_site)


def test_linked_data_names_each_entry_with_terms_of_the_vocabulary(client: Client, asking_site: Version) -> None:
    """Rules: POL-11, API-03"""
    found = json.loads(browser("town.localhost:8000").get(f"{POLICY}.jsonld", {"lang": "en"}).content)
    assert found["@context"]["dpv"] == "https://w3id.org/dpv#"
    assert found["dct:hasVersion"] == str(asking_site.number)
    nodes = found["dpv:hasProcess"]
    assert sorted(name for node in nodes for name in node["own:name"]) == names_of(asking_site)
    by_name = {node["own:name"][0]: node for node in nodes}
    for entry in asking_site.registry.cookies:
        node = by_name[entry.names[0]]
        exempt = asking_site.registry.exempt(entry)
        assert node["dpv:hasNecessity"]["@id"] == ("dpv:Required" if exempt else "dpv:Optional")
        if not exempt:
            assert node["dpv:hasLegalBasis"] == {"@id": "eu-gdpr:A6-1-a"}
        if entry.lifetime and entry.lifetime.iso8601:
            value = node["dpv:hasStorageCondition"]["dpv:hasDuration"]["rdf:value"]
            assert value == {"@type": "xsd:duration", "@value": entry.lifetime.iso8601}


def test_disclosures_have_the_form_others_read(client: Client, asking_site: Version) -> None:
    """Rules: API-03"""
    body = browser("town.localhost:8000").get(f"{POLICY}/disclosures.json", {"lang": "en"})
    assert body["Access-Control-Allow-Origin"] == "*"
    found = body.json()
    jsonschema.validate(found, DISCLOSURES)
    by_name = {one["identifier"]: one for one in found["disclosures"]}
    assert sorted(by_name) == names_of(asking_site)
    for entry in asking_site.registry.cookies:
        for name in entry.names:
            assert by_name[name]["purposes"] == list(entry.purpose)
            assert by_name[name]["optOut"] == (entry.purpose != ("necessary",))
            if entry.kind == "cookie" and entry.lifetime:
                assert by_name[name]["maxAgeSeconds"] == (entry.lifetime.seconds or 0)


def test_a_site_without_a_policy_has_no_twin(client: Client) -> None:
    for address in (*(f"{POLICY}.{form}" for form in (*KINDS, "pdf")), f"{POLICY}/disclosures.json"):
        assert client.get(address).status_code == 404
