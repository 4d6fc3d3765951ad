"""The registry as JSON: the same keys as `cookies.toml`, every text by language; the policy twin embeds this form."""

from typing import Any

import msgspec

from bredele.core.registry import Registry
from bredele.formats.bytes_in import decode
from bredele.formats.registry_reading import registry_of, unreadable
from bredele.formats.registry_writing import tables_of
from bredele.formats.schema import SCHEMA


def read_registry(data: bytes) -> Registry:
    """The registry in a JSON file; raises InvalidRegistry listing each problem with its table path."""
    text = decode(data, what="registry")
    try:
        values = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise unreadable(f"This is no JSON: {error}.", 1, "Mend it, or export it again.") from None
    if not isinstance(values, dict):
        raise unreadable("This is JSON, but no object.", 1, 'Begin it with {"schema": 1, …}.')
    return registry_of(values)


def write_registry(registry: Registry) -> str:
    """Canonical JSON, valid under `schema()`: `read_registry` gives the same registry back."""
    return msgspec.json.format(msgspec.json.encode(tables_of(registry)), indent=2).decode() + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the form `schema = 1`, TOML and JSON alike; published in docs/schema."""
    return SCHEMA
