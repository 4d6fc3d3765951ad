"""How a browser is made to forget a cookie of which only name and value are known (CONTRACTS 6)."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from bredele.core.consent import Choice
from bredele.core.declaration import MEASUREMENT, Declaration
from bredele.core.registry import Version
from bredele.core.set_cookie import SetCookie, serialise
from bredele.core.verdict import judge, may_count

AT_MOST, ALTOGETHER = 8, 64
"""Headers a cookie; headers an answer."""


def expiries(name: str, declaration: Declaration, host: str) -> tuple[SetCookie, ...]:
    """Declared scopes first, then host-only and each parent domain at `/`, with and without Partitioned; at most 8."""
    cookies: list[SetCookie] = []
    for domain, path in dict.fromkeys(scopes(declaration, host)):
        cookies += expired(name, declaration, domain, path)
    return tuple(cookies[:AT_MOST])


def expired(name: str, declaration: Declaration, domain: str | None, path: str) -> list[SetCookie]:
    """The two headers of one scope. A browser takes neither back without what it asked for when it was set:

    a Secure cookie needs Secure where the page is not https, a prefixed name what its prefix promises
    (RFC 6265bis sections 4.1.3 and 5.7, "leave secure cookies alone").
    """
    prefix = name.lower().startswith
    plain = SetCookie(
        name=name,
        domain=domain,
        path=path,
        max_age=0,
        secure=bool(declaration.secure) or prefix(("__secure-", "__host-", "__http-")),
        http_only=prefix(("__http-", "__host-http-")),
    )
    parted = msgspec.structs.replace(plain, secure=True, same_site="None", partitioned=True)
    return [parted, plain] if declaration.partitioned else [plain, parted]


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


def expire_refused(
    version: Version, choice: Choice, cookies: Mapping[str, str], host: str, lost: Iterable[Declaration] = ()
) -> tuple[str, ...]:
    """`Set-Cookie` values that expire every declared cookie of this request that the choice refuses or objects to.

    `lost`: entries just withdrawn. A cookie of another path is not sent here, so theirs are expired unseen.
    """
    headers: list[str] = []
    for name in cookies:
        verdict = judge(version, choice, name, host, site_host=host)
        if verdict.declaration is not None and (not verdict.allowed or objected(version, choice, verdict.declaration)):
            headers += [serialise(cookie) for cookie in expiries(name, verdict.declaration, host)]
    headers += [serialise(cookie) for entry in lost for cookie in unseen(entry, cookies, host)]
    return tuple(headers[:ALTOGETHER])


def objected(version: Version, choice: Choice, entry: Declaration) -> bool:
    """Whether the entry serves exempt measurement alone and the visitor objects to that (ANA-08)."""
    return entry.purpose == (MEASUREMENT,) and not may_count(version, choice)


def unseen(entry: Declaration, cookies: Mapping[str, str], host: str) -> Iterator[SetCookie]:
    """Expiries in the declared scope of an own cookie that this request could not carry."""
    if entry.kind != "cookie" or entry.path in (None, "/"):
        return
    declared = {domain for domain, path in scopes(entry, host) if path == entry.path}
    for name in entry.names:
        if "*" not in name and name not in cookies:
            for domain in sorted(declared, key=lambda domain: domain or ""):
                yield from expired(name, entry, domain, entry.path)
