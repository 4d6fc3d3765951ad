"""The site of a request is found by its Host."""

import pytest
from django.test import Client

from bredele.core.registry import Version
from tests.web.conftest import browser


@pytest.mark.parametrize("host", ["localhost:8000", "LOCALHOST:9999", "localhost"])
def test_a_named_host_gets_its_site_whatever_the_port(published_site: Version, host: str) -> None:
    answer = browser(host).get("/terms/cookies-policy/")
    assert answer.status_code == 200
    assert answer.wsgi_request.site.slug == "civis"
    assert answer.wsgi_request.known_host


def test_each_host_has_its_own_site(asking_site: Version) -> None:
    answer = browser("town.localhost:8000").get("/terms/cookies-policy/")
    assert answer.wsgi_request.site.slug == "town"


@pytest.mark.parametrize("path", ["/", "/terms/cookies-policy/", "/cookies/preferences/"])
def test_an_unknown_host_gets_the_default_sites_public_pages(asking_site: Version, path: str) -> None:
    answer = browser("elsewhere.example").get(path)
    assert answer.status_code == 200
    assert (answer.wsgi_request.site.slug, answer.wsgi_request.known_host) == ("civis", False)


@pytest.mark.parametrize("host", ["elsewhere.example", "town.localhost:8000"])
@pytest.mark.parametrize("path", ["/backoffice/", "/accounts/login/", "/metrics", "/api/v1/session"])
def test_private_pages_answer_on_the_servers_own_hosts_only(asking_site: Version, host: str, path: str) -> None:
    assert browser(host).get(path).status_code == 404


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:8000"])
def test_a_loopback_address_leads_to_the_configured_origin(published_site: Version, host: str) -> None:
    answer = browser(host).get("/terms/cookies-policy/?lang=fr")
    assert answer.status_code == 302
    assert answer["Location"] == "http://localhost:8000/terms/cookies-policy/?lang=fr"
    assert not answer.cookies


def test_a_health_question_at_an_address_is_answered_there(published_site: Version) -> None:
    assert browser("127.0.0.1:8000").get("/readyz").content == b"ready\n"


def test_pages_answer_kindly_before_any_site_exists(client: Client, db: None) -> None:
    answer = client.get("/terms/cookies-policy/")
    assert answer.wsgi_request.site.version is None
    assert answer.status_code in (200, 404)
    assert not answer.cookies


def test_a_host_that_is_no_host_is_refused(published_site: Version) -> None:
    assert browser("a/b?c").get("/").status_code == 400
