"""The choice of a language and its cookie."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.core.set_cookie import parse
from tests.web.conftest import Publish, browser, registry

pytestmark = pytest.mark.django_db


def test_choosing_a_language_keeps_it_for_twelve_months(client: Client, published_site: Version) -> None:
    """Rules: C7, PLT-05, REG-06"""
    answer = client.post("/language/", {"language": "fr", "next": "/data/"})
    assert (answer.status_code, answer["Location"]) == (303, "/data/")
    assert set(answer.cookies) == {"django_language"}
    cookie = parse(answer.cookies["django_language"].output(header="").strip())
    now = datetime.now(UTC)
    year = (now.replace(year=now.year + 1, day=min(now.day, 28 if now.month == 2 else now.day)) - now).days * 86_400
    assert abs((cookie.max_age or 0) - year) <= 86_400
    assert (cookie.value, cookie.path, cookie.same_site) == ("fr", "/", "Lax")
    assert (cookie.http_only, cookie.secure, cookie.domain) == (False, False, None)


def test_the_cookie_is_secure_where_the_site_is(publish: Publish) -> None:
    """Rules: C7"""
    publish("safe", registry(origin="https://safe.example.org"), "safe.example.org")
    visitor = Client(headers={"host": "safe.example.org"})
    answer = visitor.post("/language/", {"language": "fr"})
    assert answer.cookies["django_language"]["secure"]


def test_the_page_then_speaks_the_chosen_language(client: Client, published_site: Version) -> None:
    """Rules: C7, POL-09"""
    client.post("/language/", {"language": "fr"})
    page = client.get("/terms/cookies-policy/", headers={"accept-language": "en"})
    assert '<html lang="fr"' in page.content.decode()
    assert not page.cookies


def test_a_site_with_one_language_offers_no_choice_and_sets_no_cookie(publish: Publish) -> None:
    """Rules: C8, PLT-05"""
    publish("mono", registry(origin="http://mono.localhost:8000", languages=("en",)), "mono.localhost")
    visitor = browser("mono.localhost:8000")
    answer = visitor.post("/language/", {"language": "en"})
    assert answer.status_code == 303
    assert not answer.cookies
    assert "data-bredele-language" not in visitor.get("/").content.decode()


def test_a_note_beside_the_switch_says_how_long_it_is_kept(client: Client, published_site: Version) -> None:
    """Rules: PLT-06"""
    page = client.get("/").content.decode()
    switch = page[page.index("data-bredele-language") :]
    assert "django_language" in switch
    assert "12 months" in switch


@pytest.mark.parametrize("code", ["de", "", "fr'", "x" * 5000])
def test_a_language_that_is_not_published_is_refused_and_the_cure_said(
    client: Client, published_site: Version, code: str
) -> None:
    answer = client.post("/language/", {"language": code})
    assert answer.status_code == 422
    assert "en, fr" in answer.content.decode()
    assert not answer.cookies


def test_another_site_cannot_choose_for_the_visitor(client: Client, published_site: Version) -> None:
    """Rules: PLT-05"""
    answer = client.post("/language/", {"language": "fr"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not answer.cookies


def test_the_switch_never_sends_anyone_to_another_site(client: Client, published_site: Version) -> None:
    answer = client.post("/language/", {"language": "fr", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_asking_with_get_changes_nothing(client: Client, published_site: Version) -> None:
    answer = client.get("/language/?language=fr")
    assert answer.status_code == 405
    assert not answer.cookies


def test_a_query_parameter_shows_a_language_and_sets_nothing(client: Client, published_site: Version) -> None:
    """Rules: C9, PLT-02"""
    page = client.get("/terms/cookies-policy/?lang=fr")
    assert '<html lang="fr"' in page.content.decode()
    assert not page.cookies
    accepted = client.get("/terms/cookies-policy/", headers={"accept-language": "fr-CH, en;q=0.5"})
    assert '<html lang="fr"' in accepted.content.decode()
    assert "Accept-Language" in accepted["Vary"]
