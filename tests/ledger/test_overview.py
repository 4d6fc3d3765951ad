"""Sums by day and kind, and the records of one day, over both engines."""

from datetime import date, timedelta

import msgspec

from bredele.ledger.log import Draft, Log
from bredele.ledger.overview import Overview, overview, records_of
from bredele.ledger.record import spoken
from tests.ledger.records import Clock, record


def test_days_and_kinds_are_counted_and_each_day_is_found(log: Log, clock: Clock) -> None:
    start = clock()
    for day, count in enumerate((3, 0, 2, 4)):
        clock.moment = start + timedelta(days=day)
        log.append([Draft(msgspec.structs.replace(record(number), time=spoken(clock()))) for number in range(count)])
    log.erase([0, 8], "request")
    held = overview(log)
    assert (held.size, held.since, held.erased) == (10, 0, 2)
    assert [sum(line.kinds.values()) for line in held.lines] == [4, 2, 2]
    assert held.lines[0].kinds["log"] == 1
    days = [date.fromisoformat(spoken(start + timedelta(days=day))[:10]) for day in range(-1, 5)]
    assert [records_of(log, day, 0, 50)[1] for day in days] == [0, 3, 0, 2, 5, 0]
    assert [entry.seq for entry in records_of(log, days[3], 1, 50)[0]] == [4]
    newest = overview(log, newest=3)
    assert (newest.since, newest.erased, sum(newest.lines[0].kinds.values())) == (7, 1, 2)


def test_a_log_without_records_has_no_days(log: Log) -> None:
    assert overview(log) == Overview(0, 0, 0, ())
    assert records_of(log, date(2026, 11, 24), 0, 50) == ([], 0)
