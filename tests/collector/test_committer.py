"""Group commit: durable before told, in order, in batches that form by themselves, never without bound."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bredele.collector.committer import LONGEST_PAUSE, PAUSE, ROUNDS, Committer, Full
from bredele.collector.committer import Disk as Pace


class Disk:
    """Keeps batches; can be held up or broken."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.free = threading.Event()
        self.free.set()
        self.entered = threading.Event()
        self.broken = self.busy = False
        self.threads: list[int] = []

    def write(self, items: list[int]) -> list[int]:
        """A batch, once the disk is free; results are ten times the items."""
        self.entered.set()
        self.free.wait(10)
        if self.broken:
            raise OSError("no space left")
        self.batches.append(items)
        self.threads.append(threading.get_ident())
        return [item * 10 for item in items]

    @contextmanager
    def turn(self, wait: bool) -> Iterator[bool]:  # as `committer.Turn`
        """Somebody else's turn, for who does not wait."""
        yield wait or not self.busy

    def by_loop(self) -> bool:
        """Whether the last batch was written by the thread that asks."""
        return self.threads[-1] == threading.get_ident()


def test_each_item_gets_its_own_result_once_its_batch_is_written() -> None:
    disk = Disk()
    committer = Committer(disk.write)

    async def many() -> list[int]:
        return await asyncio.gather(*(committer.add(number) for number in range(200)))

    assert asyncio.run(many()) == [number * 10 for number in range(200)]
    assert [item for batch in disk.batches for item in batch] == list(range(200))
    committer.close()


def test_what_queues_while_a_batch_is_written_is_the_next_batch() -> None:
    disk = Disk()
    disk.free.clear()
    committer = Committer(disk.write)
    first = committer.put(0)
    assert disk.entered.wait(10)
    rest = [committer.put(number) for number in range(1, 50)]
    disk.free.set()
    assert [future.result(10) for future in [first, *rest]] == [number * 10 for number in range(50)]
    assert disk.batches == [[0], list(range(1, 50))]
    committer.close()


def test_a_full_queue_refuses_and_forgets_nothing_it_took() -> None:
    disk = Disk()
    disk.free.clear()
    committer = Committer(disk.write, limit=3)
    taken = [committer.put(0)]
    assert disk.entered.wait(10)
    taken += [committer.put(number) for number in (1, 2, 3)]
    with pytest.raises(Full):
        committer.put(4)
    disk.free.set()
    assert [future.result(10) for future in taken] == [0, 10, 20, 30]
    committer.close()
    with pytest.raises(Full):
        committer.put(5)


def test_a_broken_disk_is_told_to_everybody_who_waited_and_to_nobody_else() -> None:
    disk = Disk()
    disk.broken = True
    committer = Committer(disk.write)
    with pytest.raises(OSError, match="no space"):
        asyncio.run(committer.add(1))
    disk.broken = False
    assert asyncio.run(committer.add(2)) == 20
    committer.close()


def test_a_request_that_went_away_disturbs_no_other() -> None:
    disk = Disk()
    disk.free.clear()
    committer = Committer(disk.write)

    async def leave() -> int:
        going, staying = asyncio.ensure_future(committer.add(1)), asyncio.ensure_future(committer.add(2))
        await asyncio.sleep(0)
        going.cancel()
        await asyncio.sleep(0)
        disk.free.set()
        return await staying

    assert asyncio.run(leave()) == 20
    committer.close()


def test_closing_writes_what_waits() -> None:
    disk = Disk()
    committer = Committer(disk.write)
    futures = [committer.put(number) for number in range(20)]
    committer.close()
    assert all(future.done() for future in futures)


class Clock:
    """Ticks that are set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def every(committer: Committer[int, int], numbers: range) -> list[int]:
    """All of them, queued in one turn of the loop."""
    return await asyncio.gather(*(committer.add(number) for number in numbers))


def test_a_loop_writes_all_it_has_read_in_one_batch_by_itself() -> None:
    disk = Disk()
    committer = Committer(disk.write, turn=disk.turn)
    for _ in range(2):
        assert asyncio.run(every(committer, range(50))) == [number * 10 for number in range(50)]
        assert disk.by_loop()
    assert disk.batches == [list(range(50))] * 2
    committer.close()


def test_a_loop_reads_on_while_that_brings_more_but_not_for_ever() -> None:
    disk = Disk()
    committer = Committer(disk.write, turn=disk.turn)

    async def stream() -> None:
        sent = []
        for number in range(100):  # one more in each turn of the loop
            sent.append(asyncio.ensure_future(committer.add(number)))
            await asyncio.sleep(0)
        assert await asyncio.gather(*sent) == [number * 10 for number in range(100)]

    asyncio.run(stream())
    assert [item for batch in disk.batches for item in batch] == list(range(100))
    assert 2 < max(map(len, disk.batches)) <= ROUNDS + 2
    committer.close()


def test_where_somebody_else_is_at_it_the_thread_waits_and_the_loop_does_not() -> None:
    disk = Disk()
    committer = Committer(disk.write, turn=disk.turn)
    disk.busy = True
    assert asyncio.run(every(committer, range(5))) == [0, 10, 20, 30, 40]
    assert not disk.by_loop()
    disk.busy = False
    assert asyncio.run(every(committer, range(5))) == [0, 10, 20, 30, 40]
    assert disk.by_loop()
    committer.close()


def test_what_came_while_the_thread_wrote_is_the_loops_again() -> None:
    disk = Disk()
    committer = Committer(disk.write, turn=disk.turn)

    async def meanwhile() -> None:
        disk.busy = True
        disk.free.clear()
        first = asyncio.ensure_future(committer.add(1))
        assert await asyncio.to_thread(disk.entered.wait, 10)
        second = asyncio.ensure_future(committer.add(2))
        await asyncio.sleep(0.01)
        assert not second.done()
        disk.busy = False
        disk.free.set()
        assert await asyncio.gather(first, second) == [10, 20]
        assert disk.by_loop()

    asyncio.run(meanwhile())
    assert disk.batches == [[1], [2]]
    committer.close()


def test_a_thread_without_a_loop_never_writes_itself() -> None:
    disk = Disk()
    committer = Committer(disk.write, turn=disk.turn)
    assert committer.put(1).result(10) == 10
    assert not disk.by_loop()
    committer.close()


def test_a_slow_disk_is_left_to_the_thread_and_tried_again_less_and_less_often() -> None:
    clock = Clock()
    disk, pace = Disk(), Pace(clock)
    committer = Committer(disk.write, turn=disk.turn, disk=pace)
    pause, paused = PAUSE, []
    for _ in range(9):
        pace.took(1.0)
        asyncio.run(every(committer, range(2)))
        assert not disk.by_loop()
        clock.now += pause - 0.001
        assert not pace.quick()
        clock.now += 0.002
        asyncio.run(every(committer, range(2)))
        assert disk.by_loop()
        paused.append(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
    assert paused[-1] == LONGEST_PAUSE
    clock.now += LONGEST_PAUSE
    pace.took(0.0001)  # quick for long enough: the next slow one is the first again
    pace.took(1.0)
    clock.now += PAUSE + 0.001
    assert pace.quick()
    committer.close()


def test_one_slow_write_among_many_quick_ones_is_forgiven() -> None:
    pace = Pace(Clock())
    for _ in range(100):
        pace.took(0.0002)
    pace.took(0.01)
    assert pace.quick()
    pace.took(0.01)
    pace.took(0.01)
    assert not pace.quick()


def test_closing_writes_what_a_loop_left_behind() -> None:
    disk = Disk()
    committer = Committer(disk.write, turn=disk.turn)

    async def leave() -> None:
        committer.queue(1, asyncio.get_running_loop().create_future())

    asyncio.run(leave())
    assert asyncio.run(committer.add(2)) == 20
    committer.close()
    assert [item for batch in disk.batches for item in batch] == [1, 2]


def test_many_loops_and_threads_at_once_lose_and_double_nothing() -> None:
    """Whoever writes: one batch at a time, each sender's items in their order."""
    writing = threading.Lock()
    stored: list[int] = []
    turns = iter(range(10**9))

    def write(items: list[int]) -> list[int]:
        assert writing.acquire(blocking=False), "two at once"
        stored.extend(items)
        writing.release()
        return [-item for item in items]

    @contextmanager
    def turn(wait: bool) -> Iterator[bool]:  # as `committer.Turn`
        yield wait or next(turns) % 3 > 0

    committer = Committer(write, turn=turn)

    async def send(sender: int) -> None:
        for number in range(0, 200, 4):
            numbers = range(sender * 1000 + number, sender * 1000 + number + 4)
            assert await every(committer, numbers) == [-one for one in numbers]

    def put(sender: int) -> None:
        for number in range(200):
            assert committer.put(sender * 1000 + number).result(20) == -(sender * 1000 + number)

    threads = [threading.Thread(target=lambda sender=sender: asyncio.run(send(sender))) for sender in range(4)]
    threads += [threading.Thread(target=put, args=(sender,)) for sender in range(4, 7)]
    failed: list[object] = []
    hook, threading.excepthook = threading.excepthook, failed.append
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    threading.excepthook = hook
    committer.close()
    assert not failed
    assert len(stored) == 7 * 200
    for sender in range(7):
        assert [one for one in stored if one // 1000 == sender] == list(range(sender * 1000, sender * 1000 + 200))


def test_a_lock_that_fails_is_told_like_a_disk_that_does() -> None:
    disk, failing = Disk(), True

    @contextmanager
    def turn(wait: bool) -> Iterator[bool]:  # as `committer.Turn`
        if failing:
            raise OSError("no locks")
        yield True

    committer = Committer(disk.write, turn=turn)
    with pytest.raises(OSError, match="no locks"):
        asyncio.run(committer.add(1))
    with pytest.raises(OSError, match="no locks"):
        committer.put(2).result(10)
    failing = False
    assert asyncio.run(committer.add(3)) == 30
    assert committer.put(4).result(10) == 40
    committer.close()
