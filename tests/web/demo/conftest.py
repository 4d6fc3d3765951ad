"""The three example sites, published from the files that `bredele demo` publishes."""

from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from bredele.core.set_cookie import SetCookie, parse
from bredele.formats.toml import read_registry
from tests.serving import ROOT
from tests.web.conftest import Publish, browser


@pytest.fixture
def examples(publish: Publish) -> None:
    """The platform, the town and its partner."""
    from bredele.web.registry import sites

    for slug, host in (("civis", "localhost"), ("town", "town.localhost")):
        registry = read_registry((ROOT / "examples" / slug / "cookies.toml").read_bytes())
        publish(slug, registry, host, demo=slug == "town")
    sites.add("partner", "http://partner.localhost:8000", ("partner.localhost",), demo=True)


@pytest.fixture
def town(examples: None) -> Client:
    """A visitor of the town."""
    return browser("town.localhost:8000")


@pytest.fixture
def partner(examples: None) -> Client:
    """A browser at the partner's."""
    return browser("partner.localhost:8000")


def ask(client: Client, path: str, fields: dict[str, object] | None = None, **headers: str) -> HttpResponse:
    """A page, or with fields a form's answer. The client keeps what it is given as a browser does."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if fields is None:
        response = client.get(path, headers=named)
    else:
        form = "application/x-www-form-urlencoded"
        response = client.post(path, urlencode(fields, doseq=True), content_type=form, headers=named)
    for name in [name for name in client.cookies if ";" in name]:
        del client.cookies[name]
    for name, cookie in given(response).items():
        client.cookies[name] = cookie.value
        if cookie.max_age == 0:
            del client.cookies[name]
    answer: HttpResponse = response
    return answer


def given(response: HttpResponse) -> dict[str, SetCookie]:
    """The cookies of an answer by name."""
    cookies = [parse(morsel.output(header="").strip()) for morsel in response.cookies.values()]
    return {cookie.name: cookie for cookie in cookies}


def answer(client: Client, choice: str, *purposes: str) -> None:
    """Answer on the preference page."""
    fields = {"choice": choice, "version": "1", "purpose": list(purposes)}
    assert ask(client, "/cookies/preferences/", fields).status_code == 303
