"""How a browser is made to forget a cookie of which only name and value are known (CONTRACTS 6)."""

from collections.abc import Iterator, Mapping

from bredele.core.consent import Choice
from bredele.core.declaration import Declaration
from bredele.core.registry import Version
from bredele.core.set_cookie import SetCookie, serialise
from bredele.core.verdict import judge

AT_MOST, ALTOGETHER = 8, 64
"""Headers a cookie; headers an answer."""


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


def expire_refused(version: Version, choice: Choice, cookies: Mapping[str, str], host: str) -> tuple[str, ...]:
    """`Set-Cookie` values that expire every declared cookie of this request that the choice does not allow."""
    headers: list[str] = []
    for name in cookies:
        verdict = judge(version, choice, name, host, site_host=host)
        if verdict.declaration is not None and not verdict.allowed:
            headers += [serialise(cookie) for cookie in expiries(name, verdict.declaration, host)]
    return tuple(headers[:ALTOGETHER])
