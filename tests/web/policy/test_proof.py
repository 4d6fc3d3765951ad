"""What visitors were shown with a version, archived and published by its hashes."""

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.formats.archive import manifest_of, proof_of
from bredele.web.policy import proof
from bredele.web.registry import publishing
from tests.web.conftest import browser
from tests.web.publishing import MOMENT

pytestmark = pytest.mark.django_db
TOWN = "/terms/cookies-policy/versions/1/proof"


def town() -> Client:
    """A visitor of the site that asks."""
    return browser("town.localhost:8000")


def test_publishing_archives_everything_a_visitor_is_shown(asking_site: Version, data: Path) -> None:
    """Rules: LED-11, REG-09"""
    manifest = json.loads(town().get(f"{TOWN}.json").content)
    names = {file["name"] for file in manifest["files"]}
    for language in ("en", "fr"):
        assert {f"policy.{language}.html", f"banner.{language}.html", f"preferences.{language}.html"} <= names
    assert "consent.css" in names
    for file in manifest["files"]:
        answer = town().get(f"/terms/cookies-policy/archive/{file['sha256']}")
        assert sha256(answer.content).hexdigest() == file["sha256"] == answer["X-Content-SHA256"]
        assert len(answer.content) == file["size"]
        assert not answer.cookies


def test_the_archived_banner_is_the_one_that_is_served(asking_site: Version, data: Path) -> None:
    """Rules: LED-01, LED-11"""
    digest = proof_of(data, "town", 1, "fr")["banner.fr.html"]
    archived = town().get(f"/terms/cookies-policy/archive/{digest}").content.decode()
    served = town().get("/?lang=fr").content.decode()

    def cut(page: str) -> str:
        return page[page.index("data-bredele-banner") :].split("</section>")[0]

    assert cut(archived) == cut(served)
    policy = proof_of(data, "town", 1, "fr")["policy.fr.html"]
    kept = town().get("/terms/cookies-policy/versions/1/?lang=fr")
    assert kept["X-Content-SHA256"] == policy


def test_the_fingerprint_of_the_list_is_over_exactly_its_bytes(asking_site: Version, data: Path) -> None:
    """Rules: LED-11"""
    answer = town().get(f"{TOWN}.json")
    digest = sha256(answer.content).hexdigest()
    assert answer["X-Content-SHA256"] == digest == proof_of(data, "town", 1, "en")["manifest"]
    page = town().get(f"{TOWN}/").content.decode()
    assert digest in page
    assert "None: this version shows no banner" in page


def test_an_archived_page_can_neither_post_nor_run(asking_site: Version, data: Path) -> None:
    digest = proof_of(data, "town", 1, "en")["banner.en.html"]
    answer = town().get(f"/terms/cookies-policy/archive/{digest}")
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Content-Type"] == "text/html; charset=utf-8"


def test_a_site_that_asks_nothing_has_no_banner_to_archive(published_site: Version, data: Path, client: Client) -> None:
    """Rules: BAN-14"""
    names = proof_of(data, "civis", 1, "en")
    assert "policy.en.html" in names
    assert "preferences.en.html" in names
    assert not any(name.startswith("banner.") for name in names)


def test_the_same_looks_make_no_new_list_and_other_looks_follow_the_one_before(
    asking_site: Version, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules: LED-11"""
    first = manifest_of(data, "town", 1)
    assert first is not None
    publishing.refresh_notices(MOMENT + timedelta(days=1))
    assert manifest_of(data, "town", 1) == first
    monkeypatch.setattr(proof, "SHOWN", ("consent.css",))
    publishing.refresh_notices(MOMENT + timedelta(days=2))
    second = manifest_of(data, "town", 1)
    assert second is not None
    assert second.previous == proof.fingerprint_of(first)
    assert {file.name for file in second.files} < {file.name for file in first.files}
    assert {file.made for file in second.files} == {MOMENT}
    assert town().get(f"/terms/cookies-policy/archive/{second.previous}").status_code == 200


NOWHERE = "/terms/cookies-policy/versions/9/proof"


@pytest.mark.parametrize("address", [f"{NOWHERE}/", f"{NOWHERE}.json", f"/terms/cookies-policy/archive/{'0' * 64}"])
def test_what_was_never_archived_is_not_found(asking_site: Version, address: str) -> None:
    assert town().get(address).status_code == 404


def test_the_list_of_versions_leads_to_the_proof(asking_site: Version) -> None:
    """Rules: POL-15"""
    assert f'href="{TOWN}/"' in town().get("/terms/cookies-policy/versions/").content.decode()
