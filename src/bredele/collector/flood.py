"""How much one address may send: a bucket of tokens in memory, for public addresses only, at most so many of them."""

from collections import OrderedDict

BURST, A_SECOND = 300, 10.0
ADDRESSES = 10_000
Bucket = tuple[float, float]


class Flood:
    """Says whether an address has sent too much. Nothing of it is written; the oldest buckets are let go."""

    def __init__(self, burst: int = BURST, a_second: float = A_SECOND, addresses: int = ADDRESSES) -> None:
        self._burst, self._a_second, self._addresses = burst, a_second, addresses
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def exceeds(self, address: str, seconds: float) -> bool:
        """Take a token at a moment of a clock that only goes forward; True where there is none left."""
        left, since = self._buckets.pop(address, (float(self._burst), seconds))
        left = min(self._burst, left + (seconds - since) * self._a_second)
        over = left < 1
        self._buckets[address] = (left if over else left - 1, seconds)
        if len(self._buckets) > self._addresses:
            self._buckets.popitem(last=False)
        return over
