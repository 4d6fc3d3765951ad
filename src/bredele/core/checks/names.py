"""Names: legal patterns, no name twice, and never one pattern for two purposes (REG-11)."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from bredele.core.checks.problem import Problem, error
from bredele.core.declaration import Declaration
from bredele.core.errors import InvalidPattern
from bredele.core.pattern import check_pattern, overlap
from bredele.core.registry import Registry

Named = tuple[int, int, str, Declaration]
"""Place of the entry, place of the name in it, the name, the entry."""
MOST_CONFLICTS = 200
"""More of the same help nobody: a file of one name a thousand times has half a million of them."""


def name_problems(registry: Registry) -> Iterator[Problem]:
    """Illegal patterns first, then names and patterns that two entries claim."""
    for place, entry in enumerate(registry.cookies):
        if not entry.names:
            yield error("names-missing", f"cookies[{place}].names", "The entry has no name.", "Name what is stored.")
        for spot, name in enumerate(entry.names):
            try:
                check_pattern(name)
            except InvalidPattern as fault:
                yield error("pattern", f"cookies[{place}].names[{spot}]", fault.message, fault.cure)
    conflicts = (problem for one, other in shared(registry) if (problem := conflict(one, other)) is not None)
    yield from islice(conflicts, MOST_CONFLICTS)


def shared(registry: Registry) -> Iterator[tuple[Named, Named]]:
    """Pairs of names in two entries that one stored item could match: same kind, hosts that meet."""
    named = [
        (place, spot, name, entry)
        for place, entry in enumerate(registry.cookies)
        for spot, name in enumerate(entry.names)
    ]
    for one, other in candidates(named):
        if one[0] != other[0] and one[3].kind == other[3].kind and meet(one[3], other[3], registry.site.host):
            yield (one, other) if one[0] < other[0] else (other, one)


def candidates(named: list[Named]) -> Iterator[tuple[Named, Named]]:
    """Pairs whose names overlap; plain names are looked up, only patterns are compared with all."""
    plain: dict[str, list[Named]] = defaultdict(list)
    patterns = [item for item in named if "*" in item[2]]
    for item in named:
        if "*" not in item[2]:
            yield from ((earlier, item) for earlier in plain[item[2]])
            if not any(alike(earlier[3], item[3]) for earlier in plain[item[2]]):
                plain[item[2]].append(item)
    for spot, pattern in enumerate(patterns):
        for name, items in plain.items():
            if overlap(pattern[2], name):
                yield from ((pattern, item) for item in items)
        yield from ((pattern, other) for other in patterns[spot + 1 :] if overlap(pattern[2], other[2]))


def alike(one: Declaration, other: Declaration) -> bool:
    """Whether a third entry conflicts with both or with none."""
    return (one.kind, one.hosts, one.purpose, one.path) == (other.kind, other.hosts, other.purpose, other.path)


def meet(one: Declaration, other: Declaration, site_host: str) -> bool:
    """Whether some host can set both; entries without hosts are the site's own."""
    if not one.hosts and not other.hosts:
        return True
    left, right = one.hosts or (site_host,), other.hosts or (site_host,)
    return any(same_family(first.lstrip("."), second.lstrip(".")) for first in left for second in right)


def same_family(one: str, other: str) -> bool:
    """The same host, or one below the other."""
    return bool(one and other) and (one == other or one.endswith("." + other) or other.endswith("." + one))


def conflict(one: Named, other: Named) -> Problem | None:
    """Two purposes for one pattern, or one name in two entries; a narrower pattern with the same purpose is fine."""
    (first, _, name, entry), (second, spot, rival, other_entry) = one, other
    where = f"cookies[{second}].names[{spot}]"
    if entry.purpose and other_entry.purpose and set(entry.purpose) != set(other_entry.purpose):
        return error(
            "overlap",
            where,
            f'"{rival}" and "{name}" of cookies[{first}] match the same names, but serve different purposes.',
            "Give both the same purposes, or narrow one pattern.",
        )
    if name == rival and entry.path == other_entry.path:
        return error(
            "duplicate-name", where, f'"{rival}" is declared in cookies[{first}] too.', "Keep one of the two entries."
        )
    return None
