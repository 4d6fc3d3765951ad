"""A scan of a test's own site, as the commands make it."""

from bredele.core.observation import Observation, Scan
from bredele.core.settings import read_settings
from bredele.scanner.plan import Plan
from bredele.scanner.scan import run


def scan_of(target: str, *states: str, **facts: object) -> Scan:
    """The scan of a site on this machine in these states (none: all)."""
    plan = Plan(target=target, states=states, allow_private=True, **facts)  # type: ignore[arg-type]  # the plan's own
    return run(plan, read_settings({}), lambda _: None)


def named(scan: Scan) -> dict[str, Observation]:
    """What was observed, by name."""
    return {item.name: item for item in scan.observations}


def rules(scan: Scan) -> set[tuple[str, str | None]]:
    """Rule and name of each finding that is more than a note."""
    return {(one.rule, one.cookie) for one in scan.findings if one.severity != "note"}
