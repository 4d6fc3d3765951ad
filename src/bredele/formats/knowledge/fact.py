"""One thing a knowledge base says, and where it comes from."""

from datetime import datetime
from typing import Literal

import msgspec

Match = Literal["exact", "prefix", "suffix", "host"]
"""How the name of a fact is compared; `host` facts speak of everything their hosts set or get."""


class Fact(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A cookie name, or (`match` host) whole hosts, as one source describes them.

    `hosts` empty: the source names none. `own`: the source says a visited site may set it itself. `category` is the
    source's own word, `purpose` ours for it; None where the word says too little. `lifetime` is as in cookies.toml.
    """

    name: str
    match: Match = "exact"
    hosts: tuple[str, ...] = ()
    own: bool = False
    provider: str = ""
    category: str = ""
    purpose: str | None = None
    description: str = ""
    lifetime: str | None = None
    policy: str = ""

    @property
    def pattern(self) -> str:
        """The name as a declaration writes it."""
        return {"prefix": f"{self.name}*", "suffix": f"*{self.name}"}.get(self.match, self.name)


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Who says so: shown beside everything taken from it.

    `form` is the file format that was recognised, `sha256` is over the bytes that were read, `facts` counts them.
    """

    title: str
    licence: str
    url: str
    form: str
    sha256: str = ""
    loaded: datetime | None = None
    facts: int = 0


class Base(msgspec.Struct, frozen=True, kw_only=True):
    """One loaded source with its facts."""

    source: Source
    facts: tuple[Fact, ...]
