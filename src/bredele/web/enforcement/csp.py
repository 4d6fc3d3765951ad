"""The Content-Security-Policy of a page: the browser itself refuses what the visitor did not grant."""

from urllib.parse import urlsplit

from bredele.core.verdict import judge_declaration
from bredele.formats.domains import registrable_domain
from bredele.web.enforcement.request import SiteRequest


def policy(request: SiteRequest) -> str:
    """The header value; the same request and choice give the same value (no nonce)."""
    granted = granted_sources(request)
    images = dict.fromkeys([*granted, *(origin_of(address) for address in request.erase)])
    directives = {
        "default-src": ("'none'",),
        "script-src": ("'self'",),
        "style-src": ("'self'",),
        "img-src": ("'self'", *images),
        "font-src": ("'self'",),
        "connect-src": ("'self'",),
        "manifest-src": ("'self'",),
        "frame-src": ("'self'", *granted),
        "form-action": ("'self'",),
        "base-uri": ("'none'",),
        "frame-ancestors": ("'self'",),
        "require-trusted-types-for": ("'script'",),
        "trusted-types": ("bredele",),
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


def granted_sources(request: SiteRequest) -> tuple[str, ...]:
    """Hosts of third-party entries that may be used now."""
    version = request.site.version
    if version is None:
        return ()
    entries = [
        entry
        for entry in version.registry.cookies
        if version.registry.party(entry, registrable_domain) == "third"
        and judge_declaration(version, request.choice, entry).allowed
    ]
    return tuple(dict.fromkeys(source(host, request.site.origin) for entry in entries for host in entry.hosts))


def source(host: str, origin: str) -> str:
    """A CSP host source: `https://host`; on this installation's scheme and port where it is a loopback name."""
    name, parts = host.lstrip("."), urlsplit(origin)
    if not (name == "localhost" or name.endswith(".localhost")):
        return f"https://{name}"
    return f"{parts.scheme}://{name}" + (f":{parts.port}" if parts.port else "")


def origin_of(address: str) -> str:
    """Scheme, host and port of a URL."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
