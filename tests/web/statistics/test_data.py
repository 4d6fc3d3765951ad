"""The open data: page, files, explorer without JavaScript."""

import csv
import io
import json
import re
from datetime import UTC, datetime

import msgspec
import pytest
from django.test import Client

from bredele.core.declaration import Exemption
from bredele.core.lifetime import parse_lifetime
from bredele.core.registry import Version
from bredele.stats.event import choice_made, page_view
from bredele.web.statistics.sharing import Shared, share
from bredele.web.statistics.store import statistics_store
from tests.web.conftest import Publish, browser, necessary, registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(published_site: Version) -> Version:
    """A site with views and answers: some figures under ten, some above."""
    store, now = statistics_store(), datetime.now(UTC)
    for _ in range(34):
        store.add(page_view("civis", "/terms/cookies-policy/", now))
    for _ in range(7):
        store.add(page_view("civis", "/rare/", now))
        store.add(choice_made("civis", 1, "refused", now))
    for _ in range(15):
        store.add(page_view("civis", "/", now))
        store.add(choice_made("civis", 1, "accepted", now))
    return published_site


def rows(client: Client, name: str) -> list[dict[str, object]]:
    """The rows of a JSON file."""
    found: list[dict[str, object]] = json.loads(client.get(f"/data/{name}").content)["rows"]
    return found


def test_the_page_shows_rounded_figures_and_says_why(client: Client, counted: Version) -> None:
    """Rules: ANA-14"""
    page = client.get("/data/").content.decode()
    assert "a figure under ten reads “&lt;10”" in page
    shown = re.findall(r'<td class="number"><bdi>([^<]+)</bdi></td>', page)
    assert {"60", "&lt;10"} <= set(shown)
    assert not {"34", "7", "15", "56"} & set(shown)


def test_every_declared_cookie_is_a_row_of_the_files(client: Client, counted: Version) -> None:
    """Rules: POL-03"""
    declared = [list(entry.names) for entry in counted.registry.cookies]
    assert [row["names"] for row in rows(client, "cookies.json")] == declared
    table = list(csv.DictReader(io.StringIO(client.get("/data/cookies.csv").content.decode())))
    assert [row["names"] for row in table] == [" ".join(names) for names in declared]


@pytest.mark.parametrize("name", ["cookies", "choices", "views", "views?by=page"])
def test_a_table_without_rows_still_names_its_columns(client: Client, published_site: Version, name: str) -> None:
    dataset, _, query = name.partition("?")
    head, *_ = csv.reader(io.StringIO(client.get(f"/data/{dataset}.csv?{query}").content.decode()))
    expected = {"cookies": "lifetime_text", "choices": "withdrawn", "views": "views"}[dataset]
    assert expected in head


def test_a_spreadsheet_runs_nothing_of_a_downloaded_file(client: Client, publish: Publish) -> None:
    publish("civis", registry(necessary("odd", "Odd", "=1+1")))
    assert "'=1+1" in client.get("/data/cookies.csv").content.decode()


def test_views_and_choices_are_released_figures_only(client: Client, counted: Version) -> None:
    """Rules: ANA-14, ANA-16"""
    days = rows(client, "views.json")
    assert len(days) == 28
    assert days[-1]["views"] == 60
    assert days[0]["views"] == "<10"
    released = {row["page"]: row["views"] for row in rows(client, "views.json?by=page")}
    assert released["/terms/cookies-policy/"] == 30
    assert "/rare/" not in released
    choice = rows(client, "choices.json")[0]
    assert (choice["accepted"], choice["refused"]) == (20, "<10")


@pytest.mark.parametrize("name", ["cookies", "choices", "views"])
@pytest.mark.parametrize(("form", "kind"), [("json", "application/json"), ("csv", "text/csv; charset=utf-8")])
def test_files_are_open_to_all_and_set_nothing(
    client: Client, counted: Version, name: str, form: str, kind: str
) -> None:
    """Rules: C1, C10"""
    answer = client.get(f"/data/{name}.{form}")
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert f'filename="civis-{name}.{form}"' in answer["Content-Disposition"]
    assert not answer.cookies


def test_a_file_nobody_offers_is_not_found(client: Client, counted: Version) -> None:
    assert client.get("/data/visitors.json").status_code == 404
    assert client.get("/data/views.xml").status_code == 404


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("dataset=cookies&by=day", "/api/v1/cookies"),
        ("dataset=choices", "/api/v1/choices"),
        ("dataset=views&by=page", "/api/v1/views?by=page"),
        ("dataset=views&by=%27", "/api/v1/views"),
        ("dataset=views&by=pages", "/api/v1/views"),
        ("dataset=statistics&by=pages", "/api/v1/statistics?by=pages"),
        ("dataset=statistics&by=page", "/api/v1/statistics"),
    ],
)
def test_the_explorer_leads_to_the_api_without_javascript(
    client: Client, published_site: Version, query: str, address: str
) -> None:
    """Rules: BAN-30, API-01"""
    answer = client.get(f"/data/explore/?{query}")
    assert (answer.status_code, answer["Location"]) == (303, address)


def test_an_unknown_dataset_is_refused_with_the_known_ones(client: Client, published_site: Version) -> None:
    answer = client.get("/data/explore/?dataset=people")
    assert answer.status_code == 422
    assert "cookies, choices, views, statistics" in answer.content.decode()


def test_the_explorer_offers_the_statistics_to_whom_they_are_open(signed_in: Client) -> None:
    """Rules: API-01, PLT-11"""
    offered, client = '<option value="statistics">', browser("localhost:8000")
    assert offered not in client.get("/data/").content.decode()
    assert offered in signed_in.get("/data/").content.decode()
    answer = signed_in.get("/data/explore/?dataset=statistics&by=pages")
    assert answer["Location"] == "/api/v1/sites/civis/statistics?by=pages"
    assert signed_in.get(answer["Location"]).status_code == 200
    share("civis", Shared(public=True))
    page = client.get("/data/").content.decode()
    assert offered in page
    asked = re.findall(r'<option value="([a-z]+)">', page[page.index('data-of="statistics"') :])
    assert len(asked) == 17
    for by in asked:
        assert client.get(f"/api/v1/statistics?by={by}").status_code == 200


def test_the_explorer_posts_only_for_who_is_signed_in(client: Client, published_site: Version) -> None:
    """Rules: API-01, C11"""
    assert " data-signed-in" not in client.get("/data/").content.decode()


def test_a_signed_in_owner_sees_the_posting_explorer(signed_in: Client) -> None:
    """Rules: API-01"""
    assert " data-signed-in" in signed_in.get("/data/").content.decode()


def test_the_page_says_what_the_mode_stores(client: Client, publish: Publish, published_site: Version) -> None:
    """Rules: POL-07"""
    assert "nothing stored on anyone’s device" in client.get("/data/").content.decode()
    entry = necessary("audience_day", "Counting", "To count visitors", lifetime=parse_lifetime("P1M"))
    audience = Exemption(kind="audience", reason={"en": "Sums only.", "fr": "Des sommes seulement."})
    entry = msgspec.structs.replace(entry, purpose=("measurement",), exemption=audience)
    what = registry(entry)
    site = msgspec.structs.replace(what.site, statistics="visitors")
    publish("civis", msgspec.structs.replace(what, site=site))
    page = client.get("/data/").content.decode()
    assert "holds a date that is the same for everybody" in page
    assert "nothing stored on anyone’s device" not in page
