"""Changes between two registries in words, for the pages that show what was done and what would be published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from bredele.core.diff import Change, diff
from bredele.core.registry import Registry, Version
from bredele.web.policy.changes import Line, line
from bredele.web.registry import desk as desks
from bredele.web.registry import drafts
from bredele.web.registry.desk import Desk, NoSuchRevision
from bredele.web.registry.models import Draft

LANGUAGE = "en"
"""The back office's own."""
NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Sorted:
    """Changes apart: `material` ones ask visitors again about `purposes`, the others do not."""

    material: tuple[Line, ...]
    wording: tuple[Line, ...]
    purposes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.material) + len(self.wording)


@dataclass(frozen=True)
class Meanwhile:
    """What happened to a draft since a revision was read."""

    revisions: tuple[Draft, ...]
    changes: Sorted


def sort(changes: Iterable[Change], registry: Registry) -> Sorted:
    """The changes in words; `registry` is the newer one."""
    drafted = Version(number=0, published=NEVER, registry=registry)
    lines = [(change.material, line(change, drafted, LANGUAGE)) for change in changes]
    material = tuple(words for wide, words in lines if wide)
    purposes = dict.fromkeys(purpose for words in material for purpose in words.purposes)
    return Sorted(
        material=material, wording=tuple(words for wide, words in lines if not wide), purposes=tuple(purposes)
    )


def between(old: Registry, new: Registry) -> Sorted:
    """What changed between two registries."""
    return sort(diff(old, new), new)


def since(desk: Desk, read: int) -> Meanwhile:
    """Revisions made after `read`, and what they changed together; empty changes if `read` is no revision."""
    later = tuple(row for row in drafts.history(desk.slug) if row.number > read)
    try:
        before = drafts.read(desks.revision(desk.slug, read)) if read else Registry()
    except NoSuchRevision:
        before = desk.registry
    return Meanwhile(revisions=later, changes=between(before, desk.registry))
