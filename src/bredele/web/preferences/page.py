"""What the preference page shows: the stored choice, each purpose with its cookies, and the objection to counting."""

from datetime import date

import msgspec

from bredele.core.consent import Choice, kept_until
from bredele.core.declaration import MEASUREMENT
from bredele.formats.published import PublishedSite
from bredele.web.preferences import purposes
from bredele.web.preferences.news import News, news
from bredele.web.preferences.purposes import PurposeChoice


class PreferencePage(msgspec.Struct, frozen=True, kw_only=True):
    """Facts for the template; `choice` is None before the first answer, then nothing is ticked (BAN-05)."""

    version: int | None
    choice: Choice | None
    until: date | None
    asked: tuple[PurposeChoice, ...]
    exempt: tuple[PurposeChoice, ...]
    signal: bool
    """The browser sends Global Privacy Control: what is not answered reads refused, and no visit is counted."""
    news: News | None
    """What is new since the stored answer."""
    counted: bool | None
    """Page views of this visitor are counted; None where nothing is counted at all."""
    keeps_date: bool
    """Visitors are counted too, by a cookie that holds the date of the last counted visit."""
    kept_answers: tuple[str, ...]
    """Purposes now granted: the objection form sends them again, so that objecting changes nothing else."""
    measurement_apart: bool
    """Measurement is exempt, so it is no tick but the objection of its own."""


def preference_page(
    site: PublishedSite, choice: Choice | None, language: str, *, signal: bool = False
) -> PreferencePage:
    """The page of one visitor."""
    version = site.version
    if version is None:
        return EMPTY
    registry = version.registry
    asked = purposes.asked(version, choice, language, signal=signal)
    others = [slug for slug in registry.used_purposes() if slug not in registry.consent_purposes()]
    shown = [slug for slug in others if any(slug in entry.purpose for entry in registry.cookies)]
    counted = not purposes.objected(version, choice) if purposes.counts_visits(version) else None
    granted = [slug for slug in registry.optional_purposes() if choice and choice.answer(slug, version)]
    return PreferencePage(
        version=version.number,
        choice=choice,
        until=kept_until(choice, registry.preset.choice_kept) if choice else None,
        asked=asked,
        exempt=tuple(purposes.describe(version, choice, language, slug) for slug in shown),
        signal=signal,
        news=news(site, choice, language),
        counted=counted,
        keeps_date=registry.statistics == "visitors",
        kept_answers=tuple(slug for slug in granted if slug != MEASUREMENT),
        measurement_apart=counted is not None and MEASUREMENT not in registry.consent_purposes(),
    )


EMPTY = PreferencePage(
    version=None,
    choice=None,
    until=None,
    asked=(),
    exempt=(),
    signal=False,
    news=None,
    counted=None,
    keeps_date=False,
    kept_answers=(),
    measurement_apart=False,
)
