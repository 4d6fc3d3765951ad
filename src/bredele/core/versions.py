"""From a registry to the next published version: its number, and since when each purpose must be asked (REG-10)."""

from datetime import datetime

from bredele.core.diff import diff, reasked
from bredele.core.registry import Registry, Version


def next_version(registry: Registry, previous: Version | None, moment: datetime) -> Version:
    """The version that follows `previous` (number 1 without one). `moment` is UTC."""
    number = 1 if previous is None else previous.number + 1
    optional = registry.optional_purposes()
    if previous is None:
        return Version(
            number=number,
            published=moment,
            registry=registry,
            asked_since=dict.fromkeys(optional, number),
        )
    again = reasked(diff(previous.registry, registry))
    return Version(
        number=number,
        published=moment,
        registry=registry,
        asked_since={
            purpose: number if purpose in again else previous.asked_since.get(purpose, number) for purpose in optional
        },
        earlier={
            **previous.earlier,
            previous.number: previous.registry.optional_purposes(),
        },
    )
