"""The policy on paper: the page's rows, version and language, tagged, and the same bytes each time."""

import io

import msgspec
import pypdf
import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.web.policy import paper
from tests.arabic import with_arabic
from tests.web.conftest import Publish, browser, registry

pytestmark = pytest.mark.django_db
ADDRESS = "/terms/cookies-policy.pdf"


def read(body: bytes) -> tuple[pypdf.PdfReader, str]:
    """The file, and all it says without the breaks that lines and long names may have."""
    found = pypdf.PdfReader(io.BytesIO(body))
    text = " ".join(" ".join(page.extract_text() for page in found.pages).split())
    return found, text.replace("\N{ZERO WIDTH SPACE}", "")


@pytest.mark.parametrize(
    ("language", "title", "edition"),
    [
        ("en", "Cookies policy", "Version 1, published on 24 November 2026."),
        ("fr", "Politique de cookies", "Version 1, publiée le 24 novembre 2026."),
    ],
)
def test_the_pdf_has_the_rows_the_version_and_the_language_of_the_page(
    client: Client, published_site: Version, language: str, title: str, edition: str
) -> None:
    """Rules: V4, POL-10"""
    answer = client.get(ADDRESS, {"lang": language})
    assert answer["Content-Type"] == "application/pdf"
    assert not answer.cookies
    found, text = read(answer.content)
    twin = client.get("/terms/cookies-policy.json", {"lang": language}).json()
    rows = [row for part in twin["document"]["sections"] for table in part["tables"] for row in table["rows"]]
    assert rows
    for row in rows:
        for said in (*row["names"], row["purpose"], row["lifetime"], row["consent"]):
            assert " ".join(said.split()) in text
    assert title in text
    assert edition in text
    assert twin["sha256"] in text
    assert found.root_object["/Lang"] == language


def test_the_pdf_is_tagged_and_says_so(client: Client, published_site: Version) -> None:
    """Rules: POL-10"""
    found, _ = read(client.get(ADDRESS, {"lang": "en"}).content)
    assert found.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in found.root_object
    assert "pdfuaid" in found.root_object["/Metadata"].get_data().decode()


def test_the_first_thing_on_the_page_is_the_pdf(client: Client, published_site: Version) -> None:
    """Rules: V1"""
    page = client.get("/terms/cookies-policy/", {"lang": "fr"}).content.decode()
    main = page[page.index("<main") :]
    assert main.index(f'href="{ADDRESS}?lang=fr"') < main.index("<h1>")


def test_an_arabic_pdf_can_be_read_as_text(publish: Publish) -> None:
    """Letters are joined for the eye; what is copied or read aloud are the letters themselves. Rules: POL-10, POL-08"""
    own = registry(origin="http://two.localhost:8000")
    publish("two", with_arabic(msgspec.structs.replace(own, cookies=())), "two.localhost")
    answer = browser("two.localhost:8000").get(ADDRESS, {"lang": "ar"})
    found, text = read(answer.content)
    assert found.root_object["/Lang"] == "ar"
    assert {"سياسة", "ملفات", "تعريف", "حقوقك"} <= set(text.replace(":", " ").split())


def test_without_its_library_there_is_no_pdf_and_no_link(
    client: Client, published_site: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "available", lambda: False)
    assert client.get(ADDRESS).status_code == 404
    assert ADDRESS not in client.get("/terms/cookies-policy/").content.decode()


def test_a_pdf_is_set_once(client: Client, published_site: Version) -> None:
    first = client.get(ADDRESS, {"lang": "en"})
    again = client.get(ADDRESS, {"lang": "en"}, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert paper.printed(published_site, "en") is paper.printed(published_site, "en")
