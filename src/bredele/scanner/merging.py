"""Observations of several states become one list: each item once, with every state it was seen in, in a fixed order."""

from collections.abc import Callable, Iterable

import msgspec

from bredele.core.observation import Observation, Request, place_of_state
from bredele.scanner.names import generalise

Place = tuple[object, ...]


def merge(found: Iterable[Observation]) -> tuple[Observation, ...]:
    """One observation for each item; names that vary are folded into one with a pattern."""
    items = [fold(group) for group in grouped(found, exact_place).values()]
    general: dict[int, Observation] = {}
    for group in grouped(items, family_place).values():
        patterns = generalise(item.name for item in group)
        for item in group:
            name, pattern = patterns.get(item.name, (item.name, None))
            names = (item.name,) if pattern else ()
            general[id(item)] = msgspec.structs.replace(item, name=name, pattern=pattern, names=names)
    merged = grouped(general.values(), exact_place)
    return tuple(sorted((fold(group) for group in merged.values()), key=order))


def grouped(found: Iterable[Observation], place: Callable[[Observation], Place]) -> dict[Place, list[Observation]]:
    """The observations by place, in the order of states."""
    groups: dict[Place, list[Observation]] = {}
    for item in sorted(found, key=first_state):
        groups.setdefault(place(item), []).append(item)
    return groups


def fold(group: list[Observation]) -> Observation:
    """One observation of several: states and names together, the longest lifetime, the first state's setter."""
    first = group[0]
    named = next((item for item in group if item.set_by), first)
    return msgspec.structs.replace(
        first,
        states=tuple(sorted({state for item in group for state in item.states}, key=place_of_state)),
        set_by=named.set_by,
        declared_lifetime=longest(item.declared_lifetime for item in group),
        effective_lifetime=longest(item.effective_lifetime for item in group),
        session=all(item.session for item in group),
        names=tuple(sorted({name for item in group for name in item.names})),
        resent=all(item.resent for item in group),
        occasions=tuple(sorted({occasion for item in group for occasion in item.occasions})),
    )


def longest(lifetimes: Iterable[int | None]) -> int | None:
    """The longest stated lifetime, None if none is."""
    return max((lifetime for lifetime in lifetimes if lifetime is not None), default=None)


def exact_place(item: Observation) -> Place:
    """What makes an item itself: the same name may live in several partitions."""
    return (item.kind, item.name, item.host, item.path, item.attributes.get("partition_key"), item.pattern)


def family_place(item: Observation) -> Place:
    """What members of one family of names share."""
    return (item.kind, item.host, item.path, item.session, item.attributes.get("partition_key"))


def first_state(item: Observation) -> tuple[tuple[int, str], str]:
    """Place of the first state in the fixed order, then the name."""
    return (min(map(place_of_state, item.states), default=place_of_state("")), item.name)


def order(item: Observation) -> tuple[str, ...]:
    """By kind, host, name, path and partition."""
    return (item.kind, item.host, item.name, item.path, str(item.attributes.get("partition_key") or ""))


def merge_requests(found: Iterable[Request]) -> tuple[Request, ...]:
    """Requests in a fixed order; those alike in address, state and initiator are one with a count."""
    counts: dict[tuple[str, str, bool, str], Request] = {}
    for request in found:
        key = (request.url, request.state, request.after_withdrawal, request.initiator)
        known = counts.get(key)
        counts[key] = msgspec.structs.replace(request, count=request.count + (known.count if known else 0))
    return tuple(
        sorted(
            counts.values(),
            key=lambda one: (place_of_state(one.state), one.url, one.after_withdrawal, one.initiator),
        )
    )
