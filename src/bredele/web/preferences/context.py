"""What every page's frame shows: the site's name, the banner, the withdrawal, the languages (template name `front`)."""

import msgspec
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from bredele.core.consent import Choice
from bredele.core.declaration import MEASUREMENT, words
from bredele.core.policy import lifetime_text
from bredele.core.registry import Version
from bredele.core.verdict import must_ask
from bredele.formats.published import PublishedSite
from bredele.web.preferences import languages, purposes
from bredele.web.preferences.addresses import here


class Banner(msgspec.Struct, frozen=True, kw_only=True):
    """What layer 1 says (BAN-13): who asks, for which purposes; `counted` keeps exempt measurement as it is on save."""

    controller: str
    purposes: tuple[purposes.PurposeChoice, ...]
    counted: bool
    signal: bool
    """The browser sends Global Privacy Control: everything is refused until a click says otherwise."""


class Front(msgspec.Struct, frozen=True, kw_only=True):
    """The frame's facts; the defaults serve pages without a published site."""

    path: str = "/"
    here: str = "/"
    site_name: str = ""
    version: int | None = None
    banner: Banner | None = None
    granted: bool = False
    languages: tuple[tuple[str, str], ...] = ()
    language_kept: str = ""
    backoffice: bool = False


def front_office(request: HttpRequest) -> dict[str, Front]:
    """Context processor: `front` for every page."""
    site: PublishedSite | None = getattr(request, "site", None)
    return {"front": Front(path=request.path, here=here(request)) if site is None else frame(request, site)}


def frame(request: HttpRequest, site: PublishedSite) -> Front:
    """The frame of one site's page."""
    version, language = site.version, get_language() or "en"
    choice: Choice | None = getattr(request, "choice", None)
    return Front(
        path=request.path,
        here=here(request),
        site_name=words(version.registry.site.name, language) if version else site.slug,
        version=version.number if version else None,
        banner=banner(request, version, choice, language) if version else None,
        granted=granted(version, choice),
        languages=languages.named(site),
        language_kept=lifetime_text(languages.kept(), language),
        backoffice=request.get_host().partition(":")[0] in settings.BREDELE.own_hosts,
    )


def granted(version: Version | None, choice: Choice | None) -> bool:
    """Whether consent is in force for a purpose that needs it: then every page offers to withdraw it (BAN-09)."""
    if version is None or choice is None:
        return False
    return any(choice.answer(purpose, version) for purpose in version.registry.consent_purposes())


def banner(request: HttpRequest, version: Version, choice: Choice | None, language: str) -> Banner | None:
    """The banner, or None where nothing must be asked (BAN-11, BAN-14) or the page itself asks."""
    missing = must_ask(version, choice)
    if not missing or request.path == "/cookies/preferences/":
        return None
    registry = version.registry
    exempt_measurement = MEASUREMENT in registry.optional_purposes() and MEASUREMENT not in registry.consent_purposes()
    return Banner(
        controller=words(registry.site.controller, language) or words(registry.site.name, language),
        purposes=purposes.asked(version, choice, language),
        counted=exempt_measurement and not purposes.objected(version, choice),
        signal=request.headers.get("Sec-GPC") == "1",
    )
