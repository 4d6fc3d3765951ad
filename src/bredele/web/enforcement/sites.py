"""The site of a request, by its Host (CONTRACTS 2)."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port

from bredele.core.settings import Settings
from bredele.formats.published import PublishedSite, SiteIndex
from bredele.web.enforcement.index import site_index
from bredele.web.enforcement.request import SiteRequest

View = Callable[..., HttpResponse]
OWN = ("/backoffice", "/accounts", "/metrics", "/api/v1/session")
"""Paths that answer on the server's own hosts only."""
LOOPBACK_ADDRESSES = ("127.0.0.1", "[::1]")
HEALTH = ("/readyz",)
"""Asked by machines at an address: never redirected."""


class SiteMiddleware:
    """Sets `request.site` and `request.known_host`; sends a visitor at a bare loopback address to the origin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        installation: Settings = settings.BREDELE
        host = host_of(request)
        if redirects(request, host, installation):
            return HttpResponseRedirect(installation.origin.rstrip("/") + request.get_full_path())
        request.site, request.known_host = site_for(host, site_index(), installation)
        return self.get_response(request)

    def process_view(self, request: SiteRequest, view: View, positional: object, named: object) -> None:
        """404 for what answers on the server's own hosts only."""
        if is_own(request.path_info) and host_of(request) not in settings.BREDELE.own_hosts:
            raise Http404


def host_of(request: HttpRequest) -> str:
    """The request's host without port, lower case; an IPv6 address keeps its brackets."""
    return split_domain_port(request.get_host())[0].rstrip(".")


def redirects(request: HttpRequest, host: str, installation: Settings) -> bool:
    """Whether a page was asked for at a loopback address while the platform has a name."""
    at_address = host in LOOPBACK_ADDRESSES and installation.host != host.strip("[]")
    return at_address and request.method in ("GET", "HEAD") and request.path_info not in HEALTH


def is_own(path: str) -> bool:
    """Whether the path answers on the server's own hosts only."""
    return any(path == own or path.startswith(own + "/") for own in OWN)


def site_for(host: str, index: SiteIndex, installation: Settings) -> tuple[PublishedSite, bool]:
    """The site that answers, and whether it names this host. Before any site exists: an empty one."""
    named = index.by_host(host)
    if named is not None:
        return named, True
    known = host in installation.own_hosts
    return index.default() or nameless(installation), known


def nameless(installation: Settings) -> PublishedSite:
    """What answers before any site was added: no version, the installation's own origin."""
    return PublishedSite(slug="", hosts=(installation.host,), origin=installation.origin)


def port_of(origin: str) -> str:
    """`:8000`, or nothing where the origin writes no port."""
    port = urlsplit(origin).port
    return f":{port}" if port else ""
