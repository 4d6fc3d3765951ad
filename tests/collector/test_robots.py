"""Requests no person made."""

import pytest

from bredele.collector.robots import navigation, objects, prefetched, robot

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0"


@pytest.mark.parametrize("software", ["Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8.5.0", ""])
def test_robots_and_nameless_software_are_recognised(software: str) -> None:
    assert robot(software)


def test_a_browser_is_no_robot() -> None:
    assert not robot(FIREFOX)


@pytest.mark.parametrize("headers", [{"sec-purpose": "prefetch"}, {"purpose": "prefetch"}, {"x-moz": "Prefetch"}])
def test_pages_fetched_ahead_are_recognised(headers: dict[str, str]) -> None:
    assert prefetched(headers)
    assert not prefetched({})


def test_both_signals_object_and_only_with_the_value_one() -> None:
    """Rules: BAN-21"""
    assert objects({"sec-gpc": "1"})
    assert objects({"dnt": "1"})
    assert not objects({"sec-gpc": "0"})
    assert not objects({"sec-gpc": "true"})


def test_only_a_document_of_its_own_is_a_visit() -> None:
    assert navigation({})
    assert navigation({"sec-fetch-dest": "document"})
    assert not navigation({"sec-fetch-dest": "iframe"})
    assert not navigation({"sec-fetch-dest": "empty"})
