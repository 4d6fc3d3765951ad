"""Every consistency check of a registry: what blocks publishing, what to look at, and the cure of each."""

import re

import msgspec

from bredele.core.checks.entries import entry_problems
from bredele.core.checks.names import name_problems
from bredele.core.checks.problem import Case, Problem
from bredele.core.checks.site import purpose_problems, site_problems, statistics_problems
from bredele.core.checks.texts import text_problems
from bredele.core.jurisdictions import PRESETS
from bredele.core.registry import RegistrableDomain, Registry

__all__ = ["Problem", "problems"]
SEVERITIES = ("error", "warning", "note")
NUMBER = re.compile(r"\d+")


def problems(registry: Registry, *, publishing: bool, registrable_domain: RegistrableDomain) -> tuple[Problem, ...]:
    """Every problem, errors first, then by place. Publishing needs more than a check of a site does (CONTRACTS 3)."""
    case = Case(registry=known_law(registry), publishing=publishing, registrable_domain=registrable_domain)
    stated = Case(registry=registry, publishing=publishing, registrable_domain=registrable_domain)
    found = (
        *site_problems(stated),
        *purpose_problems(case),
        *statistics_problems(case),
        *name_problems(registry),
        *entry_problems(case),
        *text_problems(case),
    )
    return tuple(sorted(found, key=order))


def known_law(registry: Registry) -> Registry:
    """The registry under the strictest preset where its own is not known, so that the other checks can run."""
    if registry.site.jurisdiction.upper() in PRESETS:
        return registry
    return msgspec.structs.replace(registry, site=msgspec.structs.replace(registry.site, jurisdiction="EU"))


def order(problem: Problem) -> tuple[int, str, str]:
    """Errors first; places in the file's order, entry 10 after entry 9."""
    place = NUMBER.sub(lambda match: match[0].zfill(6), problem.where)
    return (SEVERITIES.index(problem.severity), place, problem.code)
