"""Sites as the web rooms see them: a data directory of the test's own, and published registries."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from pytest_django import Settings as SettingsWrapper

from bredele.core.declaration import Declaration, Exemption
from bredele.core.lifetime import SESSION, parse_lifetime
from bredele.core.registry import Registry, Site, Version
from tests.web.publishing import published

PASSWORD = "a few random words 7"
Publish = Callable[..., Version]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: SettingsWrapper) -> Path:
    """The installation's data directory, empty."""
    settings.BREDELE = msgspec.structs.replace(settings.BREDELE, data=tmp_path)
    return tmp_path


@pytest.fixture
def client() -> Client:
    """A visitor of `localhost:8000`, the platform's own origin."""
    return browser("localhost:8000")


def browser(host: str) -> Client:
    """A visitor of a host; CSRF is checked as in life."""
    return Client(enforce_csrf_checks=True, headers={"host": host})


def own_cookies() -> tuple[Declaration, ...]:
    """The platform's own four, as they are."""
    return (
        necessary(
            "sessionid", "Authentication", "To remember who signed in", http_only=True, location=("back office",)
        ),
        necessary("django_language", "Language", "To remember the language", lifetime=parse_lifetime("P12M")),
        necessary("csrftoken", "API (CSRF)", "To protect forms", location=("back office", "api")),
        necessary("cookies_preferences", "Choices", "To remember your choices", lifetime=parse_lifetime("P6M")),
    )


def necessary(name: str, function: str, purpose: str, **more: object) -> Declaration:
    """An exempt entry with everything publishing asks for."""
    entry = Declaration(
        names=(name,),
        provider="Bredele",
        function={"en": function, "fr": function},
        location=("front office",),
        purpose=("necessary",),
        purpose_text={"en": purpose, "fr": purpose},
        lifetime=SESSION,
        path="/",
        same_site="Lax",
        exemption=Exemption(
            kind="strictly_necessary", reason={"en": "You asked for it.", "fr": "Vous l’avez demandé."}
        ),
        third_party_access=(),
    )
    return msgspec.structs.replace(entry, **more)


def asking(name: str, purpose: str, **more: object) -> Declaration:
    """An entry that needs consent for one purpose."""
    entry = necessary(name, name.title(), f"For {purpose}", **more)
    return msgspec.structs.replace(entry, purpose=(purpose,), exemption=None)


def registry(
    *cookies: Declaration, origin: str = "http://localhost:8000", languages: tuple[str, ...] = ("en", "fr")
) -> Registry:
    """A registry that may be published: the own four and these."""
    text = {language: f"Words ({language})" for language in languages}
    site = Site(
        name=dict.fromkeys(languages, "Civis"),
        origin=origin,
        languages=languages,
        jurisdiction="FR",
        controller=text,
        contact=dict.fromkeys(languages, "dpo@example.org"),
        transfers=text,
        retention=text,
    )
    return Registry(site=site, cookies=(*own_cookies(), *cookies))


@pytest.fixture
def publish(db: None) -> Publish:
    """Add a site where it is missing, and publish a registry for it."""

    def publish_one(slug: str, what: Registry, host: str = "", *, demo: bool = False) -> Version:
        return published(slug, what, host, demo)

    return publish_one


@pytest.fixture
def published_site(publish: Publish) -> Version:
    """The platform's own site `civis` on `localhost`: only its four necessary cookies, English and French."""
    return publish("civis", registry())


@pytest.fixture
def asking_site(publish: Publish, published_site: Version) -> Version:
    """A second site, `town` on `town.localhost`, with first- and third-party entries that need consent."""
    town = registry(
        asking("theme", "personalisation", lifetime=parse_lifetime("P6M")),
        asking(
            "pages_seen",
            "advertising",
            hosts=("partner.localhost",),
            same_site="None",
            secure=True,
            partitioned=True,
            lifetime=parse_lifetime("P1M"),
            third_party_access=("Partner",),
            erase="http://partner.localhost:8000/erase",
        ),
        origin="http://town.localhost:8000",
    )
    return publish("town", town, "town.localhost")


@pytest.fixture
def owner(db: None) -> str:
    """The name of an owner whose password is PASSWORD."""
    from bredele.web.accounts import people

    people.add("owner", email="owner@example.org", owner=True, password=PASSWORD)
    return "owner"


@pytest.fixture
def signed_in(client: Client, owner: str, published_site: Version) -> Client:
    """A browser that went through the sign-in page."""
    page = client.get("/accounts/login/")
    token = page.cookies["csrftoken"].value
    answer = client.post("/accounts/login/", {"login": owner, "password": PASSWORD, "csrfmiddlewaretoken": token})
    assert answer.status_code == 302
    return client
