"""Our own export comes back sum by sum; a cut or damaged file changes nothing."""

import io
from datetime import date, timedelta

import pytest

from bredele.stats.catalogue import BASE
from bredele.stats.closing import close_periods
from bredele.stats.event import choice_made
from bredele.stats.sqlite import SqliteStore
from bredele.stats.store import Store
from bredele.stats.tables import closed
from bredele.stats.transfer.errors import UnreadableFigures
from bredele.stats.transfer.landing import land
from bredele.stats.transfer.own import export, read_own
from tests.stats.town import noon, sums

FIRST, TODAY = date(2026, 9, 20), date(2026, 11, 3)
DAYS = (TODAY - FIRST).days


@pytest.fixture
def source(tmp_path_factory: pytest.TempPathFactory) -> SqliteStore:
    """Six weeks of a town: a month closed whole, one closed in part, one open."""
    store = SqliteStore(tmp_path_factory.mktemp("source") / "statistics.sqlite3")
    store.add(sums(5, FIRST, DAYS + 1, 60))
    store.add(choice_made("town", 3, "refused", noon(FIRST), "fr"))
    close_periods(store, TODAY)
    return store


def exported(store: Store) -> bytes:
    """The file."""
    return b"".join(export(store, "town", TODAY, "UTC"))


def everything(store: Store, site: str) -> dict[str, object]:
    """Every sum of days that are over, and what is closed."""
    last = TODAY - timedelta(days=1)
    months = (date(2026, 9, 1), date(2026, 11, 1))
    days = [(FIRST + timedelta(days=number)).isoformat() for number in range(DAYS)]
    return {
        "hourly": store.hourly(site, FIRST, last),
        "choices": store.choices(site, FIRST, last),
        **{f"{name} day": store.daily(site, name, FIRST, last) for name in BASE},
        **{f"{name} month": store.monthly(site, name, *months) for name in BASE},
        "closed": [store.mark(closed(site, period)) for period in (*days, "2026-09", "2026-10", "2026-11")],
    }


def test_an_export_comes_back_sum_by_sum(source: SqliteStore, store: Store) -> None:
    found = read_own(io.BytesIO(exported(source)), "town.jsonl", lambda file, lines: None)
    landed = land(store, "village", found, "1", TODAY)
    assert everything(store, "village") == everything(source, "town")
    assert landed.totals["views"] == sum(
        total for (hour, metric), total in source.hourly("town", FIRST, TODAY - timedelta(days=1)).items()
        if metric == "views"
    )  # fmt: skip
    close_periods(store, TODAY)
    assert everything(store, "village") == everything(source, "town")


def test_the_open_day_stays_behind(source: SqliteStore) -> None:
    assert f'"{TODAY}T'.encode() not in exported(source)


@pytest.mark.parametrize("keep", [0.3, 0.999])
def test_a_cut_file_is_refused(source: SqliteStore, keep: float) -> None:
    data = exported(source)
    with pytest.raises(UnreadableFigures) as caught:
        read_own(io.BytesIO(data[: int(len(data) * keep)]), "town.jsonl", lambda file, lines: None)
    assert "Export it again" in caught.value.cure


@pytest.mark.parametrize(
    "line",
    [
        b'["t","2026-10-01T10","views",-1]', b'["t","2026-10-01T10","people",1]',
        b'["c","2026-10-01","page","/","",[1]]',
        b'["c","2026-13","page","/","",[1,0,0,0,0,0,0,0]]', b'["x"]', b"{}", b"[]", b"[",
    ],
)  # fmt: skip
def test_a_damaged_line_is_named(source: SqliteStore, line: bytes) -> None:
    data = exported(source).split(b"\n")
    data[4] = line
    with pytest.raises(UnreadableFigures) as caught:
        read_own(io.BytesIO(b"\n".join(data)), "town.jsonl", lambda file, lines: None)
    assert caught.value.where == "town.jsonl, line 5"


def test_an_export_of_a_later_version_is_refused() -> None:
    head = b'{"format":"bredele-statistics","version":2,"site":"a","start":"","end":"","time_zone":""}\n["end",0]\n'
    with pytest.raises(UnreadableFigures, match="version 2"):
        read_own(io.BytesIO(head), "town.jsonl", lambda file, lines: None)
