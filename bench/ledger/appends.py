"""Records a second against a bare durable append of the same bytes."""

import os
import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bench.ledger.records import judge, opened, record, say
from bredele.ledger.log import Draft
from bredele.ledger.record import encode_record

ROUNDS = 5
SECONDS = 2.0


def bare(place: Path, workers: int, end: float, size: int) -> int:
    """The floor: the same bytes appended to one file, each worker's durable before its next."""
    done = [0] * workers
    alone = threading.Lock()
    handle = os.open(place / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def work(number: int) -> None:
        while time.perf_counter() < end:
            data = encode_record(record())[:size].ljust(size)
            with alone:
                os.write(handle, data)
                os.fdatasync(handle)
            done[number] += 1

    run_threads(work, workers)
    os.close(handle)
    return sum(done)


def product(place: Path, workers: int, seconds: float) -> int:
    """The ledger: each worker's record durable and under a signed head before its next."""
    done = [0] * workers
    log = opened(place)
    log.append([Draft(record())])
    end = time.perf_counter() + seconds

    def work(number: int) -> None:
        while time.perf_counter() < end:
            log.append([Draft(record())])
            done[number] += 1

    run_threads(work, workers)
    log.close()
    return sum(done)


def run_threads(work: Callable[[int], None], workers: int) -> None:
    """So many at once, to the end."""
    threads = [threading.Thread(target=work, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def appends(place: Path) -> bool:
    """Records a second against a bare durable append of the same bytes, interleaved."""
    good = True
    size = len(encode_record(record())) + 16
    for workers in (1, 8, 32):
        floors, ours = [], []
        for number in range(ROUNDS):
            floors.append(bare(place, workers, time.perf_counter() + SECONDS, size) / SECONDS)
            folder = place / f"{workers}-{number}"
            folder.mkdir()
            ours.append(product(folder, workers, SECONDS) / SECONDS)
        floor, our = statistics.median(floors), statistics.median(ours)
        say(f"  {workers:>2} at once: bare append {floor:,.0f}/s, ledger {our:,.0f}/s")
        good &= judge(f"ledger / bare append, {workers} at once", our / floor, 0.5)
    return good
