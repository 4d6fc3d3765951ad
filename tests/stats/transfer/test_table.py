"""A general CSV: documented columns, totals of its own or those of its parts, errors with line and cure."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bredele.stats.event import Cell
from bredele.stats.transfer.errors import UnreadableFigures
from tests.stats.transfer.files import read


def test_totals_are_those_of_the_file() -> None:
    totals = read("date,views,visits,visitors\n2026-10-01,40,20,12\n2026-10-02,60,30,15\n").totals()
    assert (totals["views"], totals["visits"], totals["visitors_day"], totals["exits"]) == (100, 50, 27, None)


def test_pages_alone_give_the_days_their_totals() -> None:
    found = read("Date,Page,Views\n2026-10-01,/,40\n2026-10-01,https://town.example/news/?utm_source=x,2\n")
    assert found.totals()["views"] == 42
    assert "/news/" in repr(found.increments("town"))
    assert "utm" not in repr(found.increments("town"))


def test_totals_of_a_day_win_over_its_parts() -> None:
    found = read("date,dimension,value,views\n2026-10-01,,,50\n2026-10-01,page,/,40\n2026-10-02,page,/,7\n")
    assert found.totals()["views"] == 57


def test_pairs_and_referrers_are_tidied() -> None:
    found = read(
        "date,dimension,value,other,views,visits\n2026-10-01,page+referrer,/a?b=c,https://www.Search.example/q,9,9\n"
    )
    cells = [part for part in found.increments("town") if isinstance(part, Cell)]
    assert [(cell.value, cell.other, cell.visits) for cell in cells] == [("/a", "search.example", 9)]


def test_matomos_columns_and_coding_are_read() -> None:
    text = "date,nb_uniq_visitors,nb_visits,nb_pageviews,bounce_count,sum_visit_length\n2026-10-01,12,20,40,5,900\n"
    found = read(text.encode("utf-16"))
    totals = found.totals()
    assert (totals["views"], totals["visits"], totals["visitors_day"], totals["bounces"]) == (40, 20, 12, 5)
    assert found.notes == ['The column "sum_visit_length" was left out.']


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("", "figures", "no file of figures"),
        ("date,views\n", "figures", "no line"),
        ("name,amount\na,1\n", "figures, line 1", "no figures we know"),
        ("date,views\n2026-10-01,many\n", "figures, line 2", "no count"),
        ("date,views\n01/10/2026,4\n", "figures, line 2", "no day"),
        ("date,dimension,value,views\n2026-10-01,mood,good,4\n", "figures, line 2", "counted nowhere"),
        ('date,views\n2026-10-01,"4\n', "figures, line 3", "no CSV"),
        ('{"a": 1}', "figures", "no file of figures"),
    ],
)
def test_what_cannot_be_read_names_place_and_cure(text: str, where: str, message: str) -> None:
    with pytest.raises(UnreadableFigures) as caught:
        read(text)
    assert caught.value.where == where
    assert message in caught.value.message
    assert caught.value.cure


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(UnreadableFigures):
        assert read(data).kind == "csv"
