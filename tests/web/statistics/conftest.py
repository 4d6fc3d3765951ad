"""A small town with two months of events, the first one over."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from bredele.core.registry import Version
from bredele.stats.event import Event
from bredele.web.statistics.sharing import Shared, share
from bredele.web.statistics.store import counting, statistics_store
from tests.stats.town import events, fill_town

Share = Callable[..., None]


class Town(NamedTuple):
    """What truly happened on `civis`: its events, the month that is over, today."""

    events: list[Event]
    month: tuple[date, date]
    today: date

    def views(self) -> Counter[tuple[str, str]]:
        """(day, page) -> views, exact."""
        return Counter((event.hour[:10], event.page) for event in self.events if event.name == "view")


@pytest.fixture
def town(published_site: Version) -> Town:
    """About forty views a day, so that most cells are small."""
    today = counting().now().date()
    last = today.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    made = events(9, first, (today - first).days + 1, 60, site="civis")
    fill_town(statistics_store(), today, 9, first, (today - first).days + 1, 60, site="civis")
    return Town(made, (first, last), today)


@pytest.fixture
def public(town: Town) -> Town:
    """The same town, whose owner shows it to everybody and to one site's frames."""
    share("civis", Shared(public=True, frames=("https://www.example.org",)))
    return town
