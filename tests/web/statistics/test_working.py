"""The statistics' part of a tick."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from bredele.stats.event import Cell, Event
from bredele.web.statistics import working
from bredele.web.statistics.store import counting, statistics_store


def now() -> datetime:
    return datetime.now(UTC)


def test_what_an_earlier_process_left_is_folded_and_yesterday_is_closed() -> None:
    """Rules: ANA-07, ANA-18"""
    today = timezone.now().date()
    yesterday = today - timedelta(days=1)
    counting().inbox.write([Event("civis", f"{today.isoformat()}T00", "view", "/")] * 3)
    counting().folder.store.add((Cell("civis", yesterday.isoformat(), "page", "/small/", views=3),))
    old = today - timedelta(days=900)
    counting().folder.store.add((Cell("civis", old.isoformat(), "page", "/old/", views=30),))
    said: list[str] = []
    working.work(now, said.append)
    assert said == ["3 events folded"]
    store = statistics_store()
    assert store.daily("civis", "page", yesterday, yesterday) == {}
    assert store.daily("civis", "page", old, old) == {}
    assert store.deletions()[0].rows > 0
    assert not working.waits(now)
    working.work(now, said.append)
    assert len(said) == 1
