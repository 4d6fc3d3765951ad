"""A changed draft put to the rules before it is kept: what is wrong is said beside the field it is about."""

import re
from collections.abc import Iterator

from bredele.core.errors import InvalidRegistry
from bredele.core.registry import Registry
from bredele.core.validation import Problem, problems
from bredele.formats.domains import registrable_domain
from bredele.formats.registry_reading import registry_of
from bredele.formats.registry_writing import tables_of

INDEX = re.compile(r"\[\d+\]")
PURPOSE = re.compile(r"\[(\d+)\]\.(?:label\.?(.*)|id)")
GAPS = ("purpose-missing", "lifetime-missing")
"""Wrong in any published or checked registry, and natural in a draft."""
FIELDS = {"exemption_kind": "exemption", "exemption_reason": "reason", "languages": "site_languages"}
"""Where a form's field has another name than the table's."""


def tidy(registry: Registry) -> Registry:
    """The registry with hosts and addresses in one spelling; as it is where its file form would be refused."""
    try:
        return registry_of(tables_of(registry))
    except InvalidRegistry:
        return registry


def faults(registry: Registry, place: str) -> list[tuple[str, str]]:
    """(field, words) for what is wrong at `place` (`cookies[3]`, `site`, `purposes`) in a draft; gaps are allowed."""
    found = [*unwritable(registry), *contradictions(registry)]
    here = [(where, words) for where, words in found if where == place or where.startswith((f"{place}.", f"{place}["))]
    return list(dict.fromkeys((field_of(where.removeprefix(place), registry), words) for where, words in here))


def unwritable(registry: Registry) -> Iterator[tuple[str, str]]:
    """(place, words) for what no file of a registry may say."""
    try:
        registry_of(tables_of(registry))
    except InvalidRegistry as error:
        for fault in error.problems:
            yield fault.where, f"{fault.message} {fault.cure}".strip()


def contradictions(registry: Registry) -> Iterator[tuple[str, str]]:
    """(place, words) for what cannot be true; what is only not stated yet waits until publishing."""
    for problem in problems(registry, publishing=False, registrable_domain=registrable_domain):
        if problem.severity == "error" and problem.code not in GAPS:
            yield problem.where, f"{problem.message} {problem.cure}".strip()


def publishing_problems(registry: Registry) -> tuple[Problem, ...]:
    """What stands against publishing this draft, errors first."""
    return problems(registry, publishing=True, registrable_domain=registrable_domain)


def field_of(path: str, registry: Registry) -> str:
    """A table's path as a form's field: `.purpose_text.fr` is `purpose_text_fr`, `[0].label.en` is `label_maps_en`."""
    purpose = PURPOSE.fullmatch(path)
    if purpose is not None and int(purpose[1]) < len(registry.purposes):
        return "_".join(filter(None, ("label", registry.purposes[int(purpose[1])].id, purpose[2])))
    name = INDEX.sub("", path).strip(".").replace(".", "_")
    for long, short in FIELDS.items():
        if name == long or name.startswith(long + "_"):
            return short + name.removeprefix(long)
    return name
