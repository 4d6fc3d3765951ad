"""What can be wrong with evidence."""

from bredele.core.errors import BredeleError


class Altered(BredeleError):
    """A bundle that is not what was signed: `files` says of each what happened to it."""

    def __init__(self, files: dict[str, str]) -> None:
        told = "; ".join(f"{name}: {what}" for name, what in sorted(files.items()))
        super().__init__(f"This is not what was signed. {told}.", cure="Use the original; nothing in this one counts.")
        self.files = files


class NoBundle(BredeleError):
    """A path that holds no evidence at all."""


class KeyUnknown(BredeleError):
    """The bundle is whole, but nobody but itself vouches for the key that signed it. `key` is that key."""

    def __init__(self, key: str, cure: str) -> None:
        super().__init__("It is whole, but its key is vouched for by nobody but itself.", where=key, cure=cure)
        self.key = key
