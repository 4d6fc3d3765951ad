"""What can be wrong with a posted choice; `status` is what HTTP calls it (RFC 9110)."""

from bredele.core.errors import BredeleError


class RefusedPost(BredeleError):
    """A post that changes nothing: the status, the field and the cure say why."""

    def __init__(self, status: int, message: str, *, where: str = "", cure: str = "") -> None:
        super().__init__(message, where=where, cure=cure)
        self.status = status
