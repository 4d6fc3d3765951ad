"""A scan held against a registry: what `bredele check` and the proof run."""

import asyncio

import msgspec

from bredele.core.findings import compare
from bredele.core.observation import Scan
from bredele.core.registry import Registry
from bredele.core.settings import Settings
from bredele.formats.domains import registrable_domain
from bredele.scanner.plan import Plan, check_plan
from bredele.scanner.scan import Onlooker, Progress, observe


def run_check(
    plan: Plan,
    registry: Registry | None,
    settings: Settings,
    progress: Progress,
    version: int | None = None,
    onlooker: Onlooker | None = None,
) -> Scan:
    """Scan, and compare with the registry both ways; `version` is its published number, if it has one.
    Without a registry what is not recognised needs consent.

    Raises like `scan.run`.
    """
    scan = asyncio.run(observe(plan, settings, progress, onlooker))
    host = check_plan(plan).host
    findings = compare(registry, scan, site_host=host, registrable_domain=registrable_domain)
    return msgspec.structs.replace(scan, findings=findings, registry_version=version)
