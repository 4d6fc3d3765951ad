"""A site of another kind reaches us below `/bredele/` of its own origin (CONTRACTS 2)."""

from bredele.collector.request import Scope

PREFIX = "/bredele"
HEADER = b"x-forwarded-prefix"


def stripped(scope: Scope, *, trusted: bool) -> tuple[Scope, bool]:
    """The request without the prefix, and whether it had it: in its path, or taken off by a proxy that says so."""
    path: str = scope["path"]
    if path.startswith(PREFIX + "/"):
        raw: bytes = scope.get("raw_path") or path.encode()
        return {**scope, "path": path[len(PREFIX) :], "raw_path": raw[len(PREFIX) :]}, True
    if not trusted:
        return scope, False
    said = dict(scope["headers"]).get(HEADER, b"").decode("latin-1").rstrip("/")
    return scope, said == PREFIX
