"""The trust page and the policy page as a visitor gets them."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.core.wording import wording
from tests.web.conftest import Publish, browser, registry

pytestmark = pytest.mark.django_db
POLICY = "/terms/cookies-policy/"
PAGES = ("/", POLICY, f"{POLICY}versions/", "/cookies/preferences/", "/data/")


class Outline(HTMLParser):
    """Headings, names in tables and links of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[tuple[str, str]] = []
        self.links: list[str] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._open.append(tag)
        self.links += [value or "" for name, value in attrs if tag == "a" and name == "href"]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.text += [(tag, data.strip()) for tag in self._open]

    def inside(self, tag: str) -> list[str]:
        """Every text inside an element of this name."""
        return [data for opened, data in self.text if opened == tag]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_public_page_sets_no_cookie_and_has_one_heading(
    client: Client, published_site: Version, address: str, language: str
) -> None:
    """Rules: C1, PLT-02, POL-09"""
    answer = client.get(address, {"lang": language})
    assert answer.status_code == 200
    assert not answer.cookies
    page = Outline(answer.content.decode())
    assert page.tags.count("h1") == 1
    assert page.tags.count("main") == 1
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_has_no_inline_script_or_style(client: Client, published_site: Version, address: str) -> None:
    """Rules: PLT-11"""
    page = client.get(address).content.decode()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page)
    assert not re.search(r'(?:src|href)="https?://(?!localhost)', page)


@pytest.mark.parametrize("address", PAGES)
def test_policy_and_preferences_are_one_click_away_from_every_page(
    client: Client, published_site: Version, address: str
) -> None:
    """Rules: POL-12, BAN-09, C16"""
    links = Outline(client.get(address).content.decode()).links
    assert POLICY in links
    assert "/cookies/preferences/" in links


def test_every_row_of_the_registry_is_in_the_policy_and_no_other(client: Client, asking_site: Version) -> None:
    """Rules: POL-01, POL-03, POL-04, V3"""
    page = Outline(browser("town.localhost:8000").get(POLICY).content.decode())
    declared = [name for entry in asking_site.registry.cookies for name in entry.names]
    shown = [text for tag, text in page.text if tag == "th" and text in declared]
    assert sorted(set(shown)) == sorted(declared)
    names_in_rows = re.findall(
        r'<code class="name">([^<]+)</code>', browser("town.localhost:8000").get(POLICY).content.decode()
    )
    assert sorted(set(names_in_rows)) == sorted(declared)


def test_the_policy_keeps_the_order_of_the_document(client: Client, published_site: Version) -> None:
    """Rules: POL-02, V1"""
    page = Outline(client.get(POLICY).content.decode())
    headings = [text for tag, text in page.text if tag in ("h1", "h2", "h3")]
    words = wording("en")
    order = [words.title, words.cookie_heading, "http://localhost:8000", words.choices_heading, "Date and version"]
    places = [next(place for place, text in enumerate(headings) if start in text) for start in order]
    assert places == sorted(places)


def test_the_table_has_the_four_columns_of_the_document_then_the_lifetime(
    client: Client, published_site: Version
) -> None:
    """Rules: V1, POL-03"""
    heads = Outline(client.get(POLICY).content.decode()).inside("thead")
    assert heads[:5] == list(wording("en").columns[:5])


def test_the_policy_shows_its_version_and_date(client: Client, published_site: Version) -> None:
    """Rules: POL-01"""
    assert "This is version 1, published on 24 November 2026." in client.get(POLICY).content.decode()
    assert "version 1, publiée le 24 novembre 2026" in client.get(POLICY, {"lang": "fr"}).content.decode()


def test_the_policy_links_its_twin_and_its_languages(client: Client, published_site: Version) -> None:
    """Rules: POL-11, V1"""
    page = client.get(POLICY).content.decode()
    assert '<link rel="alternate" type="application/json" href="/terms/cookies-policy.json?lang=en">' in page
    assert '<link rel="alternate" hreflang="fr" href="/terms/cookies-policy/?lang=fr">' in page


def test_a_name_is_shown_as_text_whatever_it_holds(publish: Publish) -> None:
    """A declaration is data: its words never become markup."""
    what = registry(origin="http://odd.localhost:8000")
    entry = what.cookies[0]
    odd = type(entry)(**{name: getattr(entry, name) for name in entry.__struct_fields__} | {"names": ("<b>x</b>",)})
    publish("odd", type(what)(site=what.site, cookies=(odd, *what.cookies[1:])), "odd.localhost")
    page = browser("odd.localhost:8000").get(POLICY).content.decode()
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_a_site_without_a_version_says_so_kindly(client: Client) -> None:
    """Rules: C1"""
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Nothing published yet" in answer.content.decode()
    assert client.get("/terms/cookies-policy.json").status_code == 404


def test_an_unknown_host_gets_the_default_site(published_site: Version) -> None:
    answer = browser("elsewhere.example").get(POLICY)
    assert answer.status_code == 200
    assert "sessionid" in answer.content.decode()
