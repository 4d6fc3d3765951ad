"""How a browser is made to forget a cookie of which only name and value are known (CONTRACTS 6)."""

from collections.abc import Iterator

from bredele.core.declaration import Declaration
from bredele.core.set_cookie import SetCookie

AT_MOST = 8


def expiries(name: str, declaration: Declaration, host: str) -> tuple[SetCookie, ...]:
    """Declared scopes first, then host-only and each parent domain at `/`, with and without Partitioned; at most 8."""
    cookies: list[SetCookie] = []
    for domain, path in dict.fromkeys(scopes(declaration, host)):
        plain = SetCookie(name=name, domain=domain, path=path, max_age=0)
        parted = SetCookie(
            name=name, domain=domain, path=path, max_age=0, secure=True, same_site="None", partitioned=True
        )
        cookies += [parted, plain] if declaration.partitioned else [plain, parted]
    return tuple(cookies[:AT_MOST])


def scopes(declaration: Declaration, host: str) -> Iterator[tuple[str | None, str]]:
    """(domain, path) pairs worth expiring from an answer of `host`."""
    declared = declaration.path or "/"
    for stated in declaration.hosts:
        own = stated.lstrip(".").lower()
        if host.endswith("." + own) or (host == own and stated.startswith(".")):
            yield own, declared
    yield None, declared
    yield None, "/"
    labels = host.split(".")
    for first in range(len(labels) - 1):
        yield ".".join(labels[first:]), "/"
