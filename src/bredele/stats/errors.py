"""What can be asked wrongly of the statistics."""

from bredele.core.errors import BredeleError


class NotCounted(BredeleError):
    """A crossing of dimensions that is never counted, so that nobody can be singled out by it."""
