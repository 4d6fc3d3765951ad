"""How a scan compares with the truth: items, (item, state) pairs, violations, setters, decoys and inventions."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bench.scanner.truth import DECOYS, ITEMS, STATES, Item
from bredele.core.observation import Observation, Scan

NEEDED = {"choice", "second_visit"}
"""What the site stores besides its items: the choice itself, and the memory of `second`."""
BY_PRESENCE = {"before-consent", "after-refusal", "after-withdrawal"}


@dataclass
class Score:
    """Counts of one scan against the truth."""

    items: int = 0
    pairs: int = 0
    violations: int = 0
    setters: int = 0
    how: int = 0
    of_items: int = len(ITEMS)
    of_pairs: int = sum(len(item.states) for item in ITEMS)
    of_violations: int = sum(len(item.violations) for item in ITEMS)
    missed: list[str] = field(default_factory=list)
    wrong_states: list[str] = field(default_factory=list)
    wrong_setters: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    decoys: list[str] = field(default_factory=list)


def score(scan: Scan) -> Score:
    """The score of a scan in the four states."""
    told = Score()
    seen = {
        (one.kind, name, one.host.lstrip(".")): one for one in scan.observations for name in one.names or (one.name,)
    }
    broken = {
        (one.cookie, state)
        for one in scan.findings
        if one.rule in BY_PRESENCE
        for state in one.evidence.get("states", "").split(", ")
    }
    for item in ITEMS:
        observed = seen.pop((item.kind, item.name, item.host.lstrip(".")), None)
        if observed is None:
            told.missed.append(f"{item.name} ({item.means}, {item.page})")
            continue
        told.items += 1
        compare_states(told, item, observed)
        told.violations += sum((item.name, state) in broken for state in item.violations)
        compare_setter(told, item, observed)
    for kind, name, host in seen:
        if name in DECOYS:
            told.decoys.append(name)
        elif name not in NEEDED and kind not in ("pixel", "beacon", "fingerprint"):
            told.invented.append(f"{name} ({kind}, {host})")
    return told


def compare_states(told: Score, item: Item, observed: Observation) -> None:
    """States found, and states that are not true."""
    states = set(observed.states) & set(STATES)
    told.pairs += len(states & set(item.states))
    if states != set(item.states):
        lacking, more = set(item.states) - states, states - set(item.states)
        told.wrong_states.append(
            f"{item.name} ({item.means}, {item.when}): lacks {sorted(lacking)}, has {sorted(more)}"
        )


def compare_setter(told: Score, item: Item, observed: Observation) -> None:
    """Whether the address of who set it is right; a worker may be named by its script or by its answer."""
    if observed.set_by is None:
        told.wrong_setters.append(f"{item.name} ({item.means}): nobody")
        return
    parts, true = urlsplit(observed.set_by.url), urlsplit(item.setter)
    stem = parts.path.rpartition(".")[0] or parts.path
    right = parts.hostname == true.hostname and (
        parts.path == true.path or stem == (true.path.rpartition(".")[0] or true.path)
    )
    right = right or (item.means in ("registration", "search") and parts.hostname == true.hostname)
    told.setters += right
    told.how += observed.set_by.how == item.how
    if not right or observed.set_by.how != item.how:
        told.wrong_setters.append(f"{item.name} ({item.means}): {observed.set_by.url} {observed.set_by.how}")
