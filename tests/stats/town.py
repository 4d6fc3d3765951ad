"""A made-up town's events, from a seed, with what is true of them counted apart."""

import random
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import cache

import psycopg

from bredele.stats.closing import close_periods
from bredele.stats.event import BOUNCE, DAY, EXIT, MONTH, VISIT, WEEK, Event
from bredele.stats.folding import Increments, fold
from bredele.stats.limits import Limits, unlimited
from bredele.stats.postgres import SCHEMA, PostgresStore
from bredele.stats.sqlite import SqliteStore
from bredele.stats.store import Store

PAGES = ("/", "/news/", "/town-hall/", "/school/", "/waste/", "/library/", "/lost-and-found/", "/archive/1962/")
DRAWN: dict[tuple[object, ...], sqlite3.Connection] = {}
COPIED: dict[tuple[object, ...], dict[str, bytes]] = {}
"""Stores that were filled and closed before, by what was asked for: closing two months takes longer than most tests."""
WEIGHTS = (40, 20, 12, 8, 6, 4, 2, 1)
REFERRERS = ("direct", "search.example", "region.example", "blog.example")
COUNTRIES = ("FR", "DE", "CH", "IS")


def events(seed: int, first: date, days: int, views: int, site: str = "town") -> list[Event]:
    """About so many views a day, each with what its visitor was."""
    return list(drawn_once(seed, first, days, views, site))


@cache
def sums(seed: int, first: date, days: int, views: int, site: str = "town") -> Increments:
    """What the same events fold to, all of their values known."""
    return fold(drawn_once(seed, first, days, views, site), Limits(unlimited))


def fill_town(store: Store, today: date, seed: int, first: date, days: int, views: int, site: str = "town") -> None:
    """Let an empty store hold these sums, with every period closed that is over today."""
    asked = (today, seed, first, days, views, site)
    if isinstance(store, SqliteStore) and asked in DRAWN:
        with closing(sqlite3.connect(store.path)) as there:
            DRAWN[asked].backup(there)
    elif isinstance(store, PostgresStore) and asked in COPIED:
        with psycopg.connect(store.address) as there:
            copy_into(there, COPIED[asked])
    else:
        store.add(sums(seed, first, days, views, site))
        close_periods(store, today)
        keep(store, asked)


def keep(store: Store, asked: tuple[object, ...]) -> None:
    """What was filled, for the next test that asks for it."""
    if isinstance(store, SqliteStore):
        with closing(sqlite3.connect(store.path)) as there:
            DRAWN[asked] = sqlite3.connect(":memory:")
            there.backup(DRAWN[asked])
    elif isinstance(store, PostgresStore):
        with psycopg.connect(store.address) as there:
            COPIED[asked] = copy_of(there)


def copy_of(there: "psycopg.Connection[tuple[str, ...]]") -> dict[str, bytes]:
    """Every table of the statistics."""
    rows = there.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (SCHEMA,)).fetchall()
    tables = {}
    for (name,) in rows:
        with there.cursor().copy(f"COPY {SCHEMA}.{name} TO STDOUT") as copy:
            tables[name] = b"".join(map(bytes, copy))
    return tables


def copy_into(there: "psycopg.Connection[tuple[str, ...]]", tables: dict[str, bytes]) -> None:
    """The same rows, into empty tables."""
    for name, content in tables.items():
        there.execute(f"TRUNCATE {SCHEMA}.{name}")
        with there.cursor().copy(f"COPY {SCHEMA}.{name} FROM STDIN") as copy:
            copy.write(content)


@cache
def drawn_once(seed: int, first: date, days: int, views: int, site: str) -> tuple[Event, ...]:
    """Drawn once for all tests that ask for the same town: events are values."""
    drawn = random.Random(seed)  # noqa: S311  # an example, no secret
    made: list[Event] = []
    for number in range(days):
        day = first + timedelta(days=number)
        for _ in range(drawn.randint(views // 2, views * 3 // 2)):
            made += view(drawn, site, f"{day.isoformat()}T{drawn.randint(0, 23):02}")
    return tuple(made)


def view(drawn: random.Random, site: str, hour: str) -> list[Event]:
    """One view and how it was left."""
    visit = drawn.random() < 0.5
    flags = VISIT if visit else 0
    if visit and drawn.random() < 0.8:
        flags |= DAY | (WEEK if drawn.random() < 0.5 else 0) | (MONTH if drawn.random() < 0.3 else 0)
    page = drawn.choices(PAGES, WEIGHTS)[0]
    seen = Event(
        site,
        hour,
        "view",
        page,
        flags,
        drawn.choices(REFERRERS, (50, 30, 5, 1))[0] if visit else "direct",
        drawn.choices(COUNTRIES, (80, 12, 5, 1))[0],
        drawn.choice(("mobile", "desktop")),
        drawn.choice(("Firefox", "Chrome")),
        drawn.choice(("fr", "de")),
        "small",
    )
    left = EXIT | (BOUNCE if visit else 0) if drawn.random() < 0.4 else 0
    return [seen, Event(site, hour, "leave", page, left, seconds=drawn.randint(0, 90), load=drawn.randint(50, 5000))]


def noon(day: date) -> datetime:
    """The middle of a day."""
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001  # the installation's own zone
