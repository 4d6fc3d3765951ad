"""Registrable domains from the Public Suffix List that the publicsuffixlist package carries (no network)."""

from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList


@cache
def suffixes() -> PublicSuffixList:
    """The list, read once, private section included."""
    return PublicSuffixList()


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """eTLD+1 of a host name; a host that has none (an address, `localhost`, a suffix) is returned as it is."""
    name = host.lower().strip(".")
    if not name or name.replace(".", "").isdigit() or ":" in name:
        return name
    return suffixes().privatesuffix(name) or name
