"""A collector over published sites, driven without a server."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bredele.collector.collect import Collect
from bredele.collector.counting import Counting
from bredele.core.registry import Registry, Site
from bredele.core.settings import Settings
from bredele.core.versions import next_version
from bredele.formats.published import IndexEntry, encode_version, write_index, write_version
from bredele.stats.sqlite import SqliteStore

NOON = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0"


@dataclass
class Reply:
    """Status, headers and body of an answer."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    async def send(self, message: dict[str, Any]) -> None:
        """Collect one ASGI message."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message["body"]


def publish(data: Path, *sites: tuple[str, str, str]) -> None:
    """Sites as (slug, host, mode of statistics); the first is the default one."""
    entries = []
    for slug, host, mode in sites:
        site = Site(origin=f"http://{host}", jurisdiction="FR", statistics=mode)  # type: ignore[arg-type]  # a test's word
        write_version(data, slug, encode_version(next_version(Registry(site=site), None, NOON)), 1)
        entries.append(
            IndexEntry(slug=slug, hosts=(host,), origin=f"http://{host}", default=not entries, current=1),
        )
    write_index(data, tuple(entries))


@dataclass
class Desk:
    """A collector with its clock in hand."""

    collect: Collect
    counting: Counting
    moment: list[datetime]
    seconds: list[float]

    def send(
        self, body: bytes, method: str = "POST", query: str = "", client: str = "127.0.0.1", **headers: str
    ) -> Reply:
        """One request; header names are written with `_`; an empty header is left out."""
        given = {"host": "town.example", "user-agent": FIREFOX, **{k.replace("_", "-"): v for k, v in headers.items()}}
        scope = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": "/collect",
            "query_string": query.encode(),
            "client": (client, 1),
            "headers": [(name.encode(), value.encode()) for name, value in given.items() if value],
        }
        reply = Reply()

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        asyncio.run(self.collect(scope, receive, reply.send))
        return reply

    def view(self, url: str = "http://town.example/", *, client: str = "127.0.0.1", **more: Any) -> Reply:
        """One view; `more` are fields, or headers where their name begins with `h_`."""
        headers = {name[2:]: more.pop(name) for name in [*more] if name.startswith("h_")}
        fields = {"name": "view", "url": url, "referrer": "", "width": 1280, **more}
        return self.send(msgspec.json.encode(fields), client=client, **headers)

    def totals(self, site: str = "town") -> dict[str, int]:
        """Exact hourly totals of the day, by metric."""
        day = self.counting.now().date()
        found: dict[str, int] = {}
        for (_, metric), total in self.counting.fresh_store().hourly(site, day, day).items():
            found[metric] = found.get(metric, 0) + total
        return found

    def cells(self, dimension: Any, column: Any = "views", site: str = "town") -> dict[Any, int]:
        """Exact sums of the day, by value (by both sides of a pair)."""
        day = self.counting.now().date()
        rows = self.counting.fresh_store().daily(site, dimension, day, day).items()
        return {(value, other) if other else value: sums.of(column) for (_, value, other), sums in rows}


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes a collector over the sites published in the test's directory."""
    opened: list[Desk] = []

    def opener(**settings: Any) -> Desk:
        moment, seconds = [NOON], [0.0]
        store = SqliteStore(tmp_path / "statistics.sqlite3")
        made = Settings(data=tmp_path, origin="http://localhost:8000", **settings)
        counting = Counting(made, lambda: moment[0], store)
        opened.append(Desk(Collect(counting, lambda: seconds[0]), counting, moment, seconds))
        return opened[-1]

    yield opener
    for desk in opened:
        desk.counting.close()
        desk.counting.folder.store.close()


@pytest.fixture
def desk(tmp_path: Path, open_desk: Callable[..., Desk]) -> Desk:
    """A collector over a town that counts page views, a shop that counts visitors, and a quiet site."""
    publish(
        tmp_path,
        ("town", "town.example", "pageviews"),
        ("shop", "shop.example", "visitors"),
        ("quiet", "quiet.example", "off"),
    )
    return open_desk()
