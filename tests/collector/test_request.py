"""Reading a body: whole, never beyond the limit, never for longer than the time, and ended with its request."""

import asyncio
from typing import Any

import pytest

from bredele.collector.errors import RefusedPost
from bredele.collector.request import body_of


def parts(*given: bytes, pause: float = 0) -> Any:
    """A body that comes in parts, with a pause before each."""
    left = list(given)

    async def receive() -> dict[str, Any]:
        if pause:
            await asyncio.sleep(pause)
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    return receive


@pytest.mark.parametrize("pause", [0, 0.001])
def test_a_body_is_read_whole_however_it_comes(pause: float) -> None:
    assert asyncio.run(body_of(parts(b"a", b"", b"bc", pause=pause), 10, 5)) == b"abc"


@pytest.mark.parametrize("pause", [0, 0.001])
def test_a_body_beyond_the_limit_is_refused(pause: float) -> None:
    with pytest.raises(RefusedPost) as refused:
        asyncio.run(body_of(parts(b"a" * 6, b"b" * 6, pause=pause), 10, 5))
    assert refused.value.status == 413


def test_a_body_that_does_not_come_is_given_up() -> None:
    with pytest.raises(RefusedPost) as refused:
        asyncio.run(body_of(parts(b"a", pause=30), 10, 0.01))
    assert refused.value.status == 408


def test_a_request_that_is_cancelled_ends_its_reading() -> None:
    ended = []

    async def receive() -> dict[str, Any]:
        try:
            await asyncio.sleep(30)
        finally:
            ended.append(True)
        return {}

    async def leave() -> None:
        reading = asyncio.ensure_future(body_of(receive, 10, 30))
        await asyncio.sleep(0)
        reading.cancel()
        await reading

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(leave())
    assert ended == [True]
