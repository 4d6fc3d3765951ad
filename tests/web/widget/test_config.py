"""`/bredele.json`: what a site that Bredele does not serve needs, the same for every visitor."""

import json
import re

import msgspec
import pytest
from django.test import Client

from bredele.core.consent import choose, encode
from bredele.core.registry import Version
from tests.web.conftest import browser
from tests.web.publishing import MOMENT

pytestmark = pytest.mark.django_db
TOWN = "town.localhost:8000"


@pytest.fixture
def visitor() -> Client:
    return browser(TOWN)


def test_it_says_what_is_asked_since_when_and_in_which_order(asking_site: Version, visitor: Client) -> None:
    said = json.loads(visitor.get("/bredele.json?lang=en").content)
    optional = list(asking_site.registry.optional_purposes())
    assert said["version"] == asking_site.number
    assert said["orders"] == {"1": optional}
    assert said["since"] == {"personalisation": 1, "advertising": 1}
    assert said["exempt"] == [purpose for purpose in optional if purpose not in said["since"]]
    assert set(said["labels"]) == set(optional)
    assert "{who}" in said["words"]["ask"]
    assert "{purpose}" in said["words"]["allow"]


def test_it_holds_the_servers_own_banner_and_its_style(asking_site: Version, visitor: Client) -> None:
    """Rules: BAN-02, BAN-05, BAN-13"""
    said = json.loads(visitor.get("/bredele.json?lang=en").content)
    page = visitor.get("/").content.decode()
    shown = re.search(r"<section[^>]*data-bredele-banner.*?</section>", page, re.DOTALL)
    assert shown
    notice = re.compile(r"<p data-bredele-signal hidden>.*?</p>\n", re.DOTALL)
    assert notice.search(said["html"])
    assert notice.sub("", said["html"]).split() == shown.group().split()
    assert ".bredele-banner" in said["css"]


def test_a_shared_cache_may_keep_it_and_nothing_in_it_is_anybodys(asking_site: Version, visitor: Client) -> None:
    """Rules: BAN-20"""
    stranger = visitor.get("/bredele.json?lang=fr")
    visitor.cookies["cookies_preferences"] = encode(choose(asking_site, ["advertising"], MOMENT.date(), "an-id"))
    visitor.cookies["django_language"] = "en"
    known = visitor.get("/bredele.json?lang=fr", headers={"sec-gpc": "1"})
    assert known.content == stranger.content
    assert known.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in known.headers["Vary"]
    assert "Sec-GPC" not in known.headers["Vary"]
    assert not known.cookies
    assert visitor.get("/bredele.json?lang=fr", headers={"if-none-match": known.headers["ETag"]}).status_code == 304


def test_without_a_published_language_no_cache_shares_it(asking_site: Version, visitor: Client) -> None:
    for query in ("", "?lang=", "?lang=xx"):
        answer = visitor.get(f"/bredele.json{query}")
        assert answer.headers["Cache-Control"] == "no-cache"
        assert "Cookie" in answer.headers["Vary"]


def test_each_language_has_its_own_words(asking_site: Version, visitor: Client) -> None:
    """Rules: POL-08, BAN-28"""
    said = {code: json.loads(visitor.get(f"/bredele.json?lang={code}").content) for code in ("en", "fr")}
    assert "Refuse all" in said["en"]["html"]
    assert "Tout refuser" in said["fr"]["html"]
    assert said["en"]["words"].keys() == said["fr"]["words"].keys()
    assert all(said["en"]["words"][key] != words for key, words in said["fr"]["words"].items())


def test_where_nothing_needs_consent_there_is_no_banner(published_site: Version, client: Client) -> None:
    """Rules: BAN-14"""
    said = json.loads(client.get("/bredele.json?lang=en").content)
    assert (said["html"], said["since"]) == ("", {})


def test_before_the_first_version_there_is_none(client: Client, db: None) -> None:
    assert client.get("/bredele.json?lang=en").status_code == 404


def test_orders_of_earlier_versions_are_kept(asking_site: Version) -> None:
    from bredele.web.widget.config import configuration

    later = msgspec.structs.replace(asking_site, number=3, earlier={1: ("advertising",), 2: ()})
    orders = configuration(later, "en").orders
    assert orders == {"1": ("advertising",), "2": (), "3": asking_site.registry.optional_purposes()}


def test_the_widget_itself_is_one_file_at_one_address(asking_site: Version, visitor: Client) -> None:
    plain = visitor.get("/bredele.js")
    assert plain.status_code == 200
    assert plain.headers["Content-Type"].startswith("text/javascript")
    assert not plain.cookies
    packed = visitor.get("/bredele.js", headers={"accept-encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert len(packed.getvalue()) < len(plain.getvalue()) / 2
