"""The languages a site publishes, each in its own words, and the visitor's choice of one (CONTRACTS 2)."""

from django.conf import settings
from django.conf.locale import LANG_INFO

from bredele.core.lifetime import Lifetime, parse_lifetime
from bredele.formats.published import PublishedSite


def published(site: PublishedSite) -> tuple[str, ...]:
    """Codes of the languages of the version in force, the site's first one first; empty before the first version."""
    return site.version.registry.site.languages if site.version else ()


def named(site: PublishedSite) -> tuple[tuple[str, str], ...]:
    """Code and own name of each published language: `("fr", "Français")`."""
    return tuple((code, own_name(code)) for code in published(site))


def own_name(code: str) -> str:
    """A language's name in that language; the code itself where Django knows none."""
    known = LANG_INFO.get(code, {})
    return str(known.get("name_local", code)).capitalize()


def kept() -> Lifetime:
    """How long the choice of a language is kept (setting `BREDELE_LANGUAGE_COOKIE`)."""
    return parse_lifetime(settings.BREDELE.language_cookie)
