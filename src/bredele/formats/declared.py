"""A registry in whatever form it comes: cookies.toml, its JSON, or a policy twin that embeds it."""

import msgspec

from bredele.core.registry import Registry
from bredele.formats import json, toml
from bredele.formats.bytes_in import LIMIT


def read_declared(data: bytes) -> Registry:
    """The registry; raises InvalidRegistry with every problem and its place."""
    if data.lstrip()[:1] != b"{":
        return toml.read_registry(data)
    return json.read_registry(embedded(data) if len(data) <= LIMIT else data)


def embedded(data: bytes) -> bytes:
    """The part of a policy twin that is the registry; anything else as it is."""
    try:
        twin = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError):
        return data
    if isinstance(twin, dict) and "schema" not in twin and isinstance(twin.get("registry"), dict):
        return msgspec.json.encode(twin["registry"])
    return data
