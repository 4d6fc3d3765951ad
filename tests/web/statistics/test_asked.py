"""What an address asks a dashboard for, and what is said where it asks for what there is not."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from bredele.stats.board import Span
from bredele.stats.breakdown import Filter
from bredele.web.statistics.asked import BadPeriod, read_asked

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ("", "2026-10-27", "2026-11-25"),
        ("period=today", "2026-11-25", "2026-11-25"),
        ("period=7d", "2026-11-19", "2026-11-25"),
        ("period=month", "2026-11-01", "2026-11-30"),
        ("period=month&month=2024-02", "2024-02-01", "2024-02-29"),
        ("period=12m", "2025-12-01", "2026-11-30"),
        ("from=2026-10-01&to=2026-10-03", "2026-10-01", "2026-10-03"),
        ("from=2026-11-20", "2026-11-20", "2026-11-25"),
    ],
)
def test_a_period_is_its_days(query: str, start: str, end: str) -> None:
    asked = read_asked(QueryDict(query), TODAY)
    assert asked.span == Span(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("query", "where", "cure"),
    [
        ("from=2026-11-03&to=2026-11-01", "from", "earlier day first"),
        ("from=2019-01-01&to=2019-02-01", "from", "25 months"),
        ("from=2023-01-01", "from", "25 months"),
        ("from=yesterday", "from", "2026-11-24"),
        ("period=month&month=2026-13", "month", "2026-10"),
        ("period=minute", "period", "today"),
        ("only=country:FR&only=device:mobile", "only", "Keep one"),
        ("only=person:1", "only", "country"),
        ("only=page%2Bcountry:x", "only", "country"),
        ("only=country:", "only", "country:FR"),
        ("only=page:%00", "only", "country:FR"),
        ("metric=bots", "metric", "views"),
        ("panel=people", "panel", "pages"),
        ("compare=yours", "compare", "before"),
    ],
)
def test_what_there_is_not_is_refused_with_place_and_cure(query: str, where: str, cure: str) -> None:
    """Rules: ANA-20, ANA-21"""
    with pytest.raises(BadPeriod) as found:
        read_asked(QueryDict(query), TODAY)
    assert found.value.where == where
    assert cure in found.value.cure


@given(
    st.sampled_from(["", "period=7d", "period=month&month=2026-03", "period=12m", "from=2026-10-01&to=2026-10-03"]),
    st.sampled_from(["", "&compare=before", "&compare=year"]),
    st.sampled_from(["", "&only=page:/a%26b/%3Fx", "&only=country:FR"]),
    st.sampled_from(["", "&metric=visits"]),
    st.sampled_from(["", "&panel=pages"]),
)
def test_the_address_of_a_dashboard_leads_to_the_same_dashboard(
    period: str, compare: str, only: str, metric: str, panel: str
) -> None:
    query = f"{period}{compare}{only}{metric}{panel}".removeprefix("&")
    asked = read_asked(QueryDict(query), TODAY)
    assert read_asked(QueryDict(asked.address().removeprefix("?")), TODAY) == asked


def test_a_filter_is_one_value_of_one_dimension() -> None:
    assert read_asked(QueryDict("only=page:/a:b/"), TODAY).only == Filter("page", "/a:b/")


def test_comparisons_are_the_days_before_or_a_year_before() -> None:
    before = read_asked(QueryDict("period=month&month=2026-03&compare=before"), TODAY)
    assert before.against == Span(date(2026, 2, 1), date(2026, 2, 28))
    year = read_asked(QueryDict("period=7d&compare=year"), TODAY)
    assert year.against == Span(date(2025, 11, 20), date(2025, 11, 26))
    assert read_asked(QueryDict("compare="), TODAY).against is None
