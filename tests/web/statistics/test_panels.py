"""Tables of a dashboard: which columns they have, and what stands in them."""

from datetime import date

import pytest
from django.http import QueryDict

from bredele.stats.board import PANELS, PanelName
from bredele.stats.breakdown import Breakdown, Row
from bredele.stats.catalogue import Column
from bredele.web.statistics.asked import read_asked
from bredele.web.statistics.panels import panel

ASKED = read_asked(QueryDict(""), date(2026, 11, 25))


@pytest.mark.parametrize(
    ("name", "column", "head"),
    [
        ("downloads", "events", "Times"),
        ("referrers", "visits", "Visits"),
        ("pages", "views", "Views"),
        ("entries", "visits", "Visits"),
        ("exits", "exits", "Exits"),
    ],
)
def test_what_no_named_value_reached_has_its_figure_all_the_same(name: PanelName, column: Column, head: str) -> None:
    table = Breakdown(dimension=PANELS[name][0], rows=(Row(value=None, figures={column: 120}),))
    shown = panel(name, table, ASKED, 30, visitors=False)
    assert head in shown.heads
    (line,) = shown.lines
    assert (line.label, line.cells[0], line.rest) == ("everything else", "120", True)
    assert len(shown.heads) == 1 + len(line.cells)


def test_an_empty_table_has_no_lines() -> None:
    shown = panel("errors", Breakdown(dimension="error", rows=()), ASKED, 30, visitors=False)
    assert (shown.lines, shown.more) == ((), 0)
