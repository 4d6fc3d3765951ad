"""A site with a draft to work on."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from bredele.core.lifetime import parse_lifetime
from bredele.core.registry import Registry, Version
from bredele.web.accounts import people
from bredele.web.registry import drafts
from tests.web.conftest import PASSWORD, Publish, asking, browser, registry
from tests.web.publishing import MOMENT

Draft = Callable[[Registry], None]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Sign-ins are limited by the minute; each test begins with none."""
    cache.clear()


@pytest.fixture
def town(publish: Publish) -> Version:
    """A published site whose draft asks consent for one cookie."""
    theme = asking("theme", "personalisation", lifetime=parse_lifetime("P6M"))
    what = registry(theme, origin="http://town.localhost:8000")
    drafted = publish("town", what, "town.localhost")
    drafts.change("town", what, "tests", MOMENT, "As published")
    return drafted


@pytest.fixture
def colleague(town: Version) -> Client:
    """A second person, signed in beside the first."""
    people.add("colleague", password=PASSWORD)
    client = browser("localhost:8000")
    page = client.get("/accounts/login/")
    token = page.cookies["csrftoken"].value
    client.post("/accounts/login/", {"login": "colleague", "password": PASSWORD, "csrfmiddlewaretoken": token})
    return client
