"""`make bench-stats`: the numbers of the statistics beside their floors, in one run. Loopback only.

Processor seconds and ratios count; wall time on a shared machine does not. Figures of peers are recorded, not run here.
"""

import asyncio
import secrets
import statistics
import sys
import tempfile
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.stats import traffic
from bench.stats.load import Server, drive, paced, requests, until
from bench.stats.ours import SLUG, now, publish
from bredele.collector.counting import Counting
from bredele.collector.inbox import open_inbox
from bredele.core.settings import Settings
from bredele.stats.board import Span, board
from bredele.stats.breakdown import Filter
from bredele.stats.closing import close_day, oldest_kept
from bredele.stats.rollup import roll_up
from bredele.stats.sqlite import SqliteStore
from bredele.stats.store import Mark
from bredele.stats.tables import closed

TODAY = date(2026, 11, 25)
PEERS = "recorded earlier, other machine load: Umami 3.1 5.2-8.8 CPU s, Shynet 0.13 18.5 CPU s per 1,000 events"


def say(*words: object) -> None:
    """One line of the report."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def stored(data: Path) -> int:
    """Exact views in the store after folding what waits."""
    counting = Counting(Settings(data=data), now)
    counting.folder.fold()
    day = datetime.now(UTC).date()
    found = counting.folder.store.hourly(SLUG, day - timedelta(days=1), day)
    counting.folder.store.close()
    counting.close()
    return sum(total for (_, metric), total in found.items() if metric == "views")


def folded(data: Path) -> None:
    """Wait until the server has folded everything."""

    def empty() -> bool:
        time.sleep(0.5)
        inbox = open_inbox(data)
        found = inbox.empty()
        inbox.close()
        return found

    until(empty)


def collector(many: int, rounds: int) -> None:
    """Events a second and processor seconds, interleaved."""
    results: dict[str, list[tuple[float, float]]] = {}
    for _ in range(rounds):
        for name in ("noop", "append", "ours", "django"):
            with tempfile.TemporaryDirectory() as place:
                data = Path(place)
                publish(data)
                server = Server(name, data)
                drive(server.port, requests(500, 1))
                before = server.cpu()
                accepted, seconds = drive(server.port, requests(many))
                if name == "ours":
                    folded(data)  # part of the price
                spent = server.cpu() - before
                server.stop()
                if name == "ours":
                    say("  lost:", accepted + 500 - stored(data))
                results.setdefault(name, []).append((accepted / seconds, spent / accepted * 1000))
    middle = {
        name: (statistics.median(r for r, _ in rows), statistics.median(c for _, c in rows))
        for name, rows in results.items()
    }
    for name, (rate, cost) in middle.items():
        say(f"  {name:8} {rate:8.0f} events/s   {cost:.4f} CPU s per 1,000")
    ours = middle["ours"]
    say(f"  CPU against the durable floor: {ours[1] / middle['append'][1]:.2f} (at most 1.5), absolute at most 0.06")
    say(f"  events/s against the no-op: {ours[0] / middle['noop'][0]:.2f} (at least 0.40)")
    say(f"  CPU against a Django async view: 1/{middle['django'][1] / ours[1]:.1f} (at most 1/10)")
    say(" ", PEERS)


def workers(many: int, rounds: int) -> None:
    """Two processes on one inbox beside one process, and beside two that have each its own: with 64 in flight."""
    results: dict[str, list[tuple[float, float]]] = {"one": [], "two apart": [], "two on one inbox": []}
    for _ in range(rounds):
        for name, rows in results.items():
            with tempfile.TemporaryDirectory() as place:
                data = [Path(place) / part for part in {"one": "a", "two apart": "ab"}.get(name, "aa")]
                rows.append(together(data, many))
    middle = {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in results.items()}
    for name, (rate, cost) in middle.items():
        say(f"  {name:16} {rate:8.0f} events/s   {cost:.4f} CPU s per 1,000")
    one, apart, shared = middle.values()
    say(f"  events/s, two on one inbox against one: {shared[0] / one[0]:.2f} (at least 0.8)")
    say(f"  events a CPU second, two on one inbox against two apart: {apart[1] / shared[1]:.2f} (at least 0.8)")
    say("  the load itself takes one of this machine's cores: its rate says little beyond one worker")


def together(data: list[Path], many: int) -> tuple[float, float]:
    """(events/s, CPU s per 1,000) of a server a directory, all at once; the same directory twice is one inbox."""
    for place in {*data}:
        place.mkdir()
        publish(place)
    servers = [Server("ours", place) for place in data]
    for server in servers:
        drive(server.port, requests(1_000, 1))
    before = sum(server.cpu() for server in servers)
    accepted, seconds = drive([server.port for server in servers], requests(many), 64)
    for place in {*data}:
        folded(place)
    spent = sum(server.cpu() for server in servers) - before
    for server in servers:
        server.stop()
    say("  lost:", accepted + 1_000 * len(data) - sum(stored(place) for place in {*data}))
    return accepted / seconds, spent / accepted * 1000


def busy(seconds: int) -> None:
    """The dashboard of thirty days beside 2,000 events a second: the slowest of twenty calls, idle and busy."""
    with tempfile.TemporaryDirectory() as place:
        data = Path(place)
        publish(data)
        store = SqliteStore(data / "statistics.sqlite3")
        today = datetime.now(UTC).date()
        fill(store, traffic.days(today), 1_000_000 // traffic.DAYS)
        server = Server("ours", data)
        idle = calls(store, today, seconds)
        queue, accepted = requests(2_000 * seconds), [0]
        sender = threading.Thread(target=lambda: accepted.append(asyncio.run(paced(server.port, queue, 2_000))))
        sender.start()
        loaded = calls(store, today, seconds)
        sender.join()
        store.close()
        server.stop()
        say(f"  accepted {accepted[-1]} of {len(queue)} at 2,000 a second")
        for name, place_of in (("CPU", 0), ("wall", 1)):
            before, after = (slow([row[place_of] for row in rows]) * 1000 for rows in (idle, loaded))
            say(f"  {name} p95: idle {before:.1f} ms, busy {after:.1f} ms: {after / before:.2f} (at most 2)")


def calls(store: SqliteStore, today: date, seconds: int) -> list[tuple[float, float]]:
    """(CPU seconds of this thread, seconds) of each call, for so long."""
    rows = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        spent, began = time.thread_time(), time.perf_counter()
        board(store, SLUG, Span(today - timedelta(days=29), today), only=None, limit=8)
        rows.append((time.thread_time() - spent, time.perf_counter() - began))
        time.sleep(0.05)
    return rows


def slow(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def kills(many: int) -> None:
    """SIGKILL under load; then acknowledged against stored. What was stored but not answered yet is in flight."""
    lost = doubled = 0
    with tempfile.TemporaryDirectory() as place:
        data = Path(place)
        publish(data)
        acknowledged = sent = 0
        for number in range(many):
            server = Server("ours", data)
            queue = requests(2_000, number)
            killer = threading.Timer(0.2 + number % 7 * 0.05, server.kill)
            killer.start()
            accepted, _ = drive(server.port, queue, 16)
            killer.join()
            acknowledged += accepted
            sent += 2_000 - len(queue)
        found = stored(data)
        lost, doubled = max(acknowledged - found, 0), max(found - sent, 0)
    say(f"  {many} SIGKILLs: acknowledged {acknowledged}, stored {found}, sent {sent}: lost {lost}, doubled {doubled}")


def canaries() -> None:
    """Unique strings where personal data travels, searched in every byte kept: running, stopped, killed."""
    with tempfile.TemporaryDirectory() as place:
        data = Path(place)
        publish(data)
        marks = [f"canary{secrets.token_hex(6)}".encode() for _ in range(3)]
        address = "2001:db8:" + ":".join(secrets.token_hex(2) for _ in range(6))
        body = (
            b'{"name":"view","url":"http://bench.localhost/canary?email=' + marks[0]
            + b'","referrer":"https://other.example/?q=' + marks[1] + b'","width":9}'
        )  # fmt: skip
        head = b"POST /collect HTTP/1.1\r\nHost: bench.localhost\r\nUser-Agent: Mozilla/5.0 Firefox/150.0 " + marks[2]
        head += f"\r\nX-Forwarded-For: {address}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        for state in ("running", "stopped", "killed"):
            server = Server("ours", data)
            accepted, _ = drive(server.port, [head + body] * 20, 4)
            if state == "stopped":
                server.stop()
            if state == "killed":
                server.kill()
            files = [path for path in data.rglob("*") if path.is_file()]
            held = sum(any(mark in path.read_bytes() for mark in (*marks, address.encode())) for path in files)
            say(f"  {state}: {accepted} views sent, {held} of {len(files)} files hold a canary")
            server.stop()


def dashboard(views: int) -> None:
    """Thirty days in one call: one closed day is built, its kept cells are those of the other closed days too."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "statistics.sqlite3"
        store = SqliteStore(path)
        days = traffic.days(TODAY)
        fill(store, days, views // traffic.DAYS)
        store.add(tuple(traffic.day_of(SLUG, TODAY, views // traffic.DAYS)))
        for only in (None, Filter("country", "AA"), Filter("page", "/"), Filter("device", "desktop")):
            spent = []
            for _ in range(7):
                began = time.process_time()
                board(store, SLUG, Span(days[0], TODAY), only=only, limit=8)
                spent.append(time.process_time() - began)
            name = f"{only.dimension} = {only.value}" if only else "no filter"
            say(f"  {views:>11,} views, {name}: {statistics.median(spent) * 1000:.1f} ms CPU (at most 20)")
        store.close()
        size = sum(part.stat().st_size for part in path.parent.iterdir())
        told = f"{size / 1e6:.1f} MB, {size / views:.2f} bytes a view"
        say(f"  on disk: {told} (at most 12 at 10 million; recorded: Umami 1,112)")


def fill(store: SqliteStore, days: list[date], views: int) -> None:
    """Closed days of so many views each, all but the last one of `days`."""
    store.add(tuple(traffic.day_of(SLUG, days[0], views)))
    close_day(store, SLUG, days[0].isoformat())
    for day in days[1:-1]:
        with store.transaction() as cursor:
            for table, column in (("cell_day", "period"), ("hourly", "hour")):
                copy_day(store, cursor, table, column, days[0].isoformat(), day.isoformat())
        store.add((), Mark(closed(SLUG, day.isoformat()), 1))
    roll_up(store, oldest_kept(days[-1]))


def copy_day(store: SqliteStore, cursor: object, table: str, column: str, source: str, target: str) -> None:
    """The rows of one day under another."""
    names = [row[1] for row in store.read(f"PRAGMA table_info({table})", ())]
    told = ", ".join(f"replace({column}, '{source}', '{target}')" if name == column else name for name in names)
    statement = f"INSERT INTO {table} SELECT {told} FROM {table} WHERE {column} LIKE '{source}%'"  # noqa: S608  # names are ours
    store.run(cursor, statement, ())  # type: ignore[arg-type]  # sqlite's cursor


def main() -> None:
    """Everything, or the parts named: collector kills canaries workers busy dashboard; `quick` makes them small."""
    named = [word for word in sys.argv[1:] if word != "quick"]
    quick = "quick" in sys.argv
    parts = {
        "canaries": canaries,
        "kills": lambda: kills(10 if quick else 100),
        "workers": lambda: workers(5_000 if quick else 20_000, 1 if quick else 3),
        "busy": lambda: busy(5 if quick else 20),
        "collector": lambda: collector(5_000 if quick else 20_000, 1 if quick else 3),
        "dashboard": lambda: [dashboard(views) for views in ((1_000_000,) if quick else (10**6, 10**7, 10**8))],
    }
    for name in named or parts:
        say(name)
        parts[name]()


if __name__ == "__main__":
    main()
