"""An attack by differences: everything that is released, through every door, pins down no cell below ten (ANA-19)."""

import csv
import html
import io
import json
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.test import Client

from bredele.stats.release import days
from bredele.stats.rounding import Figure, window
from tests.stats.town import PAGES
from tests.web.statistics.conftest import Town

CANDIDATES = 5
"""The least number of values that every small cell could have had, for somebody who reads everything."""
Told = dict[str, Figure]


def released(figure: str) -> Figure:
    """A figure as text."""
    return int(figure) if figure.isdecimal() else figure


def by_api(client: Client, start: date, end: date, by: str, column: str = "views") -> Told:
    """Value or period -> figure, as the API tells it."""
    answer = client.get(f"/api/v1/statistics?by={by}&from={start}&to={end}&limit=1000")
    rows: list[dict[str, Any]] = json.loads(answer.content)["rows"]
    return {row["value"] or row["period"] or "": row["figures"][column] for row in rows}


def by_csv(client: Client, start: date, end: date) -> Told:
    """The same pages from the CSV."""
    text = client.get(f"/statistics.csv?from={start}&to={end}&panel=pages").content.decode()
    lines = [line for line in csv.DictReader(io.StringIO(text)) if (line["by"], line["metric"]) == ("pages", "views")]
    return {line["value"].replace("everything else", ""): released(line["figure"]) for line in lines}


def by_frame(client: Client, start: date, end: date) -> Told:
    """The same pages from a frame."""
    page = client.get(f"/statistics/embed/pages/?from={start}&to={end}&lang=en").content.decode()
    rows = re.findall(r'<th scope="row">(.*?)</th><td class="number"><bdi>([^<]*)</bdi>', page)
    told = {re.sub(r"<[^>]+>", "", name): html.unescape(figure).replace("\u202f", "") for name, figure in rows}
    return {name.replace("everything else", ""): released(figure) for name, figure in told.items()}


def ranges(town: Town) -> list[tuple[date, date]]:
    """Single days, the month, ranges that overlap."""
    first, last = town.month
    some = [first + timedelta(days=number) for number in (0, 3, 9, 20)]
    return [*((day, day) for day in some), (first, last), (some[1], some[2]), (some[1], some[3]), (some[2], town.today)]


def test_every_door_tells_the_same(client: Client, public: Town) -> None:
    """Rules: ANA-04, ANA-14, ANA-19"""
    for start, end in ranges(public):
        told = by_api(client, start, end, "pages")
        assert told == by_csv(client, start, end)
        assert told == by_frame(client, start, end)


def test_ranges_subtracted_from_each_other_give_released_figures_only(client: Client, public: Town) -> None:
    """Rules: ANA-19"""
    first, last = public.month
    several = [by_api(client, first + timedelta(days=1), day, "pages") for day in days(first + timedelta(days=2), last)]
    for number, (shorter, longer) in enumerate(pairwise(several), 3):
        alone = by_api(client, first + timedelta(days=number), first + timedelta(days=number), "pages")
        for page in PAGES:
            difference = amount(longer, page) - amount(shorter, page)
            assert difference == amount(alone, page)
            assert difference == 0 or difference >= 10


def amount(told: Told, page: str) -> int:
    """A figure to reckon with."""
    figure = told.get(page, 0)
    return figure if isinstance(figure, int) else 0


def test_no_small_cell_is_pinned_down_by_all_of_it_together(client: Client, public: Town) -> None:
    """Bounds of each cell below ten from the days' totals, the days' pages and the month's pages.
    Rules: ANA-16, ANA-19"""
    first, last = public.month
    true = public.views()
    totals = {day: by_api(client, day, day, "total")[""] for day in days(first, last)}
    cells = {day: by_api(client, day, day, "pages") for day in days(first, last)}
    month = by_api(client, first, last, "pages")
    attacked = 0
    for day in days(first, last):
        for page in PAGES:
            if page in cells[day]:
                continue
            lower, upper = bounds(page, day, totals, cells, month)
            attacked += 1
            assert lower <= true[day.isoformat(), page] or true[day.isoformat(), page] >= 10
            assert upper - lower + 1 >= CANDIDATES, (page, day, lower, upper)
    assert attacked > 100


def bounds(page: str, day: date, totals: dict[date, Figure], cells: dict[date, Told], month: Told) -> tuple[int, int]:
    """The least and the most a withheld cell can be, if every withheld one is below ten."""
    known = [window(cells[day][other]) for other in PAGES if other in cells[day]]
    hidden = len([other for other in PAGES if other not in cells[day]]) - 1
    least, most = window(totals[day])
    lower = max(0, least - sum(end for _, end in known) - 9 * hidden)
    upper = min(9, max(most - sum(start for start, _ in known), 0))
    if page in month:
        least, most = window(month[page])
        others = [window(one[page]) if page in one else (0, 9) for when, one in cells.items() if when != day]
        lower = max(lower, least - sum(end for _, end in others))
        upper = min(upper, max(most - sum(start for start, _ in others), 0))
    return min(lower, 9), upper
