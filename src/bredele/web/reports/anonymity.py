"""Whether a page may call the figures anonymous: only while the checks of this very installation pass (ANA-28)."""

from datetime import datetime

import msgspec
from django.conf import settings
from django.utils import timezone

from bredele.collector.checks import kept


class Anonymity(msgspec.Struct, frozen=True, kw_only=True):
    """`doubts` are why not, in the operator's words; `when` is the last check, None if there was none."""

    shown: bool
    when: datetime | None
    doubts: tuple[str, ...]


def anonymity() -> Anonymity:
    """The word's standing now."""
    results, doubts = kept.read(settings.BREDELE.data), kept.doubts(settings.BREDELE.data, timezone.now())
    return Anonymity(shown=not doubts, when=results.when if results else None, doubts=doubts)
