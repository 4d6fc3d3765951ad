"""Template tags: content that waits for a purpose, and what stands in its place."""

import re

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from bredele.core.consent import Choice, choose
from bredele.core.registry import Version
from bredele.formats.published import PublishedSite
from bredele.web.enforcement.request import SiteRequest
from bredele.web.preferences.context import front_office
from tests.web.publishing import MOMENT

pytestmark = pytest.mark.django_db
FILM = (
    '{% load bredele %}{% gated "advertising" title="Our film" %}<iframe src="https://partner.example/"></iframe>'
    "{% endgated %}"
)


def request_of(version: Version, choice: Choice | None) -> SiteRequest:
    """A request as the middlewares leave it."""
    request = RequestFactory().get("/film/", headers={"host": "town.localhost:8000"})
    facts = {"known_host": True, "lang": "en", "choice": choice, "signal": False, "erase": (), "withdrawal": None}
    request.__dict__.update(facts)
    request.site = PublishedSite(
        slug="town", hosts=("town.localhost",), origin="http://town.localhost:8000", version=version
    )
    return request


def show(template: str, version: Version, *granted: str, answered: bool = True) -> str:
    """The template for a visitor."""
    request = request_of(version, choose(version, granted, MOMENT.date()) if answered else None)
    return Template(template).render(Context({"request": request, **front_office(request)}))


def test_granted_content_is_simply_there(asking_site: Version) -> None:
    """Rules: BAN-15"""
    assert show(FILM, asking_site, "advertising") == '<iframe src="https://partner.example/"></iframe>'


def test_refused_content_is_left_out_and_a_form_offers_it(asking_site: Version) -> None:
    """Rules: BAN-15, BAN-30"""
    page = show(FILM, asking_site, "personalisation")
    assert "partner.example" not in page
    assert "<template" not in page
    assert "Our film" in page
    assert "pages_seen" in page
    form = re.search(r'<form method="post" action="/consent".*?</form>', page, re.DOTALL)
    assert form
    assert set(re.findall(r'name="purpose" value="(\w+)"', form.group())) >= {"personalisation", "advertising"}
    assert 'name="next" value="/film/"' in form.group()
    assert 'name="choice" value="save"' in form.group()


def test_while_the_banner_asks_the_content_waits_in_the_page_inert(asking_site: Version) -> None:
    """Rules: BAN-01, BAN-15"""
    page = show(FILM, asking_site, answered=False)
    assert re.search(r'<template data-purpose="advertising"><iframe src="https://partner.example/"', page)


def test_several_purposes_must_all_be_granted(asking_site: Version) -> None:
    template = '{% load bredele %}{% gated "advertising personalisation" quiet=True %}in{% endgated %}'
    assert show(template, asking_site, "advertising").strip() == ""
    assert show(template, asking_site, "advertising", "personalisation") == "in"


@pytest.mark.parametrize("purpose", ["unheard-of", "", "  "])
def test_an_unknown_purpose_is_never_open(asking_site: Version, purpose: str) -> None:
    template = f'{{% load bredele %}}{{% gated "{purpose}" quiet=True %}}in{{% endgated %}}'
    assert "in" not in re.sub(r"<template.*", "", show(template, asking_site, "advertising", "personalisation"))


def test_a_condition_can_be_asked(asking_site: Version) -> None:
    template = '{% load bredele %}{% granted "advertising" as yes %}{{ yes }} {% granted "necessary" as yes %}{{ yes }}'
    assert show(template, asking_site) == "False True"
    assert show(template, asking_site, "advertising") == "True True"


@pytest.mark.parametrize("tag", ["{% gated %}", '{% gated "x" colour="red" %}', '{% gated "x" red %}'])
def test_a_wrong_tag_is_an_error_that_says_how(tag: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="gated"):
        Template(f"{{% load bredele %}}{tag}{{% endgated %}}")


def test_what_a_title_says_is_no_markup(asking_site: Version) -> None:
    request = request_of(asking_site, None)
    template = '{% load bredele %}{% gated "advertising" title=title provider=title %}{% endgated %}'
    page = Template(template).render(Context({"request": request, "title": "<b>x</b>", **front_office(request)}))
    assert page.count("&lt;b&gt;x") == 2
    assert "<b>" not in page


def test_consent_modes_are_declared_on_a_tag_that_does_not_wait(asking_site: Version) -> None:
    """Rules: BAN-31"""
    quiet = show("{% load bredele %}{% bredele_widget %}", asking_site)
    assert " defer" in quiet
    assert "data-google" not in quiet
    loud = show("{% load bredele %}{% bredele_widget google=True microsoft=True %}", asking_site)
    assert " defer" not in loud
    assert len(re.findall(r"\w+:\w+", re.search(r'data-google="([^"]+)"', loud)[1])) == 7  # type: ignore[index]  # it is there
    assert 'data-uet="ad_storage:advertising"' in loud
    assert 'data-clarity="ad_Storage:advertising analytics_Storage:measurement"' in loud


def test_a_grant_that_widens_the_pages_policy_asks_for_one_reload(asking_site: Version) -> None:
    tag = show("{% load bredele %}{% bredele_enhance %}", asking_site)
    assert 'data-reload="advertising"' in tag
    assert "data-strict" in tag
