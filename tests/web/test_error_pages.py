"""What a person reads when an address is unknown, a form is refused or the site breaks."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from bredele.core.registry import Version

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "words"), [("en", "No such page"), ("fr", "Page introuvable")])
def test_an_unknown_address_says_so_and_leads_on(
    client: Client, published_site: Version, language: str, words: str
) -> None:
    """Rules: POL-08"""
    answer = client.get("/nothing/", {"lang": language})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert f'lang="{language}"' in page
    assert words in page
    assert 'href="/terms/cookies-policy/"' in page
    assert not answer.cookies


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "500"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_plain_error_page_needs_no_request_and_no_database(name: str, language: str) -> None:
    with translation.override(language):
        page = render_to_string(f"{name}.html")
    assert page.startswith("<!doctype html>")
    assert f'<html lang="{language}" dir="ltr">' in page
    assert page.count("<h1>") == 1
    assert 'href="/"' in page
