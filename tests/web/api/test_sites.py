"""Drafts, problems, publishing and versions through the API, safe against two people at once."""

import json
from hashlib import sha256
from typing import Any

import pytest

from bredele.core.registry import Version
from tests.web.api.conftest import Machine, problem

pytestmark = pytest.mark.django_db
DRAFT = "/sites/civis/draft"


def read(machine: Machine) -> tuple[dict[str, Any], str]:
    """The draft and its entity tag."""
    answer = machine("GET", DRAFT)
    assert answer.status_code == 200
    return json.loads(answer.content), answer["ETag"]


def changed(draft: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The draft with other facts of its first entry."""
    first, *rest = draft["cookies"]
    return {**draft, "cookies": [{**first, **fields}, *rest]}


def test_a_draft_is_read_saved_checked_and_published(machine: Machine, published_site: Version) -> None:
    """Rules: REG-09, API-01"""
    draft, tag = read(machine)
    saved = machine("PUT", DRAFT, changed(draft, lifetime="P3D"), if_match=tag)
    assert saved.status_code == 200, saved.content
    assert saved["ETag"] == f'"{json.loads(saved.content)["revision"]}"'
    assert read(machine)[0]["cookies"][0]["lifetime"] == "P3D"
    checked = json.loads(machine("GET", "/sites/civis/problems").content)
    assert checked["blocked"] is False
    published = machine("POST", "/sites/civis/publish", if_match=saved["ETag"])
    assert published.status_code == 201, published.content
    assert json.loads(published.content)["number"] == published_site.number + 1
    assert json.loads(published.content)["by"] == "a machine"


def test_what_blocks_publishing_is_listed_with_place_and_cure(machine: Machine) -> None:
    """Rules: REG-01, REG-06, POL-01"""
    draft, tag = read(machine)
    first = {key: value for key, value in draft["cookies"][0].items() if key not in ("lifetime", "third_party_access")}
    saved = machine("PUT", DRAFT, {**draft, "cookies": [first, *draft["cookies"][1:]]}, if_match=tag)
    assert saved.status_code == 200, saved.content
    listed = json.loads(machine("GET", "/sites/civis/problems").content)
    assert listed["blocked"] is True
    told = problem(machine("POST", "/sites/civis/publish", if_match=saved["ETag"]), 409)
    places = {place["where"]: place for place in told["errors"]}
    assert {"cookies[0].lifetime", "cookies[0].third_party_access"} <= places.keys()
    assert all(place["cure"] for place in told["errors"])
    assert len(json.loads(machine("GET", "/sites/civis/versions").content)) == 1


def test_a_draft_that_someone_else_changed_is_not_overwritten(machine: Machine) -> None:
    """Rules: API-05"""
    draft, tag = read(machine)
    assert machine("PUT", DRAFT, changed(draft, provider="First"), if_match=tag).status_code == 200
    told = problem(machine("PUT", DRAFT, changed(draft, provider="Second"), if_match=tag), 412)
    assert "again" in told["cure"]
    assert read(machine)[0]["cookies"][0]["provider"] == "First"
    problem(machine("POST", "/sites/civis/publish", if_match=tag), 412)


@pytest.mark.parametrize("tag", ["", "*", "7", 'W/"1"', '"x"', '"99999999999"'])
def test_a_change_says_on_which_revision_it_was_made(machine: Machine, tag: str) -> None:
    headers = {"if_match": tag} if tag else {}
    draft, _ = read(machine)
    assert "If-Match" in problem(machine("PUT", DRAFT, draft, **headers), 428)["detail"]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b"", ""),
        (b"{", ""),
        (b"[]", ""),
        (b"\x00\x01\x02", ""),
        ({"schema": 2}, "schema"),
        ({"schema": 1, "unheard_of": 1}, "unheard_of"),
        ({"schema": 1, "cookies": [{"names": ["*"]}]}, "cookies[0].names"),
        ({"schema": 1, "cookies": [{"names": ["a"], "lifetime": "until I die"}]}, "cookies[0].lifetime"),
        ({"schema": 1, "cookies": [{"names": ["a"], "lifespan": "P1D"}]}, "cookies[0].lifespan"),
        ({"schema": 1, "cookies": "all of them"}, "cookies"),
        ({"schema": 1, "cookies": [{"names": []}]}, "cookies[0].names"),
    ],
)
def test_a_registry_of_the_wrong_shape_is_422_and_nothing_is_kept(machine: Machine, body: Any, where: str) -> None:
    """Rules: REG-01, REG-06, REG-11"""
    before, tag = read(machine)
    told = problem(machine("PUT", DRAFT, body, if_match=tag), 422)
    places = [place["where"] for place in told["errors"]] or [told["detail"]]
    assert any(where in place for place in places), told
    assert read(machine) == (before, tag)


def test_overlapping_patterns_of_different_purposes_are_told(machine: Machine) -> None:
    """Rules: REG-11"""
    draft, tag = read(machine)
    extra = [{"names": ["_pk_*"], "purpose": "measurement"}, {"names": ["_pk_id*"], "purpose": "advertising"}]
    answer = machine("PUT", DRAFT, {**draft, "cookies": [*draft["cookies"], *extra]}, if_match=tag)
    if answer.status_code == 200:
        listed = json.loads(machine("GET", "/sites/civis/problems").content)
        assert listed["blocked"] is True
        assert any("_pk_" in one["message"] for one in listed["problems"] if one["severity"] == "error")
    else:
        assert any("_pk_" in place["message"] for place in problem(answer, 422)["errors"])


def test_a_version_is_answered_byte_for_byte_as_its_hash_says(machine: Machine, published_site: Version) -> None:
    """Rules: REG-09"""
    listed = json.loads(machine("GET", "/sites/civis/versions").content)
    assert [row["number"] for row in listed] == [published_site.number]
    document = machine("GET", f"/sites/civis/versions/{published_site.number}")
    assert sha256(document.content).hexdigest() == listed[0]["sha256"]
    assert document["ETag"] == f'"{listed[0]["sha256"]}"'


@pytest.mark.parametrize(
    "path", ["/sites/nowhere/draft", "/sites/nowhere/versions", "/sites/civis/versions/99", "/sites/civis/proof"]
)
def test_what_is_not_there_is_404_with_a_cure(machine: Machine, path: str) -> None:
    told = problem(machine("GET", path), 404)
    assert told["cure"]


def test_the_same_draft_twice_and_nothing_to_publish(machine: Machine) -> None:
    _, tag = read(machine)
    problem(machine("POST", "/sites/civis/publish", if_match=tag), 409)
