"""The ledgers' part of a tick."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bredele.core.registry import Version
from bredele.ledger.record import ConsentRecord
from bredele.web.enforcement.index import site_index
from bredele.web.ledger import working
from bredele.web.ledger.logs import log_of
from tests.web.conftest import browser


def accept() -> None:
    """A visitor of the town accepts."""
    answer = browser("town.localhost:8000").post(
        "/cookies/preferences/", urlencode({"choice": "accept"}), content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 303


def test_a_tick_records_the_end_of_consent_and_erases_in_time(asking_site: Version) -> None:
    """Rules: LED-02, LED-10"""
    accept()
    site = site_index().by_slug("town")
    assert site is not None
    log, said = log_of(site), list[str]()
    now = datetime.now(UTC)
    working.work(lambda: now + timedelta(days=100), said.append)
    assert said == []
    working.work(lambda: now + timedelta(days=190), said.append)
    assert said == ["town: 1 consents ended, 0 records erased"]
    ended = log.entry(1).record
    assert isinstance(ended, ConsentRecord)
    assert ended.event == "expiry"
    working.work(lambda: now + timedelta(days=6 * 366), said.append)
    assert said[1:] == ["town: 0 consents ended, 2 records erased"]
    assert log.entry(0).erased


def test_a_ledger_out_of_order_is_told_and_stops_no_other(
    asking_site: Version, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    accept()
    site = site_index().by_slug("town")
    assert site is not None
    log_of(site).close()
    for path in (data / "ledger" / "town").glob("log.sqlite3*"):
        path.write_bytes(b"damaged" * 1000)
    with caplog.at_level(logging.ERROR):
        working.work(lambda: datetime.now(UTC), lambda _: None)
    assert "The ledger of town is out of order" in caplog.text
    assert "civis" not in caplog.text


def test_it_is_due_once_an_hour(asking_site: Version) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert working.waits(lambda: now)
    working.work(lambda: now, lambda _: None)
    assert not working.waits(lambda: now + timedelta(minutes=59))
    assert working.waits(lambda: now + timedelta(hours=1))
