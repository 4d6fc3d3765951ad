"""The languages a site publishes, each in its own words, and the visitor's choice of one (CONTRACTS 2)."""

from django.conf import settings

from bredele.core.lifetime import Lifetime, parse_lifetime
from bredele.formats.published import PublishedSite
from bredele.web.enforcement.languages import own_name


def published(site: PublishedSite) -> tuple[str, ...]:
    """Codes of the languages of the version in force, the site's first one first; empty before the first version."""
    return site.version.registry.site.languages if site.version else ()


def named(site: PublishedSite) -> tuple[tuple[str, str], ...]:
    """Code and own name of each published language: `("fr", "Français")`."""
    return tuple((code, own_name(code)) for code in published(site))


def kept() -> Lifetime:
    """How long the choice of a language is kept (setting `BREDELE_LANGUAGE_COOKIE`)."""
    return parse_lifetime(settings.BREDELE.language_cookie)
