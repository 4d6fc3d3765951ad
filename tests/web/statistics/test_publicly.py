"""The public page, its files and its frames: not there unless the owner says so, and never finer than ten."""

import csv
import html
import io
import json
import re
from typing import Any

import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.stats.board import PANELS
from bredele.web.statistics.happened import note
from bredele.web.statistics.sharing import InvalidFrame, Shared, read_frame, read_frames, share
from bredele.web.statistics.store import counting, statistics_store
from tests.web.conftest import browser
from tests.web.statistics.conftest import Town

ADDRESSES = ("/statistics/", "/statistics.json", "/statistics.csv", "/statistics/embed/chart/")
SAFE = re.compile(r"[1-9]\d*0|<10")


def numbers(found: Any) -> list[Any]:
    """Every figure of a JSON answer: what stands under `figures`, and every number at all."""
    if isinstance(found, dict):
        return [one for value in found.values() for one in numbers(value)]
    if isinstance(found, list):
        return [one for value in found for one in numbers(value)]
    return [found] if found == "<10" or (isinstance(found, (int, float)) and not isinstance(found, bool)) else []


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_public_by_default(client: Client, town: Town, address: str) -> None:
    """Rules: PLT-11"""
    assert client.get(address).status_code == 404
    share("civis", Shared(public=True))
    assert client.get(address).status_code == 200
    share("civis", Shared())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["", "?period=7d", "?period=month&compare=before", "?only=page:/", "?panel=pages"])
def test_every_figure_of_a_file_is_a_multiple_of_ten_or_below(client: Client, public: Town, query: str) -> None:
    """Rules: ANA-04, ANA-14"""
    told = json.loads(client.get(f"/statistics.json{query}").content)
    tables = [*told["tables"], *(told["before"]["tables"] if told["before"] else [])]
    found = numbers([row["figures"] for table in tables for row in table["rows"]])
    assert len(found) > 20
    assert [one for one in found if not SAFE.fullmatch(str(one))] == []
    lines = list(csv.DictReader(io.StringIO(client.get(f"/statistics.csv{query}").content.decode())))
    assert len(lines) == len(found)
    assert [line for line in lines if not SAFE.fullmatch(line["figure"])] == []
    assert [line["figure"] for line in lines] == [str(one) for one in found]


def test_a_file_may_be_read_by_any_page_and_is_named(client: Client, public: Town) -> None:
    answer = client.get("/statistics.csv?period=7d")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert re.search(r'filename="civis-statistics-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv"', answer["Content-Disposition"])
    assert client.get("/statistics.json?only=person:1").status_code == 422


@pytest.mark.parametrize("name", ["figures", "chart", *PANELS])
def test_each_panel_stands_alone_in_a_frame_with_a_policy_of_its_own(client: Client, public: Town, name: str) -> None:
    """Rules: ANA-14"""
    answer = client.get(f"/statistics/embed/{name}/?period=7d")
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self' https://www.example.org")
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")
    assert not answer.cookies
    page = answer.content.decode()
    assert "<script" not in page
    assert "data-bredele-banner" not in page
    shown = re.findall(r'class="number"><bdi>([^<]*)</bdi>', page)
    wrong = [one for one in map(html.unescape, shown) if not re.fullmatch(r"[\d\u202f]*0|<10|–|\d+ %|\d+ s|", one)]
    assert wrong == []


def test_frames_are_refused_to_all_but_the_site_unless_they_are_named(client: Client, town: Town) -> None:
    share("civis", Shared(public=True))
    policy = client.get("/statistics/embed/chart/")["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self'")
    assert client.get("/statistics/embed/people/").status_code == 404
    assert client.get("/statistics/embed/chart/?period=minute").status_code == 422


def test_a_view_of_a_frame_is_not_counted(client: Client, public: Town) -> None:
    before = dict(statistics_store().hourly("civis", public.today, public.today))
    client.get(
        "/statistics/embed/chart/", headers={"sec-fetch-dest": "iframe", "user-agent": "Mozilla/5.0 Firefox/150"}
    )
    assert dict(statistics_store().hourly("civis", public.today, public.today)) == before


@pytest.mark.parametrize(("language", "words"), [("en", "How this site is read"), ("fr", "Comment ce site est lu")])
def test_the_page_speaks_the_site_s_languages(client: Client, public: Town, language: str, words: str) -> None:
    page = client.get(f"/statistics/?lang={language}").content.decode()
    assert words in page
    assert f'lang="{language}"' in page


def test_a_question_that_cannot_be_is_answered_with_its_cure(client: Client, public: Town) -> None:
    answer = client.get("/statistics/?only=country:FR&only=device:mobile")
    assert answer.status_code == 422
    assert "There are two filters." in answer.content.decode()


def test_what_the_owner_noted_stays_with_the_owner(client: Client, public: Town) -> None:
    note("civis", public.today, "Our secret plan", "owner", counting().now())
    page = client.get("/statistics/").content.decode()
    assert "Our secret plan" not in page
    assert "Version 1 of the cookies policy" in page


def test_other_pages_lead_there_while_it_is_public(client: Client, public: Town) -> None:
    for address in ("/", "/data/"):
        assert 'href="/statistics/"' in client.get(address).content.decode()
        share("civis", Shared())
        assert 'href="/statistics/"' not in client.get(address).content.decode()
        share("civis", Shared(public=True))


def test_another_host_shows_nothing_of_it(public: Town, asking_site: Version) -> None:
    """Rules: ANA-02"""
    assert browser("town.localhost:8000").get("/statistics/").status_code == 404
    assert browser("elsewhere.example").get("/statistics/").status_code == 404


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("https://Example.org:8443/", "https://example.org:8443"),
        ("http://town.localhost:8000", "http://town.localhost:8000"),
    ],
)
def test_an_origin_of_a_frame_is_kept_as_browsers_write_it(line: str, origin: str) -> None:
    assert read_frame(line) == origin


@pytest.mark.parametrize(
    "line",
    [
        "http://example.org", "example.org", "https://", "https://a/b", "https://a?b", "https://u@a", "*",
        "https://*.example.org", "https://a;script-src *", "https://a b", "https://a:b", "javascript:x", "data:",
    ],
)  # fmt: skip
def test_what_is_no_origin_never_reaches_the_policy(line: str) -> None:
    with pytest.raises(InvalidFrame) as found:
        read_frame(line)
    assert found.value.cure


def test_origins_are_few_and_each_once() -> None:
    assert read_frames(("https://a.example", "https://A.example/")) == ("https://a.example",)
    with pytest.raises(InvalidFrame):
        read_frames(tuple(f"https://{number}.example" for number in range(21)))
