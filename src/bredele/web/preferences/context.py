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
from bredele.web.preferences.news import News, news
from bredele.web.preferences.outcome import Outcome, outcome
from bredele.web.preferences.purposes import PurposeChoice


class Banner(msgspec.Struct, frozen=True, kw_only=True):
    """What layer 1 says (BAN-13): who asks, for which purposes; `counted` keeps exempt measurement as it is on save."""

    controller: str
    purposes: tuple[PurposeChoice, ...]
    counted: bool
    signal: bool | None
    """The browser sends Global Privacy Control: everything is refused until a click says otherwise. None: unknown."""
    news: News | None = None
    """Set where the visitor answered before: only what changed since is asked, the other ticks keep their answer."""

    @property
    def asks(self) -> tuple[PurposeChoice, ...]:
        """The purposes the words are about: all, or those asked again."""
        return tuple(purpose for purpose in self.purposes if self.news is None or purpose.slug in self.news.about)


class Front(msgspec.Struct, frozen=True, kw_only=True):
    """The frame's facts; the defaults serve pages without a published site."""

    path: str = "/"
    here: str = "/"
    language: str = ""
    site_name: str = ""
    version: int | None = None
    banner: Banner | None = None
    granted: bool = False
    outcome: Outcome | None = None
    """What became of what was just withdrawn."""
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
        language=language,
        site_name=words(version.registry.site.name, language) if version else site.slug,
        version=version.number if version else None,
        banner=banner_on(request, site, choice, language),
        granted=granted(version, choice),
        outcome=told(request, version, language),
        languages=languages.named(site),
        language_kept=lifetime_text(languages.kept(), language),
        backoffice=request.get_host().partition(":")[0] in settings.BREDELE.own_hosts,
    )


def told(request: HttpRequest, version: Version | None, language: str) -> Outcome | None:
    """The outcome of a withdrawal, on the one page that follows it."""
    taken = getattr(request, "withdrawal", None)
    return outcome(version, taken, language) if version and taken else None


def granted(version: Version | None, choice: Choice | None) -> bool:
    """Whether consent is in force for a purpose that needs it: then every page offers to withdraw it (BAN-09)."""
    if version is None or choice is None:
        return False
    return any(choice.answer(purpose, version) for purpose in version.registry.consent_purposes())


def banner_on(request: HttpRequest, site: PublishedSite, choice: Choice | None, language: str) -> Banner | None:
    """The banner of a page, or None where nothing must be asked (BAN-11, BAN-14) or the page itself asks."""
    version = site.version
    if version is None or request.path == "/cookies/preferences/" or not must_ask(version, choice):
        return None
    said = banner(version, choice, language, signal=bool(getattr(request, "signal", False)))
    return msgspec.structs.replace(said, news=news(site, choice, language))


def banner(version: Version, choice: Choice | None, language: str, *, signal: bool = False) -> Banner:
    """What the banner of this version says to a visitor with this choice."""
    registry = version.registry
    exempt_measurement = MEASUREMENT in registry.optional_purposes() and MEASUREMENT not in registry.consent_purposes()
    return Banner(
        controller=words(registry.site.controller, language) or words(registry.site.name, language),
        purposes=purposes.asked(version, choice, language, signal=signal),
        counted=exempt_measurement and not purposes.objected(version, choice),
        signal=signal,
    )
