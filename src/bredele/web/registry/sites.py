"""Sites: add one, list them."""

import re
from urllib.parse import urlsplit

from django.db import transaction

from bredele.core.errors import BredeleError
from bredele.formats.published import SLUG
from bredele.web.registry.models import Site
from bredele.web.registry.publishing import refresh_index

HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?", re.ASCII)


class InvalidSite(BredeleError):
    """A slug, origin or host that cannot be used."""


def add(slug: str, origin: str, hosts: tuple[str, ...] = (), *, default: bool = False, demo: bool = False) -> Site:
    """A new site; its hosts default to the origin's. The first site is the default one. Raises InvalidSite."""
    own = tuple(dict.fromkeys(host.lower() for host in (hosts or (host_of(origin),))))
    check(slug, own)
    with transaction.atomic():
        if default:
            Site.objects.filter(default=True).update(default=False)
        site = Site.objects.create(
            slug=slug,
            origin=origin.rstrip("/"),
            hosts=list(own),
            default=default or not Site.objects.filter(default=True).exists(),
            demo=demo,
        )
    refresh_index()
    return site


def host_of(origin: str) -> str:
    """The host of a web origin; raises InvalidSite for anything else."""
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise InvalidSite(f'"{origin}" is no web origin.', where="origin", cure='Write "https://host[:port]".')
    return parts.hostname


def check(slug: str, hosts: tuple[str, ...]) -> None:
    """Raise InvalidSite for a bad or taken slug or host."""
    if not SLUG.fullmatch(slug):
        raise InvalidSite(f'"{slug}" is no site name.', where="slug", cure="Use a-z, 0-9 and - (at most 50).")
    if Site.objects.filter(slug=slug).exists():
        raise InvalidSite("There is a site of this name.", where=slug, cure="Choose another name.")
    taken = {host: site.slug for site in Site.objects.all() for host in site.hosts}
    for host in hosts:
        if not HOST.fullmatch(host):
            raise InvalidSite(f'"{host}" is no host name.', where="host", cure="Write it without scheme, port or path.")
        if host in taken:
            raise InvalidSite(f'"{host}" belongs to {taken[host]}.', where="host", cure="A host has one site.")


def move(slug: str, origin: str) -> None:
    """Another origin for the site, on the same hosts; what it published keeps its words."""
    Site.objects.filter(slug=slug).update(origin=origin.rstrip("/"))
    refresh_index()
