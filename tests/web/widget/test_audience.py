"""`{% bredele_audience %}`: rendered where a site counts, the same for everybody; each view is told once."""

import re

import msgspec
import pytest
from django.template import Context, Template
from django.test import Client
from pytest_django import Settings as SettingsWrapper

from bredele.core.consent import choose, encode
from bredele.core.declaration import Exemption
from bredele.core.lifetime import parse_lifetime
from bredele.core.objection import objection
from bredele.core.registry import Registry, Statistics, Version
from tests.web.conftest import Publish, browser, necessary, registry
from tests.web.publishing import MOMENT
from tests.web.statistics.test_counting import POLICY, VISIT, hourly

pytestmark = pytest.mark.django_db
SCRIPT = re.compile(r"<script src=\"/bredele-audience.js\"[^>]*></script>")


def counting(mode: Statistics) -> Registry:
    """A site of another origin with a mode of statistics, and the cookie one of them takes."""
    cookie = necessary("audience_day", "Statistics", "To count visitors", lifetime=parse_lifetime("P1M"))
    cookie = msgspec.structs.replace(
        cookie, purpose=("measurement",), exemption=Exemption(kind="audience", reason={"en": "Sums.", "fr": "Sommes."})
    )
    made = registry(*([cookie] if mode == "visitors" else []), origin="http://town.localhost:8000")
    return msgspec.structs.replace(made, site=msgspec.structs.replace(made.site, statistics=mode))


def test_the_tag_says_that_the_server_counts_and_knows_objections(published_site: Version, client: Client) -> None:
    """Rules: ANA-08"""
    page = client.get(POLICY).content.decode()
    (tag,) = SCRIPT.findall(page)
    assert 'data-rest="1"' in tag
    assert "data-visitors" not in tag
    assert "<noscript>" not in page
    objecting = client.get(POLICY, headers={"sec-gpc": "1"}).content.decode()
    assert SCRIPT.findall(objecting) == [tag]


def test_the_pattern_finds_objections_and_nothing_else(published_site: Version) -> None:
    """Rules: ANA-08"""
    pattern = objection(published_site)
    for granted in ([], ["measurement"]):
        cookie = f"a=b; cookies_preferences={encode(choose(published_site, granted, MOMENT.date()))}"
        assert bool(re.search(pattern, cookie)) is not bool(granted)
    assert not re.search(pattern, "cookies_preferences=nonsense")


def test_a_site_that_counts_nothing_has_no_script(publish: Publish) -> None:
    """Rules: ANA-23"""
    publish("town", counting("off"))
    assert b"bredele-audience" not in browser("town.localhost:8000").get(POLICY).content


def test_an_unknown_host_has_no_script(published_site: Version) -> None:
    assert b"bredele-audience" not in browser("unknown.example").get(POLICY).content


def test_where_visitors_are_counted_the_page_tells_and_the_server_does_not(publish: Publish) -> None:
    publish("town", counting("visitors"))
    visitor = browser("town.localhost:8000")
    page = visitor.get(POLICY, headers={**VISIT, "referer": "https://search.example/?q=private"}).content.decode()
    (tag,) = SCRIPT.findall(page)
    assert 'data-visitors="1"' in tag
    assert "data-rest" not in tag
    assert '<noscript><img class="erase" src="/collect?referrer=https%3A%2F%2Fsearch.example" alt=""' in page
    assert "private" not in page
    assert hourly("town") == {}


def test_a_page_loaded_again_begins_no_visit(published_site: Version, client: Client) -> None:
    client.get(POLICY, headers=VISIT)
    client.get(POLICY, headers={**VISIT, "cache-control": "max-age=0"})
    assert hourly() == {"views": 2, "visits": 1}


def test_without_the_middleware_the_page_tells_by_itself(published_site: Version, settings: SettingsWrapper) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "Statistics" not in name]
    tag = SCRIPT.findall(browser("localhost:8000").get(POLICY).content.decode())[0]
    assert "data-rest" not in tag


def test_the_least_is_a_script_of_its_own_and_an_archived_page_has_none() -> None:
    template = Template("{% load bredele %}{% bredele_audience views_only=True %}")
    assert template.render(Context({})) == ""
