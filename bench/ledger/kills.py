"""SIGKILL at any moment."""

import multiprocessing
import os
import secrets
import signal
import time
from functools import partial
from pathlib import Path
from random import Random

from bench.ledger.records import judge, opened, record, say
from bredele.ledger.log import Draft
from bredele.ledger.sqlite import SqliteEngine
from bredele.ledger.verify import verify_log

KILLS = 20
SPAWN = multiprocessing.get_context("spawn")


def victim(place: Path, told: str) -> None:
    """A process that tells every answer it was given, after it was given."""
    log = opened(place, reading=True)
    with Path(told).open("a", buffering=1) as file:
        while True:
            made = log.append([Draft(record()) for _ in range(1 + secrets.randbelow(3))])
            file.write("".join(f"{entry.seq} {entry.leaf.hex()}\n" for entry in made))


def guest(place: Path) -> None:
    """A process that opens the log, reads and closes it, again and again, as ticks and commands do."""
    while True:
        log = opened(place, reading=True)
        log.close()
        time.sleep(0.02)


def kills(place: Path) -> bool:
    """SIGKILL at any moment, others coming and going: all that was acknowledged is there, and the log verifies."""
    opened(place).close()
    random = Random(7)  # noqa: S311  # moments to kill at, no secret
    acknowledged: dict[int, str] = {}
    for number in range(KILLS):
        told = [place / f"told-{number}-{one}" for one in range(2)]
        running = [SPAWN.Process(target=victim, args=(place, str(path))) for path in told]
        running.append(SPAWN.Process(target=guest, args=(place,)))
        for process in running:
            process.start()
        time.sleep(1.0 + random.random())
        for process in running:
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
        for path in told:
            lines = path.read_text().splitlines() if path.exists() else []
            whole = [line.split() for line in lines if len(line.split()) == 2 and len(line.split()[1]) == 64]
            acknowledged.update((int(seq), leaf) for seq, leaf in whole)
    log = opened(place)
    stored = {entry.seq: entry.leaf.hex() for entry in log.entries(0, log.size())}
    lost = sum(stored.get(seq) != leaf for seq, leaf in acknowledged.items())
    report = verify_log(partial(SqliteEngine, place / "log.sqlite3"))
    said = f"{len(acknowledged):,} acknowledged, {len(stored):,} stored, verifies: {report.holds}"
    say(f"  {KILLS} kills of 2 processes and a guest: {said}")
    return judge("acknowledged records lost", lost, 0, at_most=True) and report.holds
