"""Every consistency check of a registry: what blocks publishing, what to look at, and the cure of each."""

from bredele.core.checks.names import name_problems
from bredele.core.checks.problem import Problem
from bredele.core.registry import RegistrableDomain, Registry

__all__ = ["Problem", "problems"]


def problems(registry: Registry, *, publishing: bool, registrable_domain: RegistrableDomain) -> tuple[Problem, ...]:
    """Every problem, errors first, then by place. Publishing needs more than a check of a site does (CONTRACTS 3)."""
    return tuple(name_problems(registry))
