"""Group commit: durable before told, in order, in batches that form by themselves, never without bound."""

import asyncio
import threading

import pytest

from bredele.collector.committer import Committer, Full


class Disk:
    """Keeps batches; can be held up or broken."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.free = threading.Event()
        self.free.set()
        self.entered = threading.Event()
        self.broken = False

    def write(self, items: list[int]) -> list[int]:
        """A batch, once the disk is free; results are ten times the items."""
        self.entered.set()
        self.free.wait(10)
        if self.broken:
            raise OSError("no space left")
        self.batches.append(items)
        return [item * 10 for item in items]


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
