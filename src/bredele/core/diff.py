"""What changed between two registries, and which change is material: it widens what a visitor agreed to (REG-10)."""

from typing import Any, Literal

import msgspec

from bredele.core.declaration import NECESSARY, Declaration
from bredele.core.lifetime import Lifetime
from bredele.core.registry import Purpose, Registry

ChangeKind = Literal["added", "removed", "changed"]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One difference. `where` is a table path in the newer registry (the older one's for what was removed).

    `material`: consent given earlier for `purposes` no longer covers it; else it is wording, narrower or exempt.
    """

    kind: ChangeKind
    where: str
    names: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    material: bool = False
    purposes: tuple[str, ...] = ()


def diff(old: Registry, new: Registry) -> tuple[Change, ...]:
    """Every difference: site facts, purposes, declarations (paired by kind and name), statistics."""
    return (
        *site_changes(old, new),
        *purpose_changes(old, new),
        *cookie_changes(old, new),
    )


def reasked(changes: tuple[Change, ...]) -> frozenset[str]:
    """The purposes that must be asked again."""
    return frozenset(purpose for change in changes if change.material for purpose in change.purposes)


def site_changes(old: Registry, new: Registry) -> list[Change]:
    """Site facts. Another controller is material, all other facts are wording."""
    changes = []
    for field in type(old.site).__struct_fields__:
        before, after = getattr(old.site, field), getattr(new.site, field)
        if before == after:
            continue
        asked = new.optional_purposes() if field == "controller" and names_other(before, after) else ()
        changes.append(
            Change(
                kind="changed",
                where=f"site.{field}",
                before=show(before),
                after=show(after),
                material=bool(asked),
                purposes=asked,
            )
        )
    return changes


def names_other(before: dict[str, str], after: dict[str, str]) -> bool:
    """Whether a text changed in a language both have: a translation added names nobody new."""
    return any(before[language] != after[language] for language in before.keys() & after.keys()) or not before


def purpose_changes(old: Registry, new: Registry) -> list[Change]:
    """Purposes that came, went or got other labels; one that came must be asked anyway."""
    before, after = old.optional_purposes(), new.optional_purposes()
    changes = [
        Change(
            kind="added",
            where=f"purposes.{purpose}",
            after=purpose,
            material=True,
            purposes=(purpose,),
        )
        for purpose in after
        if purpose not in before
    ]
    changes += [
        Change(kind="removed", where=f"purposes.{purpose}", before=purpose)
        for purpose in before
        if purpose not in after
    ]
    labels = {purpose.id: purpose for purpose in old.purposes}
    changes += [relabelled(labels[purpose.id], purpose) for purpose in new.purposes if is_relabelled(labels, purpose)]
    return changes


def is_relabelled(labels: dict[str, Purpose], purpose: Purpose) -> bool:
    """Whether the purpose existed under other words."""
    return purpose.id in labels and labels[purpose.id].label != purpose.label


def relabelled(old: Purpose, new: Purpose) -> Change:
    """A purpose under other words."""
    return Change(
        kind="changed",
        where=f"purposes.{new.id}.label",
        before=show(old.label),
        after=show(new.label),
    )


def cookie_changes(old: Registry, new: Registry) -> list[Change]:
    """Declarations: each new one is paired with the old one of its kind that shares a name."""
    left = list(enumerate(old.cookies))
    changes: list[Change] = []
    for place, entry in enumerate(new.cookies):
        pair = next((item for item in left if paired(item[1], entry)), None)
        if pair is None:
            changes.append(added(new, place, entry))
        else:
            left.remove(pair)
            changes += entry_changes(old, new, pair[1], place, entry)
    changes += [
        Change(
            kind="removed",
            where=f"cookies[{place}]",
            names=entry.names,
            before=", ".join(entry.names),
        )
        for place, entry in left
    ]
    return changes


def paired(one: Declaration, other: Declaration) -> bool:
    """The same entry in two registries: same kind, at least one name in common."""
    return one.kind == other.kind and not set(one.names).isdisjoint(other.names)


def added(new: Registry, place: int, entry: Declaration) -> Change:
    """An entry that came: material unless it needs no consent."""
    asked = asked_purposes(new, entry)
    return Change(
        kind="added",
        where=f"cookies[{place}]",
        names=entry.names,
        after=", ".join(entry.names),
        material=bool(asked),
        purposes=asked,
    )


def entry_changes(old: Registry, new: Registry, before: Declaration, place: int, after: Declaration) -> list[Change]:
    """Each field that differs."""
    return [
        field_change(old, new, before, place, after, field)
        for field in Declaration.__struct_fields__
        if getattr(before, field) != getattr(after, field)
    ]


def field_change(
    old: Registry,
    new: Registry,
    before: Declaration,
    place: int,
    after: Declaration,
    field: str,
) -> Change:
    """One field; material if it widens an entry that needs consent now."""
    was, now = getattr(before, field), getattr(after, field)
    asked = asked_purposes(new, after)
    wider = bool(asked) and (
        (field in WIDER and WIDER[field](was, now)) or (field in LEGAL and not asked_purposes(old, before))
    )
    return Change(
        kind="changed",
        where=f"cookies[{place}].{field}",
        names=after.names,
        before=show(was),
        after=show(now),
        material=wider,
        purposes=asked if wider else (),
    )


def asked_purposes(registry: Registry, entry: Declaration) -> tuple[str, ...]:
    """The optional purposes consent is asked for because of this entry; empty if it is exempt."""
    return tuple(purpose for purpose in registry.asked(entry) if purpose != NECESSARY)


LEGAL = ("purpose", "exemption")


def gains(before: Any, after: Any) -> bool:
    """Something new in a list; from "not stated" everything is new."""
    return not set(after or ()) <= set(before or ())


def longer(before: Lifetime | None, after: Lifetime | None) -> bool:
    """A longer stay on the device; a session is the shortest, storage without end the longest."""
    return span(after) > span(before)


def span(lifetime: Lifetime | None) -> float:
    """Seconds for comparison."""
    if lifetime is None or lifetime.persistent:
        return float("inf")
    return 0 if lifetime.session else float(lifetime.seconds or 0)


def differs(before: Any, after: Any) -> bool:
    """Any change at all."""
    return bool(before != after)


def turned_on(before: Any, after: Any) -> bool:
    """From no to yes."""
    return bool(after) and not before


WIDER = {
    "names": gains,
    "provider": differs,
    "purpose": gains,
    "lifetime": longer,
    "refreshed": turned_on,
    "hosts": gains,
    "third_party_access": gains,
}
"""The fields whose widening needs new consent (GDPR Art. 4(11) specific; CNIL 2020-092)."""


def show(value: Any) -> str:
    """A field's value as a person reads it in a diff."""
    if value is None or value == () or value == {}:
        return ""
    if isinstance(value, dict):
        return " / ".join(f"{language}: {text}" for language, text in value.items())
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    if isinstance(value, msgspec.Struct) and not isinstance(value, Lifetime):
        return " / ".join(f"{field}: {show(part)}" for field, part in msgspec.structs.asdict(value).items() if part)
    return str(value)
