"""Which language a page speaks, and that asking for one stores nothing."""

import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.web.enforcement.languages import first_published
from tests.web.conftest import Publish, registry

POLICY = "/terms/cookies-policy/"


@pytest.mark.parametrize(
    ("query", "cookie", "accepts", "spoken"),
    [
        ("", "", "", "en"),
        ("", "", "fr", "fr"),
        ("", "", "fr-CA,en;q=0.5", "fr"),
        ("", "", "de, en;q=0.3, fr;q=0.8", "fr"),
        ("", "", "fr;q=0, en;q=0.1", "en"),
        ("", "en", "fr", "en"),
        ("?lang=fr", "en", "en", "fr"),
        ("?lang=xx", "fr", "en", "fr"),
        ("?lang=", "", "fr", "fr"),
        ("", "<script>", "fr", "fr"),
    ],
)
def test_query_beats_cookie_beats_browser(
    client: Client, published_site: Version, query: str, cookie: str, accepts: str, spoken: str
) -> None:
    """Rules: C9"""
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get(POLICY + query, headers={"accept-language": accepts})
    assert answer["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in answer.content.decode()
    assert not answer.headers.get("Set-Cookie")
    assert not [name for name in answer.cookies if name != "django_language"]


def test_a_french_browser_reads_french_and_gets_no_cookie(client: Client, published_site: Version) -> None:
    """Rules: C9, PLT-05"""
    answer = client.get(POLICY, headers={"accept-language": "fr"})
    assert not answer.cookies
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


def test_a_language_that_is_not_published_is_never_spoken(client: Client, publish: Publish) -> None:
    """Rules: C8"""
    publish("civis", registry(languages=("en",)))
    answer = client.get(POLICY + "?lang=fr", headers={"accept-language": "fr"})
    assert answer["Content-Language"] == "en"


def test_a_regional_code_finds_its_language() -> None:
    assert first_published(["pt-BR", "FR-ca"], ("en", "fr")) == "fr"
    assert first_published(["pt-BR"], ("en", "pt-br")) == "pt-br"
    assert first_published(["de"], ("en", "fr")) is None
