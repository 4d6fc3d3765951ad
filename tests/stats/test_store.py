"""Sums in a store: exact, in any order, from several processes, and nothing but sums."""

import multiprocessing
import random
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bredele.stats.event import Increments, choice_made, page_view
from bredele.stats.hygiene import page_of
from bredele.stats.sqlite import SqliteStore

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
START, END = date(2026, 11, 20), date(2026, 11, 28)
EVENTS = st.lists(
    st.tuples(st.sampled_from(["town", "shop"]), st.sampled_from(["/", "/a", "/b"]), st.integers(0, 71)), max_size=40
)


def views(events: list[tuple[str, str, int]]) -> list[Increments]:
    """Page views some hours after noon."""
    return [page_view(site, path, NOON + timedelta(hours=hours)) for site, path, hours in events]


def sums(store: SqliteStore, site: str) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    """Everything the store knows of a site in the range."""
    return dict(store.hourly(site, START, END)), {
        (day, page): sums.views for (day, page, _), sums in store.daily(site, "page", START, END).items()
    }


@settings(max_examples=10, deadline=None)
@given(events=EVENTS, seed=st.integers())
def test_sums_are_exact_and_the_same_in_any_order_and_grouping(
    tmp_path_factory: object, events: list[tuple[str, str, int]], seed: int
) -> None:
    folder = Path(tmp_path_factory.mktemp("stats"))  # type: ignore[attr-defined]  # pytest's own factory
    increments = views(events)
    one, other = SqliteStore(folder / "one.sqlite3"), SqliteStore(folder / "other.sqlite3")
    for increment in increments:
        one.add(increment)
    shuffled = random.Random(seed).sample(increments, len(increments))  # noqa: S311  # an order, no secret
    other.add(tuple(part for increment in shuffled for part in increment))
    for site in ("town", "shop"):
        assert sums(one, site) == sums(other, site)
        truth = Counter(path for name, path, _ in events if name == site)
        assert Counter(dict(total_by_page(one, site))) == truth
    one.close()
    other.close()


def total_by_page(store: SqliteStore, site: str) -> Counter[str]:
    """Views of each page over the whole range."""
    totals: Counter[str] = Counter()
    for (_, page, _), sums in store.daily(site, "page", START, END).items():
        totals[page] += sums.views
    return totals


def write(path: Path, times: int) -> None:
    """One process of several."""
    store = SqliteStore(path)
    for _ in range(times):
        store.add(page_view("town", "/", NOON))


def test_processes_that_start_and_write_together_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    workers = [multiprocessing.get_context("spawn").Process(target=write, args=(path, 50)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    store = SqliteStore(path)
    assert sum(store.hourly("town", START, END).values()) == 150
    store.close()


def test_a_path_is_kept_without_query_fragment_and_control_signs() -> None:
    """Rules: ANA-11"""
    assert page_of("/a?utm_source=x#frag") == "/a"
    assert page_of("https://town.example/b?q=1") == "/b"
    assert page_of("/c\x00\n") == "/c"
    assert page_of("") == "/"
    assert len(page_of("/" + "x" * 1000)) == 200


def test_days_are_cut_at_both_ends(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "s.sqlite3")
    for day in (23, 24, 25):
        store.add(page_view("town", "/", NOON.replace(day=day, hour=23)))
        store.add(choice_made("town", 2, "accepted", NOON.replace(day=day)))
    day = date(2026, 11, 24)
    assert set(store.hourly("town", day, day)) == {("2026-11-24T23", "views"), ("2026-11-24T12", "accepted")}
    assert store.choices("town", day, day) == {("2026-11-24", 2, "", "accepted"): 1}
    assert store.hourly("elsewhere", START, END) == {}
    store.close()


def test_answers_of_an_older_file_are_kept_without_their_language(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE chosen (site TEXT, day TEXT, version INTEGER, outcome TEXT, total INTEGER NOT NULL)")
        old.execute("INSERT INTO chosen VALUES ('town', '2026-11-24', 1, 'refused', 3)")
    old.close()
    for _ in range(2):
        store = SqliteStore(path)
        assert store.choices("town", START, END) == {("2026-11-24", 1, "", "refused"): 3}
        store.close()


def test_an_index_that_no_question_uses_goes_from_an_older_store(tmp_path: Path) -> None:
    path = tmp_path / "statistics.sqlite3"
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as older:
        older.execute("CREATE INDEX cell_day_other ON cell_day (site, dimension, period, other) WHERE other <> ''")
    store = SqliteStore(path)
    assert store.read("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL", ()) == []
    store.close()


def test_cells_of_an_older_file_lie_together_by_their_other_side(tmp_path: Path) -> None:
    path = tmp_path / "statistics.sqlite3"
    SqliteStore(path).close()
    now, before = "(site, dimension, period, other, value)", "(site, dimension, period, value, other)"
    with closing(sqlite3.connect(path)) as older:
        for name in ("cell_day", "cell_month"):
            (made,) = older.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
            assert now in made
            older.executescript(f"DROP TABLE {name}; {made.replace(now, before)};")
            older.execute(f"INSERT INTO {name} (site, dimension, period, value, other, views, visits)"  # noqa: S608  # ours
                          " VALUES ('town', 'page+country', '2026-11', '/', 'FR', 3, 2)")  # fmt: skip
        older.execute("UPDATE cell_day SET period = '2026-11-24'")
        older.commit()
    for _ in range(2):
        store = SqliteStore(path)
        for name in ("cell_day", "cell_month"):
            ((made,),) = store.read("SELECT sql FROM sqlite_master WHERE name = ?", (name,))
            assert now in made
        day = store.daily("town", "page+country", START, END)
        assert {key: (sums.views, sums.visits) for key, sums in day.items()} == {("2026-11-24", "/", "FR"): (3, 2)}
        month = store.monthly("town", "page+country", date(2026, 11, 1), END)
        assert {key: sums.views for key, sums in month.items()} == {("2026-11", "/", "FR"): 3}
        store.close()
