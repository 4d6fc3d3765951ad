"""Archived pages and what changed between versions."""

import re
from hashlib import sha256

import msgspec
import pytest
from django.test import Client

from bredele.core.lifetime import parse_lifetime
from bredele.core.registry import Version
from bredele.web.policy.proof import SHOWN
from tests.web.conftest import Publish, asking, browser, registry

pytestmark = pytest.mark.django_db
VERSIONS = "/terms/cookies-policy/versions/"


@pytest.fixture
def two_versions(publish: Publish) -> Version:
    """The site `two`, whose second version keeps a cookie for longer and says a purpose otherwise."""
    theme = asking("theme", "personalisation", lifetime=parse_lifetime("P1M"))
    publish("two", registry(theme, origin="http://two.localhost:8000"), "two.localhost")
    longer = msgspec.structs.replace(
        theme, lifetime=parse_lifetime("P6M"), purpose_text={"en": "To keep your colours", "fr": "Garder vos couleurs"}
    )
    return publish("two", registry(longer, origin="http://two.localhost:8000"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_archived_page_is_answered_byte_for_byte(client: Client, published_site: Version, language: str) -> None:
    """Rules: POL-15, REG-09"""
    answer = client.get(f"{VERSIONS}1/", {"lang": language})
    assert sha256(answer.content).hexdigest() == answer["X-Content-SHA256"]
    assert answer["X-Content-SHA256"] in client.get(VERSIONS).content.decode()
    assert answer["Content-Language"] == language
    assert not answer.cookies


def test_an_archived_page_is_whole_and_loads_its_looks_only(client: Client, published_site: Version) -> None:
    """Without its style sheets, which are archived with it, every word is there. Rules: POL-15"""
    page = client.get(f"{VERSIONS}1/").content.decode()
    assert page.startswith("<!doctype html>")
    assert "sessionid" in page
    assert "Version 1, published on 24 November 2026" in page
    assert not re.search(r"<(?:script|img|style|iframe|form|nav)\b|\sstyle=|\ssrc=", page)
    loaded = re.findall(r'<link rel="stylesheet" href="/static/bredele/([a-z]+\.css)">', page)
    assert page.count("<link") == len(loaded)
    assert set(loaded) <= set(SHOWN)


def test_an_old_version_stays_readable(two_versions: Version) -> None:
    """Rules: POL-15"""
    visitor = browser("two.localhost:8000")
    assert "1 month" in visitor.get(f"{VERSIONS}1/").content.decode()
    assert "6 months" in visitor.get(f"{VERSIONS}2/").content.decode()


def test_the_comparison_tells_material_changes_from_wording(two_versions: Version) -> None:
    """Rules: REG-09, REG-10"""
    page = browser("two.localhost:8000").get(f"{VERSIONS}1...2/").content.decode()
    material, wording = page[page.index('id="material"') :].split('id="wording"')
    assert "<del>1 month</del>" in material
    assert "<ins>6 months</ins>" in material
    assert "To keep your colours" not in material
    assert "To keep your colours" in wording


@pytest.mark.parametrize("address", ["9/", "1...9/", "9...1/", "0/", "999999/", "9999999/", "x/", "1..2/"])
def test_a_version_that_was_never_published_is_not_found(client: Client, published_site: Version, address: str) -> None:
    assert client.get(VERSIONS + address).status_code == 404


def test_a_version_of_another_site_is_not_shown(published_site: Version, two_versions: Version) -> None:
    assert browser("localhost:8000").get(f"{VERSIONS}2/").status_code == 404


def test_a_comparison_speaks_one_language(two_versions: Version) -> None:
    """Rules: POL-08"""
    page = browser("two.localhost:8000").get(f"{VERSIONS}1...2/", {"lang": "fr"}).content.decode()
    assert "<del>1 mois</del>" in page
    assert "<ins>Garder vos couleurs</ins>" in page
    assert "To keep your colours" not in page


def test_a_change_in_another_language_is_told_without_its_words(publish: Publish) -> None:
    """Rules: POL-08, REG-09"""
    theme = asking("theme", "personalisation")
    publish("two", registry(theme, origin="http://two.localhost:8000"), "two.localhost")
    texts = {**theme.purpose_text, "fr": "Garder la couleur choisie"}
    publish("two", registry(msgspec.structs.replace(theme, purpose_text=texts), origin="http://two.localhost:8000"))
    page = browser("two.localhost:8000").get(f"{VERSIONS}1...2/", {"lang": "en"}).content.decode()
    assert "Only the words in another language changed." in page
    assert "couleur" not in page
