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
FIELDS = {"exemption_kind": "exemption", "exemption_reason": "reason", "languages": "site_languages"}
"""Where a form's field has another name than the table's."""


def tidy(registry: Registry) -> Registry:
    """The registry with hosts and addresses in one spelling; as it is where its file form would be refused."""
    try:
        return registry_of(tables_of(registry))
    except InvalidRegistry:
        return registry


def faults(registry: Registry, place: str) -> list[tuple[str, str]]:
    """(field, words) for everything wrong at `place` (`cookies[3]`, `site`) in a draft; gaps are no faults yet."""
    found = [(where, words) for where, words in all_faults(registry) if where == place or where.startswith(place + ".")]
    return list(dict.fromkeys((field_of(where.removeprefix(place)), words) for where, words in found))


def all_faults(registry: Registry) -> Iterator[tuple[str, str]]:
    """(place, words) for everything that cannot stand in a draft."""
    try:
        registry_of(tables_of(registry))
    except InvalidRegistry as error:
        for fault in error.problems:
            yield fault.where, f"{fault.message} {fault.cure}".strip()
    for problem in problems(registry, publishing=False, registrable_domain=registrable_domain):
        if problem.severity == "error":
            yield problem.where, f"{problem.message} {problem.cure}".strip()


def publishing_problems(registry: Registry) -> tuple[Problem, ...]:
    """What stands against publishing this draft, errors first."""
    return problems(registry, publishing=True, registrable_domain=registrable_domain)


def field_of(path: str) -> str:
    """A table path below an entry as the name of a form's field: `.purpose_text.fr` is `purpose_text_fr`."""
    name = INDEX.sub("", path).strip(".").replace(".", "_")
    for long, short in FIELDS.items():
        if name == long or name.startswith(long + "_"):
            return short + name.removeprefix(long)
    return name
