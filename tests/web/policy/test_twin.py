"""The policy for machines."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.formats import json as registry_json
from bredele.formats.published import version_path

pytestmark = pytest.mark.django_db
ADDRESSES = ("/terms/cookies-policy.json", "/.well-known/cookie-policy.json")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_twin_holds_what_the_contract_names(
    client: Client, published_site: Version, data: Path, address: str
) -> None:
    """Rules: POL-01, C1"""
    answer = client.get(address)
    body = json.loads(answer.content)
    assert set(body) == {"site", "language", "version", "published", "sha256", "document", "registry"}
    assert (body["site"], body["version"], body["language"]) == ("http://localhost:8000", 1, "en")
    assert body["sha256"] == sha256(version_path(data, "civis", 1).read_bytes()).hexdigest()
    assert answer["Content-Type"] == "application/json"
    assert not answer.cookies


@pytest.mark.parametrize("address", ADDRESSES)
def test_any_page_may_read_the_twin_without_credentials(client: Client, published_site: Version, address: str) -> None:
    """Rules: API-02"""
    answer = client.get(address, headers={"origin": "https://elsewhere.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer


def test_the_registry_of_the_twin_reads_back(client: Client, published_site: Version) -> None:
    """Rules: REG-09"""
    body = json.loads(client.get(ADDRESSES[0]).content)
    assert registry_json.read_registry(json.dumps(body["registry"]).encode()) == published_site.registry


def test_page_and_twin_have_the_same_rows(client: Client, published_site: Version) -> None:
    """Rules: POL-03, POL-11"""
    for language in ("en", "fr"):
        page = client.get("/terms/cookies-policy/", {"lang": language}).content.decode()
        document = json.loads(client.get(ADDRESSES[0], {"lang": language}).content)["document"]
        rows = [row for section in document["sections"] for table in section["tables"] for row in table["rows"]]
        names = [name for row in rows for name in row["names"]]
        assert re.findall(r'<code class="name">([^<]+)</code>', page) == names
        assert document["language"] == language
