"""What changed between two scans of a site: new since the last one, gone since."""

from dataclasses import dataclass

from bredele.core.errors import UnreadableDocument
from bredele.core.observation import Finding, Observation, Scan
from bredele.scanner.reports.fingerprint import fingerprint
from bredele.web.scans import proofs
from bredele.web.scans.models import Proof

Place = tuple[str, str, str]


@dataclass(frozen=True)
class Drift:
    """Findings (notes apart) and items that one scan has and the other has not. `before` is the older proof."""

    before: Proof
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    appeared: tuple[Observation, ...]
    vanished: tuple[Observation, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.appeared or self.vanished)


def previous(proof: Proof) -> Proof | None:
    """The scan before this one."""
    older = Proof.objects.filter(site=proof.site, when__lte=proof.when).exclude(pk=proof.pk)
    return older.exclude(when=proof.when, pk__gt=proof.pk).first()


def since(proof: Proof, before: Proof | None) -> Drift | None:
    """What changed; None where there is no older scan, or one of the two can no longer be read."""
    if before is None:
        return None
    try:
        return between(proofs.scan_of(before), proofs.scan_of(proof), before)
    except UnreadableDocument:
        return None


def between(old: Scan, new: Scan, before: Proof) -> Drift:
    """The difference of two scans."""
    old_found, new_found = graver(old), graver(new)
    old_items, new_items = items(old), items(new)
    return Drift(
        before=before,
        new=tuple(found for key, found in new_found.items() if key not in old_found),
        gone=tuple(found for key, found in old_found.items() if key not in new_found),
        appeared=tuple(item for key, item in new_items.items() if key not in old_items),
        vanished=tuple(item for key, item in old_items.items() if key not in new_items),
    )


def graver(scan: Scan) -> dict[str, Finding]:
    """Errors and warnings by what makes them the same."""
    return {fingerprint(found): found for found in scan.findings if found.severity != "note"}


def items(scan: Scan) -> dict[Place, Observation]:
    """Items by what makes them the same."""
    return {(item.kind, item.name, item.host): item for item in scan.observations}
