"""Statistics through the API: who may ask, one table a question, and what is never counted."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from bredele.core.registry import Version
from bredele.web.accounts import tokens
from bredele.web.statistics.sharing import Shared, share
from bredele.web.statistics.store import counting, statistics_store
from tests.stats.town import fill_town
from tests.web.api.conftest import Machine, calls, problem, send
from tests.web.publishing import MOMENT

SITE = "/sites/civis/statistics"


@pytest.fixture
def today(published_site: Version) -> date:
    """Sixty days of a town up to this day."""
    day = counting().now().date()
    fill_town(statistics_store(), day, 2, day - timedelta(days=59), 60, 200, site="civis")
    return day


def figures(body: dict[str, Any]) -> list[Any]:
    """Every figure of an answer."""
    return [one for row in body["rows"] for one in row["figures"].values()]


def test_known_callers_ask_and_strangers_only_where_it_is_public(client: Client, machine: Machine, today: date) -> None:
    """Rules: API-01, PLT-11"""
    assert machine("GET", SITE).status_code == 200
    told = problem(send(client, "GET", "/statistics"), 403)
    assert "back office" in told["cure"]
    problem(send(client, "GET", SITE), 401)
    share("civis", Shared(public=True))
    answer = send(client, "GET", "/statistics?by=pages")
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert json.loads(answer.content) == json.loads(machine("GET", f"{SITE}?by=pages").content)


QUESTIONS = (
    "", "?by=total", "?by=month&from=2026-01-01", "?by=pages", "?by=entries", "?by=exits", "?by=referrers",
    "?by=countries", "?by=devices", "?by=browsers", "?by=languages", "?by=screens", "?by=time", "?by=load",
    "?by=pages&filter=country:FR", "?by=day&filter=page:/", "?by=total&filter=device:mobile",
    "?by=month&filter=country:FR", "?by=countries&filter=page:/",
)  # fmt: skip


def test_every_figure_is_a_multiple_of_ten_or_below(machine: Machine, today: date) -> None:
    """Rules: ANA-04, ANA-14"""
    found = {query: figures(json.loads(machine("GET", SITE + query).content)) for query in QUESTIONS}
    assert [query for query in QUESTIONS if not found[query]] == []
    safe = {
        query: [one == "<10" or (isinstance(one, int) and one >= 10 and one % 10 == 0) for one in found[query]]
        for query in QUESTIONS
    }
    assert [query for query in QUESTIONS if not all(safe[query])] == []


def test_the_hours_of_a_day(machine: Machine, today: date) -> None:
    """Rules: ANA-20"""
    body = json.loads(machine("GET", f"{SITE}?by=hour&from={today}&to={today}").content)
    assert len(body["rows"]) == 24
    assert body["rows"][13]["period"] == f"{today}T13"


@pytest.mark.parametrize(
    ("query", "where", "cure"),
    [
        ("?by=minute", "query.by", "'hour'"),
        ("?by=visitor", "query.by", "'pages'"),
        ("?filter=country:FR&filter=device:mobile", "filter", "Keep one"),
        ("?filter=person:1", "filter", "country"),
        ("?filter=country", "filter", "country:FR"),
        ("?by=hour", "by", "same day"),
        ("?by=hour&filter=country:FR", "by", "Leave the filter out"),
        ("?by=browsers&filter=country:FR", "by", "pages, referrers, devices"),
        ("?by=entries&filter=country:FR", "by", "pages, referrers, devices"),
        ("?by=pages&limit=100000", "query.limit", "documentation"),
        ("?from=2026-11-03&to=2026-11-01", "from", "earlier day"),
    ],
)
def test_what_is_never_counted_is_422_with_its_cure(
    machine: Machine, today: date, query: str, where: str, cure: str
) -> None:
    """Rules: ANA-20, ANA-21, API-05"""
    told = problem(machine("GET", SITE + query), 422)
    assert [place["where"] for place in told["errors"]] == [where]
    assert cure in told["cure"] + "".join(place["cure"] for place in told["errors"])


def test_the_same_question_by_post(machine: Machine, today: date) -> None:
    body = {"dataset": "statistics", "by": "pages", "filter": {"country": "FR"}, "limit": 3}
    told = json.loads(machine("POST", "/query", body).content)
    assert told == json.loads(machine("GET", f"{SITE}?by=pages&filter=country:FR&limit=3").content)
    assert told["filter"] == {"country": "FR"}
    assert len(told["rows"]) == 3
    assert told["more"] > 0


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"by": "minute"}, "body.by"),
        ({"by": "page"}, "body.by"),
        ({"filter": {"country": "FR", "device": "mobile"}}, "filter"),
        ({"filter": {"ip": "1.2.3.4"}}, "filter"),
        ({"filter": ["country:FR"]}, "body.filter"),
        ({"people": True}, "body.people"),
    ],
)
def test_the_same_faults_by_post(machine: Machine, today: date, body: dict[str, Any], where: str) -> None:
    """Rules: ANA-20, ANA-21, API-05"""
    told = problem(machine("POST", "/query", {"dataset": "statistics", **body}), 422)
    assert [place["where"] for place in told["errors"]] == [where]
    assert all(place["cure"] for place in told["errors"])


def test_a_token_of_one_site_reads_no_other(today: date, asking_site: Version) -> None:
    """Rules: ANA-02"""
    machine = calls(tokens.add("town only", MOMENT, site="town"))
    problem(machine("GET", SITE), 403)
    assert machine("GET", "/sites/town/statistics").status_code == 200


def test_a_deployment_is_noted_listed_and_forgotten(machine: Machine, reader: Machine, today: date) -> None:
    made = machine("POST", "/sites/civis/annotations", {"text": "  Release   2.4 "})
    assert made.status_code == 201
    noted = json.loads(made.content)
    assert noted == {"id": noted["id"], "day": today.isoformat(), "text": "Release 2.4", "by": "a machine"}
    listed = json.loads(reader("GET", "/sites/civis/annotations").content)
    assert noted in listed
    assert any(one["id"] is None and "Version 1" in one["text"] for one in listed)
    problem(reader("POST", "/sites/civis/annotations", {"text": "x"}), 403)
    problem(reader("DELETE", f"/sites/civis/annotations/{noted['id']}"), 403)
    assert machine("DELETE", f"/sites/civis/annotations/{noted['id']}").status_code == 204
    problem(machine("DELETE", f"/sites/civis/annotations/{noted['id']}"), 404)


@pytest.mark.parametrize(
    ("body", "where"),
    [({"text": " "}, "text"), ({"text": "x" * 201}, "text"), ({"text": "x", "day": "1999-01-01"}, "day"),
     ({"text": "x", "day": "soon"}, "body.day"), ({}, "body.text"), ({"text": "x", "who": "me"}, "body.who")],
)  # fmt: skip
def test_a_note_that_cannot_be_kept_is_422(machine: Machine, body: dict[str, Any], where: str) -> None:
    told = problem(machine("POST", "/sites/civis/annotations", body), 422)
    assert [place["where"] for place in told["errors"]] == [where]
