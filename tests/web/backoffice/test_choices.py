"""The owner reads what became of the banners: rounded, by version and language."""

import re

from django.test import Client
from django.utils import timezone

from bredele.core.registry import Version
from bredele.stats.event import banner_shown, choice_made
from bredele.web.statistics.store import statistics_store

PAGE = "/backoffice/town/choices/"


def test_the_figures_are_a_bar_and_a_table_and_rounded(signed_in: Client, town: Version) -> None:
    """Rules: ANA-14, LED-08"""
    store, now = statistics_store(), timezone.now()
    for number in range(63):
        store.add(banner_shown("town", 1, now, "fr", signal=number < 3))
    for number in range(41):
        store.add(choice_made("town", 1, "refused" if number < 28 else "accepted", now, "fr"))
    page = signed_in.get(PAGE).content.decode()
    assert 'aria-label="Accepted: 10, Refused: 30, Not answered: 20"' in page
    row = re.findall(r'data-label="([^"]+)"><span><bdi>(&lt;10|<10|\d+)', page)
    assert dict(row) == {
        "Banner shown": "60",
        "Accepted": "10",
        "Refused": "30",
        "Chosen one by one": "&lt;10",
        "Not answered": "20",
        "Withdrawn": "&lt;10",
        "GPC signal": "&lt;10",
    }
    assert "Français" in page


def test_a_site_nobody_visited_says_so(signed_in: Client, town: Version) -> None:
    page = signed_in.get(PAGE).content.decode()
    assert "No banner was shown yet, and nobody has answered." in page
    assert 'aria-current="page">Choices' in page


def test_the_page_is_for_signed_in_owners(client: Client, town: Version) -> None:
    """Rules: LED-16"""
    assert client.get(PAGE).status_code == 302
