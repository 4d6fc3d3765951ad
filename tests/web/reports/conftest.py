"""A town whose figures are known, and who is told of them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import pytest

from bredele.core.registry import Version
from bredele.stats.event import HOUR_FORM, Cell, Hourly
from bredele.stats.store import Store
from bredele.web.reports.models import Watch
from bredele.web.statistics.store import statistics_store
from tests.web.conftest import Publish, registry
from tests.web.publishing import MOMENT

Fill = Callable[[int, int], None]


@pytest.fixture
def town(publish: Publish) -> Version:
    """A site that counts page views."""
    what = registry(origin="http://town.localhost:8000")
    counting = msgspec.structs.replace(what, site=msgspec.structs.replace(what.site, statistics="pageviews"))
    return publish("town", counting, "town.localhost")


@pytest.fixture
def store(town: Version) -> Store:
    """Nine weeks of forty views an hour, up to the hour before last; a few pages."""
    found = statistics_store()
    hours = (MOMENT - timedelta(hours=back) for back in range(2, 9 * 7 * 24))
    found.add(tuple(Hourly("town", hour.strftime(HOUR_FORM), "views", 40) for hour in hours))
    for back in range(1, 20):
        day = (MOMENT - timedelta(days=back)).date().isoformat()
        found.add(
            (
                Cell("town", day, "page", "/news/<b>", views=600, visits=300),
                Cell("town", day, "page", "/rare/", views=4),
                Cell("town", day, "page", "/seldom/", views=4),
                Cell("town", day, "referrer", "direct", visits=200),
                Hourly("town", f"{day}T10", "visits", 300),
            )
        )
    return found


@pytest.fixture
def watch() -> Watch:
    """One person for the weekly mail, another for alerts, a webhook."""
    return Watch.objects.create(
        site="town",
        weekly=["mayor@town.example"],
        alerts=["clerk@town.example"],
        webhook="https://hooks.example/secret",
    )


def hour_of(store: Store, moment: datetime, views: int) -> None:
    """So many views in the hour before a moment."""
    store.add((Hourly("town", (moment - timedelta(hours=1)).strftime(HOUR_FORM), "views", views),))
