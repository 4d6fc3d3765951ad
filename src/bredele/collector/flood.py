"""How much one address may send: one number in memory for each public address, at most so many of them."""

BURST, A_SECOND = 300, 10.0
ADDRESSES = 10_000


class Flood:
    """Says whether an address has sent too much. Nothing of it is written; the oldest addresses are let go.

    For each address the moment at which its bucket of tokens will be full again (the "generic cell rate algorithm").
    They lie in two dictionaries: when the younger is full it becomes the older, and what was in the older is forgotten.
    """

    def __init__(self, burst: int = BURST, a_second: float = A_SECOND, addresses: int = ADDRESSES) -> None:
        self._each, self._ahead, self._addresses = 1 / a_second, (burst - 0.5) / a_second, addresses
        self._young: dict[str, float] = {}
        self._old: dict[str, float] = {}

    def exceeds(self, address: str, seconds: float) -> bool:
        """Take a token at a moment of a clock that only goes forward; True where there is none left."""
        full = self._young.get(address)
        if full is None:
            full = self._old.get(address, seconds)
            if len(self._young) >= self._addresses:
                self._old, self._young = self._young, {}
        if full < seconds:
            full = seconds
        over = full - seconds > self._ahead
        self._young[address] = full if over else full + self._each
        return over
